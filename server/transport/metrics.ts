import { hashesUnderWay } from '../domain/passwords.ts';
import type { WakeUps } from '../domain/wake-ups.ts';

/** What /metrics tells, read when it is asked. */
export interface Metrics {
  readonly sockets: () => number;
  readonly wakeUps: WakeUps;
  readonly startedAt: number;
  readonly now: () => number;
}

/** In the text format of Prometheus. */
export function countMetrics(metrics: Metrics): string {
  const memory = process.memoryUsage();
  const { running, waiting } = hashesUnderWay();
  const gauges: readonly (readonly [name: string, help: string, value: number])[] = [
    ['beckon_sockets', 'Open WebSockets.', metrics.sockets()],
    ['beckon_streams_followed', 'Streams and topics that somebody waits for.', metrics.wakeUps.size],
    ['beckon_password_hashes_running', 'Passwords that are hashed or compared now.', running],
    ['beckon_password_hashes_waiting', 'Passwords that wait for their turn.', waiting],
    ['beckon_uptime_seconds', 'Seconds since the server started.', (metrics.now() - metrics.startedAt) / 1000],
    ['process_resident_memory_bytes', 'Resident memory.', memory.rss],
    ['nodejs_heap_used_bytes', 'Heap in use.', memory.heapUsed],
  ];
  return gauges
    .map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`)
    .join('');
}
