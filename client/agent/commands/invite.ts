import { clearLine, cursorTo } from 'node:readline';
import type { Command } from 'commander';
import type { BeckonClient } from '../../api/client.ts';
import { DeviceCursor } from '../../api/operations/events.ts';
import type { InvitationFieldsFragment as Invitation, InvitationOrigin } from '../../graphql/graphql.ts';
import { cancel, invite } from '../actions.ts';
import { clientOf, type GlobalOptions, registered } from '../context.ts';
import { UsageError } from '../problems.ts';
import { paint } from '../terminal.ts';
import { offerOf } from '../typed-commands.ts';
import { countdown, peerName, permissionsInWords } from '../words.ts';

interface Options {
  profile?: string;
  grant?: string;
  revoke?: string;
  note?: string;
  origin: string;
  wait: boolean;
}

const ORIGINS: readonly InvitationOrigin[] = [
  'OWN_ID',
  'CONTEXT_MENU',
  'FAVORITES',
  'RECENT_SESSIONS',
  'DISCOVERY',
  'ADDRESS_BOOK',
];

export function inviteCommand(program: Command): void {
  program
    .command('invite')
    .argument('<address...>', 'ID (blanks do not matter) or alias of the other device')
    .description('Invite somebody to this device, and wait for the answer.')
    .option('--profile <name>', 'permission profile (default: Default)')
    .option('--grant <permissions>', 'allow these on top of the profile: AUDIO,INPUT')
    .option('--revoke <permissions>', 'take these away from the profile')
    .option('--note <text>', 'words to the other side')
    .option('--origin <where>', `where in the client it was started: ${ORIGINS.join(', ')}`, 'OWN_ID')
    .option('--no-wait', 'do not wait for the answer')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run agent -- invite 123 456 789
  $ npm run agent -- invite front-desk@acme --profile "Screen sharing" --note "the printer again"
  $ npm run agent -- invite front-desk@acme --revoke FILE_MANAGER,RESTART --no-wait

The other side has two minutes. Ctrl+C while waiting takes the invitation back.
Ends with 0 where they connected, else with 1.`,
    )
    .action(async (address: string[], options: Options, command: Command) => {
      const origin = ORIGINS.find((known) => known === options.origin.toUpperCase());
      if (!origin) throw new UsageError(`--origin is one of ${ORIGINS.join(', ')}.`);
      const client = clientOf(registered(command.optsWithGlobals<GlobalOptions & Options>()));
      try {
        await send(client, address.join(' '), origin, options);
      } finally {
        client.close();
      }
    });
}

async function send(client: BeckonClient, address: string, origin: InvitationOrigin, options: Options): Promise<void> {
  // From before it is sent: the answer may come at once.
  const after = (await client.query(DeviceCursor, {})).viewer.device?.eventCursor;
  const invitation = await invite(client, address, offerOf(options), origin);
  console.log(
    `Invited ${paint('bold', peerName(invitation.recipient))} — ${invitation.profileName}: ${permissionsInWords(invitation.permissions)}`,
  );
  if (!options.wait) return;

  const leaving = new AbortController();
  const interrupted = (): void => {
    const waiting = { kind: 'invitation', incoming: false, invitation } as const;
    cancel(client, waiting).catch(() => leaving.abort());
  };
  process.once('SIGINT', interrupted);
  const counting = showCountdown(client, invitation);
  try {
    for await (const event of client.deviceEvents({ after, signal: leaving.signal })) {
      if (event.__typename !== 'InvitationEvent' || event.invitation?.id !== invitation.id) continue;
      if (event.invitationChange === 'CREATED' || event.invitationChange === 'MODIFIED') continue;
      counting.stop();
      console.log(outcome(event.invitation));
      process.exitCode = event.invitationChange === 'ACCEPTED' ? 0 : 1;
      return;
    }
    process.exitCode = 1;
  } finally {
    counting.stop();
    process.off('SIGINT', interrupted);
  }
}

function outcome({ status, recipient }: Invitation): string {
  const who = peerName(recipient);
  switch (status) {
    case 'ACCEPTED':
      return paint('green', `${who} connected: the session runs. Use run to see it and to change what they may do.`);
    case 'REJECTED':
      return paint('yellow', `${who} rejected it.`);
    case 'CANCELLED':
      return paint('yellow', 'Taken back.');
    default:
      return paint('yellow', 'Expired: nobody answered within two minutes. Is their agent running?');
  }
}

/** One line that counts down on a terminal; where there is none, a single line. */
function showCountdown(client: BeckonClient, { expiresAt }: Invitation): { stop(): void } {
  const deadline = Date.parse(expiresAt);
  if (!process.stdout.isTTY) {
    console.log('Waiting for the answer …');
    return { stop() {} };
  }
  const show = (): void => {
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    process.stdout.write(`Waiting for the answer … ${countdown(deadline - client.serverNow())} `);
  };
  show();
  const timer = setInterval(show, 1000);
  let stopped = false;
  return {
    stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      cursorTo(process.stdout, 0);
      clearLine(process.stdout, 0);
    },
  };
}
