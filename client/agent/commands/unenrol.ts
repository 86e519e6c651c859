import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { RemoveDevice } from '../../api/operations/devices.ts';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { UsageError } from '../problems.ts';
import { removeState } from '../state-file.ts';

interface Options {
  yes?: boolean;
  forget?: boolean;
}

export function unenrolCommand(program: Command): void {
  program
    .command('unenrol')
    .alias('remove')
    .description('Remove this device from the server for good: its ID is never given again.')
    .option('--yes', 'do not ask')
    .option('--forget', 'only forget the device on this machine, such as when the server has removed it')
    .addHelpText('after', '\nExamples:\n  $ npm run agent -- unenrol\n  $ npm run agent -- unenrol --forget')
    .action(async (options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions & Options>();
      const state = registered(globals);
      if (!options.forget) {
        if (!options.yes) await confirm(`Remove the device ${state.address} from ${state.server} for good?`);
        const client = clientOf(state);
        try {
          await client.mutate(RemoveDevice, { input: { idempotencyKey: randomUUID() } });
        } finally {
          client.close();
        }
      }
      removeState(globals.state);
      console.log(
        options.forget ? 'Forgotten on this machine.' : 'Removed. Its sessions ended, its credential is void.',
      );
    });
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError(`${question} Say so with --yes.`);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was changed.');
}
