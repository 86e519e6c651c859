import type { Command } from 'commander';
import { DeviceSessions } from '../../api/operations/devices.ts';
import type { AgentWords } from '../catalogue/catalogue.ts';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { UsageError } from '../problems.ts';
import { paint } from '../terminal.ts';
import { duration, peerName } from '../words.ts';
import { table } from './table.ts';

/** The most that the server gives at once. */
const MOST = 100;

export function sessionsCommand(program: Command, words: AgentWords): void {
  const { help, placeholders, formats, commands } = words;
  const say = commands.sessions;
  program
    .command('sessions')
    .description(help.sessions.description)
    .option(`--last <${placeholders.count}>`, help.sessions.last, '20')
    .addHelpText('after', help.sessions.examples)
    .action(async (options: { last: string }, command: Command) => {
      const first = Number(options.last);
      if (!Number.isInteger(first) || first < 1 || first > MOST) {
        throw new UsageError(({ problems }) => problems.last(MOST));
      }
      const client = clientOf(registered(command.optsWithGlobals<GlobalOptions>()), words);
      try {
        const { device } = (await client.query(DeviceSessions, { first })).viewer;
        const sessions = device?.sessions?.nodes ?? [];
        if (sessions.length === 0) console.log(say.none);
        const rows = sessions.map(({ host, guest, startedAt, endedAt, durationSeconds }) => {
          const hosting = host.address === device?.address;
          const how = endedAt === null ? paint('green', say.runs) : duration(durationSeconds);
          return [formats.dateTime(startedAt), `${hosting ? say.by : say.on} ${peerName(hosting ? guest : host)}`, how];
        });
        for (const line of table(rows)) console.log(line);
      } finally {
        client.close();
      }
    });
}
