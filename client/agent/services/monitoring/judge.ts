import type { AgentWords } from '../../catalogue/catalogue.ts';
import { duration } from '../../words.ts';
import { type Decision, type Finding, type Severity, subjectOf } from '../findings.ts';
import type { Sample } from './sample.ts';
import type { MonitoringSettings, Threshold } from './settings.ts';

/** What is known of one thing that is watched. */
interface Watch {
  /** Since when it has been as it is now, in ms since 1970. */
  readonly since: number;
  readonly wrong: boolean;
  readonly raised: boolean;
  readonly severity: Severity | null;
}

export interface JudgeState {
  readonly at: number | null;
  readonly watches: ReadonlyMap<string, Watch>;
}

/** After a gap of so many intervals (a machine that slept) durations start anew: nothing is known of what was between. */
const GAP_INTERVALS = 3;

/** @param open Subjects that were raised before this start and are not resolved. */
export function startJudging(open: Iterable<string> = []): JudgeState {
  const raised = { since: 0, wrong: true, raised: true, severity: null };
  return { at: null, watches: new Map([...open].map((subject) => [subject, raised])) };
}

/**
 * What to raise and what to resolve after a sample. Each thing is raised once when it has been wrong for its duration
 * without a break, and resolved when it has been right for as long, or is not watched or not there any more. Pure.
 */
export function judge(
  state: JudgeState,
  settings: MonitoringSettings,
  sample: Sample,
  words: AgentWords,
): { state: JudgeState; decisions: Decision[] } {
  const decisions: Decision[] = [];
  const watches = new Map<string, Watch>();
  const gap = state.at === null || sample.at - state.at > settings.intervalSeconds * 1000 * GAP_INTERVALS;
  for (const { finding, wrong, forSeconds } of readings(settings, sample, words)) {
    const { subject, severity } = finding;
    const before = state.watches.get(subject);
    const goesOn = before !== undefined && before.wrong === wrong && !gap && before.since > 0;
    const since = goesOn ? before.since : sample.at;
    const lasted = sample.at - since >= forSeconds * 1000;
    let raised = before?.raised ?? false;
    // What is raised already is raised again only where it matters differently now.
    if (wrong && lasted && (!raised || (before?.severity ?? severity) !== severity)) {
      decisions.push({ kind: 'raise', finding });
      raised = true;
    } else if (!wrong && lasted && raised) {
      decisions.push({ kind: 'resolve', subject });
      raised = false;
    }
    watches.set(subject, { since, wrong, raised, severity: raised ? severity : null });
  }
  for (const [subject, { raised }] of state.watches) {
    if (raised && !watches.has(subject)) decisions.push({ kind: 'resolve', subject });
  }
  return { state: { at: sample.at, watches }, decisions };
}

interface Reading {
  readonly finding: Finding;
  readonly wrong: boolean;
  readonly forSeconds: number;
}

function* readings(settings: MonitoringSettings, sample: Sample, words: AgentWords): Generator<Reading> {
  const { cpu, memory, disk } = settings;
  const { formats } = words;
  const say = words.findings.monitoring;
  if (cpu) {
    yield share(cpu, 'CPU_LOAD', sample.cpuPercent, words, say.cpu, {});
  }
  if (memory) {
    const more = { freeBytes: sample.memoryFreeBytes };
    yield share(memory, 'MEMORY_USE', sample.memoryPercent, words, say.memory, more);
  }
  if (disk) {
    const { forSeconds, severity, freePercentOf } = disk;
    for (const { mount, freePercent, freeBytes } of sample.disks) {
      const bound = freePercentOf[mount] ?? disk.freePercent;
      const message = say.disk(mount, formats.percent(freePercent), formats.percent(bound));
      const measurements = { freePercent, boundPercent: bound, freeBytes };
      const finding: Finding = {
        subject: subjectOf('DISK_SPACE', mount),
        severity,
        kind: 'ALERT',
        message,
        measurements,
      };
      yield { finding, wrong: freePercent < bound, forSeconds };
    }
  }
  const forSeconds = settings.missingForSeconds;
  for (const name of settings.processes) {
    const wrong = !sample.processes?.has(name);
    yield {
      finding: missing(subjectOf('PROCESS_MISSING', name), say.process(name)),
      wrong,
      forSeconds,
    };
  }
  for (const name of settings.services) {
    const wrong = sample.services.get(name) !== true;
    yield {
      finding: missing(subjectOf('SERVICE_STOPPED', name), say.service(name)),
      wrong,
      forSeconds,
    };
  }
}

function share(
  { percent, forSeconds, severity }: Threshold,
  subject: string,
  measured: number,
  { formats, findings }: AgentWords,
  say: (measured: string, bound: string, lasting: string) => string,
  more: Readonly<Record<string, number>>,
): Reading {
  const lasting = forSeconds > 0 ? findings.monitoring.lasting(duration(forSeconds)) : '';
  const message = say(formats.percent(measured), formats.percent(percent), lasting);
  const measurements = { percent: measured, thresholdPercent: percent, ...more };
  return {
    finding: { subject, severity, kind: 'ALERT', message, measurements },
    wrong: measured >= percent,
    forSeconds,
  };
}

function missing(subject: string, message: string): Finding {
  return { subject, severity: 'CRITICAL', kind: 'ALERT', message, measurements: {} };
}
