import { availableParallelism, loadavg } from 'node:os';
import { type Child, startChild } from '../../bench/child.ts';
import { benchSettings, buildExample, type Example } from '../../bench/example.ts';
import { machineLine } from '../../bench/report.ts';
import { percentile } from '../../bench/statistics.ts';
import { Load } from './load.ts';
import { startReceiver } from './receiver.ts';
import { type Judged, judge, type Window } from './verdict.ts';

export interface SoakOptions {
  readonly seconds: number;
  /** Activities a second. */
  readonly rate: number;
  readonly devices: number;
  readonly windowSeconds: number;
  /** Called at the end of each window. */
  readonly tell: (window: Window) => void;
}

export interface SoakReport {
  readonly at: string;
  readonly machine: string;
  /** Processes that wanted to run at the end, in the last 15 minutes: above the number of cores, others took part. */
  readonly load: number;
  readonly options: Omit<SoakOptions, 'tell'>;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  readonly judged: readonly Judged[];
  readonly windows: readonly Window[];
}

/** How often the server is looked at while its garbage is collected, in ms. */
const LOOK_EVERY_MS = 250;

const MIB = 1_048_576;

/**
 * Starts the server as it is shipped, in production mode, on a database of its own, and has everything happen at once for so
 * long: reads, invitations from beginning to end, connections that break and resume, event streams, sign-ins, readers that
 * do not read, webhooks.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const example = await buildExample(options.devices);
  const receiver = await startReceiver();
  let server: Child | null = null;
  try {
    server = await startChild('dist/server/main.js', {
      ...benchSettings(example.folder),
      SIGN_INS_PER_MINUTE: '1000000',
      WEBHOOK_ALLOW_PRIVATE: 'yes',
      SOCKET_MAX_BUFFERED_BYTES: String(64 * 1024),
    });
    await followCompany(server.port, example, receiver.url);
    const load = new Load(server.port, example);
    await load.connect();
    load.start(options.rate);
    const windows = await watch(server, load, options);
    await load.stop();
    const { tell: _, ...asked } = options;
    return {
      at: new Date().toISOString(),
      machine: machineLine(),
      load: loadavg()[2] ?? Number.NaN,
      options: asked,
      counts: { ...load.counts, operations: load.operations, webhooks: receiver.delivered() },
      failures: load.failures,
      judged: judge(windows),
      windows,
    };
  } finally {
    await server?.stop();
    receiver.close();
    example.remove();
  }
}

/** A webhook that hears of everything in the company. */
async function followCompany(port: number, { cookie, companyId }: Example, url: string): Promise<void> {
  const query = 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { __typename } }';
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query, variables: { input: { url, companyId, events: ['*'] } } }),
  });
  const text = await response.text();
  if (!text.includes('CreateWebhookPayload')) throw new Error(text);
}

async function watch(server: Child, load: Load, { seconds, windowSeconds, tell }: SoakOptions): Promise<Window[]> {
  const windows: Window[] = [];
  const speed = yardstick();
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let before = { at: 0, cpu: (await metricsOf(server.port)).get('process_cpu_seconds_total') ?? 0, operations: 0 };
  while (elapsed() < seconds) {
    // Collecting takes a few seconds, so it is begun before the window ends.
    await until(() => elapsed() >= (windows.length + 1) * windowSeconds - SETTLE_S);
    const ended = await metricsOf(server.port);
    const { rss, heap } = await settled(server);
    const yardstickMs = speed.take();
    const read = (name: string) => ended.get(name) ?? Number.NaN;
    const now = { at: elapsed(), cpu: read('process_cpu_seconds_total'), operations: load.operations };
    const [reads, writes] = [load.reads, load.writes];
    load.reads = [];
    load.writes = [];
    const window: Window = {
      at: now.at,
      rssMiB: rss / MIB,
      heapMiB: heap / MIB,
      externalMiB: read('nodejs_external_memory_bytes') / MIB,
      handles: read('nodejs_active_handles'),
      files: read('process_open_fds'),
      loopDelayP99Ms: read('nodejs_eventloop_delay_seconds{quantile="0.99"}') * 1000,
      readP50Ms: percentile(reads, 0.5),
      readP99Ms: percentile(reads, 0.99),
      writeP50Ms: percentile(writes, 0.5),
      writeP99Ms: percentile(writes, 0.99),
      cpuPercent: ((now.cpu - before.cpu) / (now.at - before.at)) * 100,
      cpuMs: ((now.cpu - before.cpu) * 1000) / Math.max(1, now.operations - before.operations),
      yardstickMs,
      load: (loadavg()[0] ?? 0) / availableParallelism(),
      sockets: read('beckon_sockets'),
      operations: now.operations - before.operations,
    };
    windows.push(window);
    tell(window);
    before = now;
  }
  speed.stop();
  return windows;
}

/** So often a piece of work is measured, all through a window, as the server works all through it: a machine changes its speed within it. */
const YARDSTICK_EVERY_MS = 250;
/** Each time so often; the quickest is told. */
const TRIES = 5;

/** Places that each name the next one, far from it: a megabyte, as much as a processor has near it. */
const PLACES = circle(1 << 18);
const STEPS = 200_000;

/**
 * Steps from place to place: it slows down where a server does, by the clock and by memory that others use, and by nothing of
 * its own. What it was before, JSON written and read again, took twice as long for some seconds in the middle of each run,
 * for the sake of its own garbage.
 */
function work(): number {
  let at = 0;
  for (let i = 0; i < STEPS; i++) at = PLACES[at] as number;
  return at;
}

/** Each number below `count` once, as one circle through all of them (Sattolo), always the same. */
function circle(count: number): Int32Array {
  const places = Int32Array.from({ length: count }, (_, i) => i);
  let random = 1;
  for (let i = count - 1; i > 0; i--) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const other = random % i;
    [places[i], places[other]] = [places[other] as number, places[i] as number];
  }
  return places;
}

/** Measures a piece of work from now on; `take` gives the processor time in ms that it took, on average since it was asked last. */
function yardstick(): { take(): number; stop(): void } {
  let times: number[] = [];
  const timer = setInterval(() => {
    const tries = Array.from({ length: TRIES }, () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    times.push(Math.min(...tries));
  }, YARDSTICK_EVERY_MS);
  // Where a run breaks off, nothing waits for it.
  timer.unref();
  return {
    take() {
      const taken = times;
      times = [];
      return taken.reduce((sum, time) => sum + time, 0) / taken.length;
    },
    stop: () => clearInterval(timer),
  };
}

/** As long as a measured server takes to collect its garbage and give it back (bench/gauge.ts). */
const SETTLE_S = 3;

/** What the server holds when its garbage was collected; of the heap the least that was seen, as it fills again at once. */
async function settled(server: Child): Promise<{ rss: number; heap: number }> {
  let heap = Number.POSITIVE_INFINITY;
  let settling = true;
  const looking = (async () => {
    while (settling) {
      heap = Math.min(heap, (await metricsOf(server.port)).get('nodejs_heap_used_bytes') ?? heap);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  const { rssBytes } = await server.usage(true);
  settling = false;
  await looking;
  return { rss: rssBytes, heap };
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

/** The samples of /metrics, by name and labels. */
async function metricsOf(port: number): Promise<Map<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}
