import { styleText } from 'node:util';
import { eq } from 'drizzle-orm';
import { invitations } from '../db/tables/invitations.ts';
import { supportSessions } from '../db/tables/sessions.ts';
import type { Context } from '../domain/context.ts';
import { findAnyDevice } from '../domain/devices.ts';
import { streamOf } from '../domain/event-log.ts';
import { type Followed, follow } from '../domain/event-stream.ts';

/** Writes one line for each thing that happens to the company's devices, until the stream ends. */
export async function writeFeed(ctx: Context, companyId: string, write: (line: string) => void): Promise<void> {
  const events = await follow(ctx, { stream: streamOf.company(companyId), check: async () => {} });
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
    const [row] = await ctx.db.read.select().from(invitations).where(eq(invitations.id, event.subject));
    if (!row) return null;
    const inviter = await nameOf(ctx, row.inviterDeviceId);
    const recipient = await nameOf(ctx, row.recipientDeviceId);
    if (event.change === 'CREATED') {
      return `${inviter} ${styleText('cyan', 'invites')} ${recipient}, offering ${row.permissions.length} permissions`;
    }
    const [verb, colour] = OUTCOMES[event.change] ?? [event.change, 'yellow'];
    return `${recipient} ${styleText(colour, verb)} ${inviter}`;
  }
  if (event.concept === 'session' && 'change' in event) {
    const [row] = await ctx.db.read.select().from(supportSessions).where(eq(supportSessions.id, event.subject));
    if (!row) return null;
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
