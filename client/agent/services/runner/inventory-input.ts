import type { InventoryReport } from './port.ts';

/** What the server takes in one report. */
const MOST_PACKAGES = 5_000;
const MOST_PARTS = 100;
const MOST_ADDRESSES = 10;
const TEXT_LENGTH = 200;
const VERSION_LENGTH = 100;

/** Bytes for the packages: the largest request body is 256 KiB; the rest is for the hardware and the document. */
const PACKAGES_BYTES = 160 * 1024;

/** A report in the form that the server takes: texts and lists cut to its bounds, with how many packages were left out. */
export function inventoryInput({ takenAt, hardware, software }: InventoryReport) {
  const all = (software?.packages ?? []).flatMap((each) => {
    const name = lineOf(each.name, TEXT_LENGTH);
    const version = lineOf(each.version, VERSION_LENGTH);
    return name && version ? [`${name}\t${version}`] : [];
  });
  const packages: string[] = [];
  let bytes = 0;
  for (const each of all) {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    if (packages.length === MOST_PACKAGES || bytes > PACKAGES_BYTES) break;
    packages.push(each);
  }
  return {
    takenAt,
    hardware: hardware && {
      manufacturer: textOf(hardware.manufacturer),
      model: textOf(hardware.model),
      serialNumber: textOf(hardware.serialNumber),
      virtual: hardware.virtual,
      operatingSystem: textOf(hardware.operatingSystem),
      kernel: textOf(hardware.kernel),
      architecture: textOf(hardware.architecture),
      hostName: textOf(hardware.hostName),
      processor: textOf(hardware.processor),
      cores: hardware.cores,
      memoryBytes: hardware.memoryBytes,
      disks: hardware.disks.slice(0, MOST_PARTS).map(({ name, kind, bytes, serialNumber }) => {
        return { name: textOf(name), kind: textOf(kind), bytes: bytes || 0, serialNumber: textOf(serialNumber) };
      }),
      networks: hardware.networks.slice(0, MOST_PARTS).map(({ name, mac, addresses }) => {
        return { name: textOf(name), mac: textOf(mac), addresses: addresses.slice(0, MOST_ADDRESSES) };
      }),
    },
    packages: software ? packages.join('\n') : null,
    packageSource: software?.source ?? null,
    omittedPackages: all.length - packages.length,
  };
}

const textOf = (text: string | null) => (text ? lineOf(text, TEXT_LENGTH) || null : null);

function lineOf(text: string, length: number): string {
  return [
    ...text
      .normalize('NFC')
      .replace(/[\s\p{C}]+/gu, ' ')
      .trim(),
  ]
    .slice(0, length)
    .join('')
    .trim();
}
