/** What is measured in each window of a soak run. */
export interface Window {
  /** Seconds since the load began, at the window's end. */
  readonly at: number;
  readonly rssMiB: number;
  /** The least that was in use while garbage was being collected. */
  readonly heapMiB: number;
  readonly externalMiB: number;
  readonly handles: number;
  readonly files: number;
  readonly loopDelayP99Ms: number;
  readonly readP50Ms: number;
  readonly readP99Ms: number;
  readonly writeP50Ms: number;
  readonly writeP99Ms: number;
  /** Of one core. */
  readonly cpuPercent: number;
  /** Of the server, for one operation, with all that clients do beside. */
  readonly cpuMs: number;
  /** What a fixed piece of work takes of a processor, on average all through the window, in ms: a shared machine runs now faster, now slower. */
  readonly yardstickMs: number;
  readonly sockets: number;
  readonly operations: number;
  /** Processes that wanted to run, for each core, in the minute before the window's end; above 1 others took part. */
  readonly load: number;
}

/** How much a measure may grow over the judged part of a run: by a share of itself or, where that is more, so much. */
interface Allowance {
  readonly of: keyof Window;
  readonly unit: string;
  readonly share: number;
  readonly slack: number;
  /** Whether it says something only while the machine is not busy with anything else. */
  readonly alone?: boolean;
  /** Seconds that have to be judged before it says something. */
  readonly after?: number;
}

/** V8 reserves memory as it needs it, and takes minutes to find out how much: within one of them that looks like growth. */
const RESERVED_AFTER_S = 600;

/**
 * A leak grows with every operation, whereas what is kept on purpose (caches, prepared statements) has an end. The slack is
 * what two windows of one healthy run differ by. Latencies are judged by the windows in which the machine had time, and
 * what operations cost by all, as if the machine had run at the same speed in each (`yardstickMs`).
 */
const ALLOWANCES: readonly Allowance[] = [
  { of: 'heapMiB', unit: 'MiB', share: 0.1, slack: 4 },
  { of: 'rssMiB', unit: 'MiB', share: 0.1, slack: 24, after: RESERVED_AFTER_S },
  { of: 'externalMiB', unit: 'MiB', share: 0.1, slack: 4 },
  { of: 'handles', unit: '', share: 0.1, slack: 20 },
  { of: 'files', unit: '', share: 0.1, slack: 20 },
  { of: 'cpuMs', unit: 'ms', share: 0.5, slack: 4 },
  { of: 'loopDelayP99Ms', unit: 'ms', share: 0.5, slack: 50, alone: true },
  { of: 'readP50Ms', unit: 'ms', share: 0.5, slack: 5, alone: true },
  { of: 'readP99Ms', unit: 'ms', share: 0.5, slack: 100, alone: true },
  { of: 'writeP50Ms', unit: 'ms', share: 0.5, slack: 10, alone: true },
  { of: 'writeP99Ms', unit: 'ms', share: 0.5, slack: 150, alone: true },
];

/** The first part of a run is not judged: code is compiled, caches fill. */
const WARM_UP = 1 / 4;

/** A slope through fewer points says nothing. */
const FEWEST_WINDOWS = 6;

/** Of fewer operations in a window the 99th percentile is the luck of one or two: it is told, and not judged. */
const FEWEST_OPERATIONS = 500;

export interface Judged {
  readonly measure: keyof Window;
  readonly unit: string;
  readonly median: number;
  /** From the first judged window to the last, along the slope. */
  readonly growth: number;
  readonly allowed: number;
  readonly flat: boolean;
}

/**
 * Judges each measure by its slope: the median of the slopes between all pairs of windows (Theil–Sen), which single
 * windows in which the machine was busy with something else do not move.
 * @throws Error where there are too few windows after the warm-up.
 */
export function judge(windows: readonly Window[]): Judged[] {
  const judged = atOneSpeed(windows.slice(Math.ceil(windows.length * WARM_UP)));
  if (judged.length < FEWEST_WINDOWS) throw new Error(`${judged.length} windows are too few to judge a slope by`);
  const quiet = judged.filter(({ load }) => load <= 1);
  const few = median(judged.map(({ operations }) => operations)) < FEWEST_OPERATIONS;
  return ALLOWANCES.flatMap(({ of, unit, share, slack, alone, after = 0 }) => {
    const told = alone ? quiet : judged;
    if (told.length < FEWEST_WINDOWS || (few && of.includes('P99'))) return [];
    const middle = median(told.map((window) => window[of]));
    const span = (told.at(-1)?.at ?? 0) - (told[0]?.at ?? 0);
    if (span < after) return [];
    const growth = slope(told.map((window) => [window.at, window[of]] as const)) * span;
    const allowed = Math.max(middle * share, slack);
    return [{ measure: of, unit, median: middle, growth, allowed, flat: growth <= allowed }];
  });
}

/** The windows, with what operations cost as if the machine had run as fast in each as in the middle one. */
function atOneSpeed(windows: readonly Window[]): Window[] {
  const middle = median(windows.map(({ yardstickMs }) => yardstickMs));
  return windows.map((window) => ({ ...window, cpuMs: window.cpuMs * (middle / window.yardstickMs) }));
}

function slope(points: readonly (readonly [at: number, value: number])[]): number {
  const slopes: number[] = [];
  for (const [i, [at, value]] of points.entries()) {
    for (const [later, next] of points.slice(i + 1)) slopes.push((next - value) / (later - at));
  }
  return median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}
