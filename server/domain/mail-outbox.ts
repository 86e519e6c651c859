import { desc, eq, lte } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { Queries } from '../db/database.ts';
import { type Mail, mails } from '../db/tables/mails.ts';
import { newId } from '../lib/ids.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import type { MailText } from './mail-templates.ts';
import { DAY_MS } from './rate-limits.ts';

/** The topic that wakes delivery on every node. */
export const MAILS_TOPIC = 'mails';

/** Longest subject, in characters: RFC 5322 asks for lines of at most 998, and nobody reads more than this. */
const SUBJECT_LENGTH = 200;

/** How long it is known that a mail was sent. */
const SENT_KEPT_MS = 30 * DAY_MS;

export interface OutgoingMail extends MailText {
  readonly recipient: string;
}

// What could end a header line, or hide the rest of one.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Puts a mail into the outbox: it leaves with the commit, and is delivered afterwards, at least once. Returns its id.
 * No subject and no address can add a header: control characters become blanks, and an address that has any is a
 * programming error (addresses come through `emailOf`).
 */
export async function queueMail(tx: Change, mail: OutgoingMail): Promise<string> {
  if (mail.recipient.search(CONTROLS) !== -1) throw new Error('a mail address with control characters');
  const id = newId('Mail');
  await tx.q.insert(mails).values({
    id,
    recipient: mail.recipient,
    subject: mail.subject.replace(CONTROLS, ' ').trim().slice(0, SUBJECT_LENGTH),
    body: mail.body,
    createdAt: tx.now,
    nextAttemptAt: tx.now,
  });
  tx.wake(MAILS_TOPIC);
  return id;
}

/**
 * The work of `queueMail`, and no mail: for answers that must not tell, by their time either, whether there was
 * anybody to write to.
 */
export async function pretendMail(tx: Change): Promise<void> {
  const id = await queueMail(tx, { recipient: 'nobody@localhost', subject: '', body: '' });
  await tx.q.delete(mails).where(eq(mails.id, id));
}

/** The path of the page that shows the outbox. */
export const OUTBOX_PATH = '/dev/mails';

/** The address of the page that shows the outbox; null in production, where there is none. */
export function outboxAddress({ NODE_ENV, PUBLIC_URL }: Pick<Config, 'NODE_ENV' | 'PUBLIC_URL'>): string | null {
  return NODE_ENV === 'production' ? null : `${PUBLIC_URL}${OUTBOX_PATH}`;
}

/** The newest mails, sent or not: for development mode only, where the transport shows them. */
export function recentMails(q: Queries, most: number): Promise<Mail[]> {
  return Promise.resolve(q.select().from(mails).orderBy(desc(mails.createdAt), desc(mails.id)).limit(most));
}

/** Deletes mails that were sent a month ago. Those that could not be delivered stay. May be repeated. */
export async function forgetMails(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(mails).where(lte(mails.sentAt, ctx.clock.now() - SENT_KEPT_MS));
  });
}
