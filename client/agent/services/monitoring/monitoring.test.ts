import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EN } from '../../catalogue/catalogue.ts';
import type { Decision } from '../findings.ts';
import { type JudgeState, judge, startJudging } from './judge.ts';
import { type Sample, Sampler } from './sample.ts';
import type { MonitoringSettings } from './settings.ts';

const QUIET: MonitoringSettings = {
  intervalSeconds: 10,
  cpu: null,
  memory: null,
  disk: null,
  processes: [],
  services: [],
  missingForSeconds: 0,
};
const CPU = { ...QUIET, cpu: { percent: 90, forSeconds: 30, severity: 'WARNING' as const } };

function sample(seconds: number, more: Partial<Sample> = {}): Sample {
  return {
    at: 1_000_000 + seconds * 1000,
    cpuPercent: 0,
    memoryPercent: 0,
    memoryFreeBytes: 0,
    disks: [],
    processes: new Set(),
    services: new Map(),
    ...more,
  };
}

/** What was decided at which second: `30 raise CPU_LOAD`. */
function decisions(settings: MonitoringSettings, samples: readonly Sample[], from: JudgeState = startJudging()) {
  const said: string[] = [];
  let state = from;
  for (const next of samples) {
    const result = judge(state, settings, next, EN);
    state = result.state;
    for (const decision of result.decisions) said.push(`${(next.at - 1_000_000) / 1000} ${inWords(decision)}`);
  }
  return said;
}

function inWords(decision: Decision): string {
  return decision.kind === 'raise' ? `raise ${decision.finding.subject}` : `resolve ${decision.subject}`;
}

const load = (...percents: number[]) => percents.map((cpuPercent, index) => sample(index * 10, { cpuPercent }));

describe('SVC-10 the judge of measurements', () => {
  it('raises once after the whole duration and resolves once after as long a calm', () => {
    expect(decisions(CPU, load(95, 95, 95, 95, 95, 95, 10, 10, 10, 10, 10))).toEqual([
      '30 raise CPU_LOAD',
      '90 resolve CPU_LOAD',
    ]);
  });

  it('does not raise short peaks, and counts from the start again after each break', () => {
    expect(decisions(CPU, load(95, 95, 95, 10, 95, 95, 95, 10, 95))).toEqual([]);
  });

  it('takes exactly the threshold as too much, and anything below as right', () => {
    expect(decisions(CPU, load(90, 90, 90, 90))).toEqual(['30 raise CPU_LOAD']);
    expect(decisions(CPU, load(89.9, 89.9, 89.9, 89.9))).toEqual([]);
  });

  it('does not count the time that a machine slept', () => {
    const samples = [sample(0, { cpuPercent: 99 }), sample(7200, { cpuPercent: 99 }), sample(7210, { cpuPercent: 99 })];
    expect(decisions(CPU, samples)).toEqual([]);
  });

  it('resolves what was raised before the agent started, when it is right or not watched any more', () => {
    expect(decisions(CPU, load(1, 1, 1, 1, 1), startJudging(['CPU_LOAD']))).toEqual(['30 resolve CPU_LOAD']);
    expect(decisions(QUIET, load(99), startJudging(['CPU_LOAD']))).toEqual(['0 resolve CPU_LOAD']);
    expect(decisions(CPU, load(99, 99, 99, 99), startJudging(['CPU_LOAD']))).toEqual([]);
  });

  it('watches every disk by itself and resolves one that was taken away', () => {
    const settings = {
      ...QUIET,
      disk: { freePercent: 20, freePercentOf: { '/': 0, '/own': 50 }, forSeconds: 0, severity: 'CRITICAL' as const },
    };
    const full = { mount: '/data', freePercent: 19, freeBytes: 5 };
    const ignored = { mount: '/', freePercent: 1, freeBytes: 1 };
    const own = { mount: '/own', freePercent: 49, freeBytes: 500 };
    expect(
      decisions(settings, [sample(0, { disks: [ignored, full, own] }), sample(10, { disks: [ignored, own] })]),
    ).toEqual(['0 raise DISK_SPACE:/data', '0 raise DISK_SPACE:/own', '10 resolve DISK_SPACE:/data']);
  });

  it('says which programs and services do not run', () => {
    const settings = { ...QUIET, processes: ['nginx', 'node'], services: ['cron', 'ssh'] };
    const services = new Map([
      ['cron', true],
      ['ssh', false],
    ]);
    expect(decisions(settings, [sample(0, { processes: new Set(['node']), services })])).toEqual([
      '0 raise PROCESS_MISSING:nginx',
      '0 raise SERVICE_STOPPED:ssh',
    ]);
  });

  it('never raises twice nor resolves twice in a row, whatever is measured', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 60 }), (percents) => {
        const kinds = decisions(CPU, load(...percents)).map((text) => text.split(' ')[1]);
        expect(kinds).toEqual(kinds.map((_, index) => (index % 2 === 0 ? 'raise' : 'resolve')));
      }),
    );
  });
});

describe('the sampler on this machine', () => {
  it('measures real load, memory, disks and programs', async () => {
    const sampler = new Sampler();
    // Busy in this very process: at least one of the processors has nothing else to do.
    const until = performance.now() + 300;
    while (performance.now() < until);
    const taken = await sampler.take({ processes: ['node'], services: [] });
    expect(taken.cpuPercent).toBeGreaterThan(1);
    expect(taken.cpuPercent).toBeLessThanOrEqual(100);
    expect(taken.memoryPercent).toBeGreaterThan(0);
    expect(taken.memoryPercent).toBeLessThan(100);
    expect(taken.disks.length).toBeGreaterThan(0);
    expect(taken.processes?.size).toBeGreaterThan(0);
    const settings = { ...QUIET, cpu: { percent: 0.5, forSeconds: 0, severity: 'WARNING' as const } };
    expect(decisions(settings, [{ ...taken, at: 1_000_000 }])).toEqual(['0 raise CPU_LOAD']);
  });
});
