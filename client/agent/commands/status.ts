import type { Command } from 'commander';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { fillInbox, readDevice } from '../device-now.ts';
import { Inbox } from '../inbox.ts';
import { describeMachine } from '../machine.ts';
import { liveLines } from '../render.ts';
import { paint } from '../terminal.ts';
import { permissionsInWords } from '../words.ts';

export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('Show this device, its permission profiles, what waits and what runs.')
    .addHelpText('after', '\nExample:\n  $ npm run agent -- status')
    .action(async (_options: unknown, command: Command) => {
      const state = registered(command.optsWithGlobals<GlobalOptions>());
      const client = clientOf(state);
      try {
        const device = await readDevice(client);
        const inbox = new Inbox(device.address);
        fillInbox(inbox, device);
        const rows: [string, string][] = [
          ['Server', state.server],
          ['Device', device.name],
          ['ID', paint(['bold', 'cyan'], device.addressGrouped)],
          ['Alias', device.alias ?? paint('dim', 'none')],
          ['Client', describeMachine(device) + (state.simulated ? paint('magenta', '  (simulated)') : '')],
          ['Managed', device.enrolledAt ? `by a company, since ${device.enrolledAt}` : 'no (enrol --code CODE)'],
          ['Now', device.online ? paint('green', 'online') : 'offline (start it with: run)'],
          ...device.locks.map((lock): [string, string] => [
            'Locked',
            `${lock.permission} ${lock.allowed ? 'on' : 'off'}`,
          ]),
        ];
        for (const [name, value] of rows) console.log(`${name.padEnd(9)}${value}`);
        console.log('Profiles');
        for (const profile of device.permissionProfiles) {
          const name = `“${profile.name}”${profile.enabled ? '' : ' (disabled)'}`;
          console.log(`  ${name}: ${permissionsInWords(profile.permissions)}`);
        }
        const lines = liveLines(inbox.waiting, inbox.sessions, client.serverNow());
        console.log(lines.length === 0 ? 'Nothing waits, no session runs.' : 'Waiting and running');
        for (const line of lines) console.log(`  ${line}`);
      } finally {
        client.close();
      }
    });
}
