import { expect, it } from 'vitest';
import { soakChart } from './soak/chart.ts';
import { inTurn } from './soak/load.ts';
import { type SoakReport, soak } from './soak/run.ts';
import { judge, type Window } from './soak/verdict.ts';

it('half a minute of everything at once leaves memory, handles, files and latencies where they were, and loses no event', async () => {
  const windows: Window[] = [];
  const report = await soak({
    ...{ seconds: 36, rate: 25, devices: 20, windowSeconds: 4 },
    tell: (window) => windows.push(window),
  });
  expect(report.failures).toEqual([]);
  expect(report.judged.filter(({ flat }) => !flat)).toEqual([]);
  expect(windows.length).toBeGreaterThanOrEqual(8);
  // It is a verdict on something: everything took place, and answers came.
  for (const name of ['readDevice', 'readCompany', 'drop', 'eventStream', 'signIn', 'slowReader'] as const) {
    expect([name, (report.counts[name] ?? 0) > 0]).toEqual([name, true]);
  }
  expect(report.counts['invitations heard of']).toBeGreaterThan(50);
  expect(report.counts['connections']).toBeGreaterThan(20);
  expect(report.counts['webhooks']).toBeGreaterThan(50);
}, 120_000);

it('every hundred activities in a row are the same ones, the dear ones apart from each other', () => {
  const turns = inTurn();
  const all = Array.from({ length: 400 }, () => turns.next().value);
  const counted = (names: readonly string[]) => names.toSorted().join();
  for (let from = 0; from <= 300; from += 25) {
    expect(counted(all.slice(from, from + 100))).toBe(counted(all.slice(0, 100)));
  }
  const dear = all.flatMap((name, i) => (name === 'slowReader' ? [i] : []));
  expect(dear.map((i) => i - (dear[0] ?? 0))).toEqual([0, 100, 200, 300]);
});

/** A healthy run of so many windows of a minute, with noise; `change` bends it. */
function windowsOf(count: number, change: (window: Window, i: number) => Partial<Window> = () => ({})): Window[] {
  return Array.from({ length: count }, (_, i) => {
    const noise = i % 3;
    const window: Window = {
      ...{ at: (i + 1) * 60, rssMiB: 300 + 4 * noise, heapMiB: 45 + noise, externalMiB: 11, handles: 50 + 5 * noise },
      ...{ files: 65 + noise, loopDelayP99Ms: 15 + noise, readP50Ms: 3 + noise, readP99Ms: 20 + 9 * noise },
      ...{
        writeP50Ms: 7,
        writeP99Ms: 40,
        cpuPercent: 25,
        cpuMs: 8 + noise,
        yardstickMs: 2,
        sockets: 30,
        operations: 2_000,
        load: 0.5,
      },
    };
    return { ...window, ...change(window, i) };
  });
}

const growing = (windows: readonly Window[]) => judge(windows).flatMap(({ flat, measure }) => (flat ? [] : [measure]));

it('noise, the first quarter of a run, and single bad windows are not taken for growth', () => {
  expect(growing(windowsOf(60))).toEqual([]);
  expect(growing(windowsOf(60, ({ heapMiB }, i) => (i < 15 ? { heapMiB: heapMiB - 20 + i } : {})))).toEqual([]);
  expect(growing(windowsOf(60, (_, i) => (i % 9 === 0 ? { readP99Ms: 2_000, rssMiB: 500 } : {})))).toEqual([]);
});

it.each([
  ['heapMiB', 0.2],
  ['rssMiB', 1],
  ['externalMiB', 0.2],
  ['handles', 1],
  ['files', 1],
  ['readP50Ms', 0.2],
  ['readP99Ms', 4],
  ['writeP50Ms', 0.4],
  ['writeP99Ms', 6],
  ['loopDelayP99Ms', 2],
  ['cpuMs', 0.2],
] as const)('a %s that grows by %d a minute is found in an hour', (measure, perMinute) => {
  const leaking = windowsOf(60, (window, i) => ({ [measure]: window[measure] + perMinute * i }));
  expect(growing(leaking)).toEqual([measure]);
});

it('latencies of windows in which others had the machine are told and not judged; what operations cost always is', () => {
  const busy = windowsOf(60, (_, i) => (i % 2 === 0 ? { load: 4, readP50Ms: 3 + i, writeP99Ms: 40 + 20 * i } : {}));
  expect(growing(busy)).toEqual([]);
  const always = windowsOf(60, ({ cpuMs }, i) => ({ load: 4, readP50Ms: 3 + i, cpuMs: cpuMs + i }));
  expect(judge(always).map(({ measure }) => measure)).not.toContain('readP50Ms');
  expect(growing(always)).toEqual(['cpuMs']);
});

it('a machine that slows down is not taken for operations that cost more', () => {
  const slower = (i: number) => 1 + i / 30;
  const same = windowsOf(60, ({ cpuMs }, i) => ({ cpuMs: cpuMs * slower(i), yardstickMs: 2 * slower(i) }));
  expect(growing(same)).toEqual([]);
  const more = windowsOf(60, ({ cpuMs }, i) => ({ cpuMs: (cpuMs + 0.2 * i) * slower(i), yardstickMs: 2 * slower(i) }));
  expect(growing(more)).toEqual(['cpuMs']);
});

it('too few windows are no verdict, and few operations no percentile', () => {
  expect(() => judge(windowsOf(7))).toThrow('too few');
  const few = judge(windowsOf(60, () => ({ operations: 100 }))).map(({ measure }) => measure);
  expect(few).toContain('readP50Ms');
  expect(few).not.toContain('readP99Ms');
});

it('the chart draws each measure once, over the time of the run', () => {
  const options = { seconds: 3_600, rate: 30, devices: 100, windowSeconds: 60 };
  const svg = soakChart({ windows: windowsOf(60), options } as unknown as SoakReport);
  expect(svg.match(/<polyline/g)).toHaveLength(10);
  expect(svg).toContain('60 min</text>');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});
