import type { Command } from 'commander';
import type { AgentWords } from '../catalogue/catalogue.ts';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { type DeviceNow, fillInbox, readDevice } from '../device-now.ts';
import { Inbox } from '../inbox.ts';
import { describeMachine } from '../machine.ts';
import { liveLines } from '../render.ts';
import type { AgentState } from '../state-file.ts';
import { paint } from '../terminal.ts';
import { permissionsInWords } from '../words.ts';
import { table } from './table.ts';

export function statusCommand(program: Command, words: AgentWords): void {
  program
    .command('status')
    .description(words.help.status.description)
    .addHelpText('after', words.help.status.examples)
    .action(async (_options: unknown, command: Command) => {
      const state = registered(command.optsWithGlobals<GlobalOptions>());
      const client = clientOf(state, words);
      try {
        const device = await readDevice(client);
        const inbox = new Inbox(device.address);
        fillInbox(inbox, device);
        for (const line of aboutDevice(device, state, words)) console.log(line);
        const lines = liveLines(inbox.waiting, inbox.sessions, client.serverNow(), words);
        console.log(lines.length === 0 ? words.commands.status.nothing : words.commands.status.waiting);
        for (const line of lines) console.log(`  ${line}`);
      } finally {
        client.close();
      }
    });
}

function aboutDevice(device: DeviceNow, { server, simulated }: AgentState, words: AgentWords): string[] {
  const say = words.commands.status;
  const since = device.enrolledAt === null ? null : words.formats.dateTime(device.enrolledAt);
  const rows = [
    [say.server, server],
    [say.device, device.name],
    [say.id, paint(['bold', 'cyan'], device.addressGrouped)],
    [say.alias, device.alias ?? paint('dim', say.noAlias)],
    [say.client, describeMachine(device) + (simulated ? `  ${paint('magenta', say.simulated)}` : '')],
    [say.managed, since === null ? say.notManaged : say.managedSince(since)],
    [say.now, device.online ? paint('green', say.online) : say.offline],
    ...device.locks.map(({ permission, allowed }) => [say.locked, `${permission} ${allowed ? say.on : say.off}`]),
  ];
  const profiles = device.permissionProfiles.map(({ name, enabled, permissions }) => {
    return `  ${(enabled ? say.profile : say.disabledProfile)(name, permissionsInWords(permissions, words))}`;
  });
  return [...table(rows), say.profiles, ...profiles];
}
