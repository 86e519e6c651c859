import { readdir } from 'node:fs/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Metric } from '../lib/prometheus.ts';

/** How often the event loop is looked at, in ms: what is late by less goes unseen, and it costs 50 wake-ups a second. */
const LOOK_EVERY_MS = 20;

const NANOSECONDS = 1e9;

export interface ProcessWatch {
  read(): Promise<Metric[]>;
  stop(): void;
}

/** Watches this process: what delays and uses it says since it was read last, the rest as it is. */
export function watchProcess(): ProcessWatch {
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();
  let used = performance.eventLoopUtilization();

  /** In seconds, beyond the time that was waited on purpose. */
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS - LOOK_EVERY_MS / 1000) || 0;

  return {
    async read() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, used);
      used = now;
      const delays = [0.5, 0.99].map(
        (part) => [{ quantile: String(part) }, late(delay.percentile(part * 100))] as const,
      );
      const longest = late(delay.max);
      delay.reset();
      return [
        {
          ...{ name: 'nodejs_eventloop_delay_seconds', type: 'gauge' },
          help: 'How late the event loop was, since this was last asked; quantile 1 is the longest.',
          value: [...delays, [{ quantile: '1' }, longest]],
        },
        {
          ...{ name: 'nodejs_eventloop_utilization', type: 'gauge' },
          help: 'The part of the time that the event loop was busy, since this was last asked.',
          value: utilization,
        },
        ...resources(),
        {
          ...{ name: 'process_open_fds', type: 'gauge' },
          help: 'Open file descriptors; -1 where the system does not tell.',
          value: await openFiles(),
        },
      ];
    },
    stop: () => delay.disable(),
  };
}

function resources(): Metric[] {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const gauge = (name: string, help: string, value: number): Metric => ({ name, help, type: 'gauge', value });
  return [
    gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    gauge('nodejs_heap_used_bytes', 'Heap in use, with what is not collected yet.', heapUsed),
    gauge('nodejs_heap_total_bytes', 'Heap that is reserved.', heapTotal),
    gauge('nodejs_external_memory_bytes', 'Memory of buffers and native objects.', external),
    gauge(
      'nodejs_active_handles',
      'What keeps the process alive: sockets, timers.',
      process.getActiveResourcesInfo().length,
    ),
    {
      ...{ name: 'process_cpu_seconds_total', type: 'counter' },
      help: 'Processor time of all threads.',
      value: (user + system) / 1e6,
    },
    gauge(
      'process_start_time_seconds',
      'When the process started, in seconds since 1970.',
      Math.round(performance.timeOrigin / 1000),
    ),
  ];
}

/** As Linux tells; other systems have no such folder. */
async function openFiles(): Promise<number> {
  try {
    return (await readdir('/proc/self/fd')).length;
  } catch {
    return -1;
  }
}
