import si from 'systeminformation';

/** What a machine is made of. What the platform does not tell is null, never a guess. */
export interface Hardware {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly virtual: boolean;
  readonly operatingSystem: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly hostName: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly disks: readonly Disk[];
  readonly networks: readonly Network[];
}

export interface Disk {
  readonly name: string;
  readonly kind: string | null;
  readonly bytes: number;
  readonly serialNumber: string | null;
}

export interface Network {
  readonly name: string;
  readonly mac: string;
  readonly addresses: readonly string[];
}

/** Takes the inventory of the hardware of this machine. Serial numbers often need administrator's rights. */
export async function hardware(): Promise<Hardware> {
  const [system, os, cpu, memory, disks, networks] = await Promise.all([
    si.system(),
    si.osInfo(),
    si.cpu(),
    si.mem(),
    si.diskLayout(),
    si.networkInterfaces(),
  ]);
  return {
    manufacturer: told(system.manufacturer),
    model: told(system.model),
    serialNumber: told(system.serial),
    virtual: system.virtual,
    operatingSystem: [os.distro, os.release].filter(Boolean).join(' '),
    kernel: os.kernel,
    architecture: os.arch,
    hostName: os.hostname,
    processor: [cpu.manufacturer, cpu.brand].filter(Boolean).join(' '),
    cores: cpu.cores,
    memoryBytes: memory.total,
    disks: disks.map(({ name, device, type, size, serialNum }) => ({
      name: name || device,
      kind: told(type),
      bytes: size,
      serialNumber: told(serialNum),
    })),
    networks: [networks].flat().flatMap(({ iface, mac, ip4, ip6, internal }) => {
      return internal ? [] : [{ name: iface, mac, addresses: [ip4, ip6].filter(Boolean) }];
    }),
  };
}

/** What firmware says when nobody filled it in. */
const EMPTY = /^(|-|unknown|none|default string|to be filled.*|not specified|system serial number|0+)$/i;

function told(text: string | null | undefined): string | null {
  const said = text?.trim() ?? '';
  return EMPTY.test(said) ? null : said;
}
