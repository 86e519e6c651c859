import { clearLine, cursorTo } from 'node:readline';
import type { Command } from 'commander';
import type { BeckonClient } from '../../api/client.ts';
import { DeviceCursor } from '../../api/operations/events.ts';
import type { InvitationFieldsFragment as Invitation, InvitationOrigin } from '../../graphql/graphql.ts';
import { cancel, invite } from '../actions.ts';
import type { AgentWords } from '../catalogue/catalogue.ts';
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

export function inviteCommand(program: Command, words: AgentWords): void {
  const { help, placeholders } = words;
  program
    .command('invite')
    .argument(`<${placeholders.address}...>`, help.invite.address)
    .description(help.invite.description)
    .option(`--profile <${placeholders.name}>`, help.invite.profile)
    .option(`--grant <${placeholders.permissions}>`, help.invite.grant)
    .option(`--revoke <${placeholders.permissions}>`, help.invite.revoke)
    .option(`--note <${placeholders.text}>`, help.invite.note)
    .option(`--origin <${placeholders.where}>`, help.invite.origin(ORIGINS.join(', ')), 'OWN_ID')
    .option('--no-wait', help.invite.noWait)
    .addHelpText('after', help.invite.examples)
    .action(async (address: string[], options: Options, command: Command) => {
      const origin = ORIGINS.find((known) => known === options.origin.toUpperCase());
      if (!origin) throw new UsageError(({ problems }) => problems.origin(ORIGINS.join(', ')));
      const client = clientOf(registered(command.optsWithGlobals<GlobalOptions & Options>()), words);
      try {
        await send(client, { ...options, address: address.join(' '), origin }, words);
      } finally {
        client.close();
      }
    });
}

type Sending = Omit<Options, 'origin'> & { readonly address: string; readonly origin: InvitationOrigin };

async function send(client: BeckonClient, sending: Sending, words: AgentWords): Promise<void> {
  // From before it is sent: the answer may come at once.
  const after = (await client.query(DeviceCursor, {})).viewer.device?.eventCursor;
  const invitation = await invite(client, sending.address, offerOf(sending), sending.origin);
  const { recipient, profileName, permissions } = invitation;
  const offer = words.events.offer(profileName, permissionsInWords(permissions, words));
  console.log(words.commands.invite.invited(paint('bold', peerName(recipient)), offer));
  if (!sending.wait) return;

  const leaving = new AbortController();
  const interrupted = (): void => {
    const waiting = { kind: 'invitation', incoming: false, invitation } as const;
    cancel(client, waiting).catch(() => leaving.abort());
  };
  process.once('SIGINT', interrupted);
  const counting = showCountdown(client, invitation, words.commands.invite.waiting);
  try {
    for await (const event of client.deviceEvents({ after, signal: leaving.signal })) {
      if (event.__typename !== 'InvitationEvent' || event.invitation?.id !== invitation.id) continue;
      if (event.invitationChange === 'CREATED' || event.invitationChange === 'MODIFIED') continue;
      counting.stop();
      console.log(outcome(event.invitation, words.commands.invite));
      process.exitCode = event.invitationChange === 'ACCEPTED' ? 0 : 1;
      return;
    }
    process.exitCode = 1;
  } finally {
    counting.stop();
    process.off('SIGINT', interrupted);
  }
}

function outcome({ status, recipient }: Invitation, say: AgentWords['commands']['invite']): string {
  const who = peerName(recipient);
  switch (status) {
    case 'ACCEPTED':
      return paint('green', say.accepted(who));
    case 'REJECTED':
      return paint('yellow', say.rejected(who));
    case 'CANCELLED':
      return paint('yellow', say.cancelled);
    default:
      return paint('yellow', say.expired);
  }
}

/** One line that counts down on a terminal; where there is none, a single line. */
function showCountdown(client: BeckonClient, { expiresAt }: Invitation, waiting: string): { stop(): void } {
  const deadline = Date.parse(expiresAt);
  if (!process.stdout.isTTY) {
    console.log(waiting);
    return { stop() {} };
  }
  const show = (): void => {
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    process.stdout.write(`${waiting} ${countdown(deadline - client.serverNow())} `);
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
