import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { RemoveDevice } from '../../api/operations/devices.ts';
import type { AgentWords } from '../catalogue/catalogue.ts';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { UsageError } from '../problems.ts';
import { type AgentState, removeState } from '../state-file.ts';

interface Options {
  yes?: boolean;
  forget?: boolean;
}

export function unenrolCommand(program: Command, words: AgentWords): void {
  const { help, commands } = words;
  const say = commands.unenrol;
  program
    .command('unenrol')
    .alias('remove')
    .description(help.unenrol.description)
    .option('--yes', help.unenrol.yes)
    .option('--forget', help.unenrol.forget)
    .addHelpText('after', help.unenrol.examples)
    .action(async (options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions & Options>();
      const state = registered(globals);
      if (!options.forget) {
        if (!options.yes) await confirm(state, words);
        const client = clientOf(state, words);
        try {
          await client.mutate(RemoveDevice, { input: { idempotencyKey: randomUUID() } });
        } finally {
          client.close();
        }
      }
      removeState(globals.state);
      console.log(options.forget ? say.forgotten : say.removed);
    });
}

async function confirm({ address, server }: AgentState, { commands: { unenrol } }: AgentWords): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new UsageError(({ problems, commands }) => problems.sayYes(commands.unenrol.question(address, server)));
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`${unenrol.question(address, server)} ${unenrol.choices} `);
  prompt.close();
  if (!unenrol.yes.test(answer.trim())) throw new UsageError(({ problems }) => problems.nothingChanged);
}
