import type { Command } from 'commander';
import { judge, startJudging } from '../../services/monitoring/judge.ts';
import { Sampler } from '../../services/monitoring/sample.ts';
import type { MonitoringSettings } from '../../services/monitoring/settings.ts';
import { bytesInWords, numberFrom, sayDecision, table } from './output.ts';

interface Options {
  readonly seconds: number;
  readonly samples: number;
  readonly cpu: number;
  readonly memory: number;
  readonly diskFree: number;
  readonly for: number;
  readonly process: string[];
  readonly service: string[];
}

export function monitoringCheck(check: Command): void {
  check
    .command('monitoring')
    .description('Measure processors, memory and disks; look for programs and services that have to run.')
    .option('--seconds <n>', 'from one measurement to the next', numberFrom(0.1, 3600), 1)
    .option('--samples <n>', 'how many measurements', numberFrom(1, 100_000), 1)
    .option('--cpu <percent>', 'load that is too high', numberFrom(1, 100), 90)
    .option('--memory <percent>', 'use of memory that is too high', numberFrom(1, 100), 90)
    .option('--disk-free <percent>', 'free space that is too little', numberFrom(0, 99), 10)
    .option('--for <seconds>', 'how long it has to last', numberFrom(0, 86_400), 0)
    .option('--process <name...>', 'programs that have to run', [])
    .option('--service <name...>', 'services of the operating system that have to run', [])
    .action(async (options: Options) => {
      const settings = settingsFrom(options);
      const sampler = new Sampler();
      let state = startJudging();
      for (let taken = 0; taken < options.samples; taken++) {
        await new Promise((resolve) => setTimeout(resolve, options.seconds * 1000));
        const sample = await sampler.take(settings);
        console.log(
          `processors ${sample.cpuPercent} %, memory ${sample.memoryPercent} % (${bytesInWords(sample.memoryFreeBytes)} free)`,
        );
        const disks = sample.disks.map(({ mount, freePercent, freeBytes }) => {
          return [`  ${mount}`, `${freePercent} % free`, bytesInWords(freeBytes)];
        });
        for (const line of table(disks)) console.log(line);
        const judged = judge(state, settings, sample);
        state = judged.state;
        for (const decision of judged.decisions) sayDecision(decision);
      }
    });
}

function settingsFrom(options: Options): MonitoringSettings {
  const {
    seconds,
    for: forSeconds,
    cpu,
    memory,
    diskFree: freePercent,
    process: processes,
    service: services,
  } = options;
  const severity = 'WARNING';
  return {
    intervalSeconds: seconds,
    cpu: { percent: cpu, forSeconds, severity },
    memory: { percent: memory, forSeconds, severity },
    disk: { freePercent, freePercentOf: {}, forSeconds, severity },
    processes,
    services,
    missingForSeconds: forSeconds,
  };
}
