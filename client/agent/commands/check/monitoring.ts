import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { judge, startJudging } from '../../services/monitoring/judge.ts';
import { Sampler } from '../../services/monitoring/sample.ts';
import type { MonitoringSettings } from '../../services/monitoring/settings.ts';
import { table } from '../table.ts';
import { numberFrom, sayDecision } from './output.ts';

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

export function monitoringCheck(check: Command, words: AgentWords): void {
  const { formats, placeholders, checks } = words;
  const help = words.checkHelp.monitoring;
  const numbers = (min: number, max: number) => numberFrom(min, max, words);
  check
    .command('monitoring')
    .description(help.description)
    .option(`--seconds <${placeholders.number}>`, help.seconds, numbers(0.1, 3600), 1)
    .option(`--samples <${placeholders.number}>`, help.samples, numbers(1, 100_000), 1)
    .option(`--cpu <${placeholders.percent}>`, help.cpu, numbers(1, 100), 90)
    .option(`--memory <${placeholders.percent}>`, help.memory, numbers(1, 100), 90)
    .option(`--disk-free <${placeholders.percent}>`, help.diskFree, numbers(0, 99), 10)
    .option(`--for <${placeholders.seconds}>`, help.for, numbers(0, 86_400), 0)
    .option(`--process <${placeholders.name}...>`, help.process, [])
    .option(`--service <${placeholders.name}...>`, help.service, [])
    .action(async (options: Options) => {
      const settings = settingsFrom(options);
      const sampler = new Sampler();
      let state = startJudging();
      for (let taken = 0; taken < options.samples; taken++) {
        await new Promise((resolve) => setTimeout(resolve, options.seconds * 1000));
        const sample = await sampler.take(settings);
        const memory = formats.percent(sample.memoryPercent);
        const free = formats.bytes(sample.memoryFreeBytes);
        console.log(checks.monitoring.measured(formats.percent(sample.cpuPercent), memory, free));
        const disks = sample.disks.map(({ mount, freePercent, freeBytes }) => {
          return [`  ${mount}`, checks.monitoring.free(formats.percent(freePercent)), formats.bytes(freeBytes)];
        });
        for (const line of table(disks)) console.log(line);
        const judged = judge(state, settings, sample, words);
        state = judged.state;
        for (const decision of judged.decisions) sayDecision(decision, words);
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
