import type { Command } from 'commander';
import { DeviceSessions } from '../../api/operations/devices.ts';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { UsageError } from '../problems.ts';
import { paint } from '../terminal.ts';
import { duration, peerName } from '../words.ts';

/** The most that the server gives at once. */
const MOST = 100;

export function sessionsCommand(program: Command): void {
  program
    .command('sessions')
    .description('List the support sessions of this device, newest first.')
    .option('--last <count>', 'how many', '20')
    .addHelpText('after', '\nExamples:\n  $ npm run agent -- sessions\n  $ npm run agent -- sessions --last 100')
    .action(async (options: { last: string }, command: Command) => {
      const first = Number(options.last);
      if (!Number.isInteger(first) || first < 1 || first > MOST) throw new UsageError(`--last takes 1 to ${MOST}.`);
      const client = clientOf(registered(command.optsWithGlobals<GlobalOptions>()));
      try {
        const { device } = (await client.query(DeviceSessions, { first })).viewer;
        const sessions = device?.sessions?.nodes ?? [];
        if (sessions.length === 0) console.log('No session yet. Start one with: invite, or run and then: request');
        for (const session of sessions) {
          const hosting = session.host.address === device?.address;
          const peer = peerName(hosting ? session.guest : session.host);
          const how = session.endedAt === null ? paint('green', 'runs') : duration(session.durationSeconds);
          const started = new Date(session.startedAt).toLocaleString('sv');
          console.log(`${started}  ${hosting ? '← by' : '→ on'} ${peer}  ${how}`);
        }
      } finally {
        client.close();
      }
    });
}
