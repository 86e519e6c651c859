import { styleText } from 'node:util';
import type { Context } from '../domain/context.ts';
import { findAnyDevice } from '../domain/devices.ts';
import type { Followed } from '../domain/event-stream.ts';
import { followAccount } from '../domain/inboxes.ts';
import { getInvitation } from '../domain/invitations.ts';
import { getSession } from '../domain/sessions.ts';

/** Writes one line for each thing that happens to the devices that the person is signed in on, until the stream ends. */
export async function writeFeed(ctx: Context, write: (line: string) => void): Promise<void> {
  const events = await followAccount(ctx, null);
  for await (const event of events) {
    const sentence = await sentenceFor(ctx, event);
    if (sentence) write(`  ${styleText('dim', new Date(event.at).toTimeString().slice(0, 8))}  ${sentence}\n`);
  }
}

const OUTCOMES: Readonly<Record<string, readonly [verb: string, colour: 'green' | 'yellow' | 'red']>> = {
  ACCEPTED: ['accepts the invitation of', 'green'],
  REJECTED: ['rejects the invitation of', 'yellow'],
  CANCELLED: ['is not invited any more by', 'yellow'],
  EXPIRED: ['did not answer the invitation of', 'red'],
  MODIFIED: ['is offered something else by', 'yellow'],
};

async function sentenceFor(ctx: Context, event: Followed): Promise<string | null> {
  if (event.concept === 'invitation' && 'change' in event) {
    const row = await getInvitation(ctx, event.subject);
    const inviter = await nameOf(ctx, row.inviterDeviceId);
    const recipient = await nameOf(ctx, row.recipientDeviceId);
    if (event.change === 'CREATED') {
      return `${inviter} ${styleText('cyan', 'invites')} ${recipient}, offering ${row.permissions.length} permissions`;
    }
    const [verb, colour] = OUTCOMES[event.change] ?? [event.change, 'yellow'];
    return `${recipient} ${styleText(colour, verb)} ${inviter}`;
  }
  if (event.concept === 'session' && 'change' in event) {
    const row = await getSession(ctx, event.subject);
    const host = await nameOf(ctx, row.hostDeviceId);
    const guest = await nameOf(ctx, row.guestDeviceId);
    switch (event.change) {
      case 'STARTED':
        return `${styleText('green', 'session')}: ${guest} works on ${host}`;
      case 'PERMISSIONS_CHANGED':
        return `${host} leaves ${guest} ${row.permissions.length} permissions, in the running session`;
      case 'ENDED':
        return `${styleText('dim', 'session ended')}: ${guest} on ${host}`;
    }
  }
  if (event.concept === 'device' && 'change' in event && (event.change === 'ONLINE' || event.change === 'OFFLINE')) {
    return `${await nameOf(ctx, event.subject)} is ${event.change === 'ONLINE' ? styleText('green', 'online') : 'offline'}`;
  }
  return null;
}

async function nameOf(ctx: Context, deviceId: string): Promise<string> {
  const device = await findAnyDevice(ctx.db.read, deviceId);
  return styleText('bold', device.alias ?? device.name);
}
