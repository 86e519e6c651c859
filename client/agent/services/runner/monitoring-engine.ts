import { type JudgeState, judge, startJudging } from '../monitoring/judge.ts';
import { Sampler } from '../monitoring/sample.ts';
import type { MonitoringSettings } from '../monitoring/settings.ts';
import type { Engine, EngineHost } from './engine.ts';
import type { MonitoringPolicy } from './policies.ts';

const SECONDS_A_MINUTE = 60;

/** Measures the machine at the policy's pace, and raises what lasts. */
export class MonitoringEngine implements Engine<MonitoringPolicy> {
  readonly #host: EngineHost;
  readonly #sampler: Pick<Sampler, 'take'>;
  #settings: MonitoringSettings | null = null;
  #state: JudgeState = startJudging();
  #next = 0;

  constructor(host: EngineHost, sampler: Pick<Sampler, 'take'> = new Sampler()) {
    this.#host = host;
    this.#sampler = sampler;
  }

  async prepare(): Promise<null> {
    return null;
  }

  start(policy: MonitoringPolicy, open: readonly string[]): void {
    this.#state = startJudging(open);
    this.apply(policy);
  }

  apply(policy: MonitoringPolicy): void {
    this.#settings = settingsFrom(policy);
    this.#next = 0;
  }

  async tick(now: Date): Promise<void> {
    if (!this.#settings || now.getTime() < this.#next) return;
    this.#next = now.getTime() + this.#settings.intervalSeconds * 1000;
    const sample = { ...(await this.#sampler.take(this.#settings)), at: now.getTime() };
    const { state, decisions } = judge(this.#state, this.#settings, sample, this.#host.words);
    this.#state = state;
    for (const decision of decisions) this.#host.decide(decision);
  }
}

export function settingsFrom(policy: MonitoringPolicy): MonitoringSettings {
  const severity = 'WARNING';
  const threshold = (watched: boolean, percent: number, minutes: number) =>
    watched ? ({ percent, forSeconds: minutes * SECONDS_A_MINUTE, severity } as const) : null;
  return {
    intervalSeconds: policy.samplingSeconds,
    cpu: threshold(policy.cpuWatched, policy.cpuPercent, policy.cpuMinutes),
    memory: threshold(policy.memoryWatched, policy.memoryPercent, policy.memoryMinutes),
    disk: policy.diskWatched
      ? {
          freePercent: policy.diskFreePercent,
          freePercentOf: Object.fromEntries(policy.volumes.map(({ mount, freePercent }) => [mount, freePercent])),
          forSeconds: 0,
          severity: 'CRITICAL',
        }
      : null,
    processes: policy.processes,
    services: policy.services,
    // What is started anew is away for a moment: it has to be missing in two measurements.
    missingForSeconds: policy.samplingSeconds,
  };
}
