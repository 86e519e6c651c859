import { cpus } from 'node:os';
import si from 'systeminformation';

/** What a machine looks like at one moment. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Since the sample before, in percent of all processors. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly memoryFreeBytes: number;
  readonly disks: readonly DiskSample[];
  /** Names of the programs that run; null where they were not asked for. */
  readonly processes: ReadonlySet<string> | null;
  /** Whether each service that was asked for runs. */
  readonly services: ReadonlyMap<string, boolean>;
}

export interface DiskSample {
  readonly mount: string;
  readonly freePercent: number;
  readonly freeBytes: number;
}

export interface Wanted {
  readonly processes: readonly string[];
  readonly services: readonly string[];
}

interface CpuTimes {
  readonly idle: number;
  readonly total: number;
}

/** File systems that are always full by nature, or are none that anybody could make room on. */
const UNREAL_FILE_SYSTEMS = new Set(['squashfs', 'iso9660', 'overlay2', 'devtmpfs', 'udf', 'cdfs']);

/** Measures the machine that it runs on; the load of the processors is that between two calls. */
export class Sampler {
  #before = cpuTimes();

  async take({ processes, services }: Wanted): Promise<Sample> {
    const [memory, disks, running, states] = await Promise.all([
      si.mem(),
      si.fsSize(),
      processes.length > 0 ? si.processes() : null,
      services.length > 0 ? si.services(services.join(',')) : [],
    ]);
    const now = cpuTimes();
    const total = now.total - this.#before.total;
    const idle = now.idle - this.#before.idle;
    this.#before = now;
    return {
      at: Date.now(),
      cpuPercent: total > 0 ? percent(total - idle, total) : 0,
      // What could be had without swapping counts as free: caches are not used up.
      memoryPercent: percent(memory.total - memory.available, memory.total),
      memoryFreeBytes: memory.available,
      disks: disksOf(disks),
      processes: running && new Set(running.list.flatMap(({ name, command }) => [name, programOf(command)])),
      services: new Map(states.map(({ name, running }) => [name, running])),
    };
  }
}

function disksOf(all: readonly si.Systeminformation.FsSizeData[]): DiskSample[] {
  const found = new Map<string, DiskSample>();
  for (const { mount, type, size, used, available } of all) {
    if (size <= 0 || UNREAL_FILE_SYSTEMS.has(type.toLowerCase())) continue;
    // As `df` has it: what is kept for root is neither used nor free.
    found.set(mount, { mount, freePercent: percent(available, used + available), freeBytes: available });
  }
  return [...found.values()];
}

function cpuTimes(): CpuTimes {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, total };
}

/** `/usr/sbin/nginx` → `nginx`: the system's own name of a process is cut after 15 letters on Linux. */
function programOf(command: string): string {
  return command.split(/[/\\]/).at(-1) ?? command;
}

function percent(part: number, whole: number): number {
  return whole > 0 ? Math.round((part / whole) * 1000) / 10 : 0;
}
