import { eq, sql } from 'drizzle-orm';
import type { Config } from '../config.ts';
import { prepared } from '../db/prepared.ts';
import type { Language } from '../db/tables/accounts.ts';
import type { Device } from '../db/tables/devices.ts';
import { type EmailInvitation, emailInvitations, type InvitationOrigin } from '../db/tables/invitations.ts';
import { newId } from '../lib/ids.ts';
import { networkOf } from '../lib/network.ts';
import { groupDigits } from './addresses.ts';
import { requireCapability } from './capabilities.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { NO_ID, notFound } from './denials.ts';
import { actsFor, findDevice, ownDevice } from './devices.ts';
import { deviceStreams } from './event-log.ts';
import { emailOf } from './input.ts';
import { queueMail } from './mail-outbox.ts';
import { type MailText, sessionInvitationMail } from './mail-templates.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { HOUR_MS, limitRate } from './rate-limits.ts';

export interface PrepareEmailInvitationInput extends Repeatable {
  /** The device that invites; a device's own, where absent. */
  deviceId?: string | null | undefined;
  origin: InvitationOrigin;
  /** Of the template; the request's where absent. */
  language?: Language | null | undefined;
  /** Whom the `mailto:` link is addressed to; nobody where absent. It is not stored. */
  recipient?: string | null | undefined;
}

/**
 * Makes the template that a person sends from their own mail program (INV-06, INV-07); nothing is sent. Works for
 * every version of the client (INV-05). Event: emailInvitation PREPARED.
 * @throws Refusal ClientNotSupported, InvalidInput. @throws Denial NOT_FOUND for a device that is not the caller's.
 */
export async function prepareEmailInvitation(
  ctx: Context,
  input: PrepareEmailInvitationInput,
): Promise<{ invitation: EmailInvitation; mailto: string }> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  const recipient = input.recipient ? emailOf(input.recipient, ['recipient']) : null;
  return change(ctx, 'prepareEmailInvitation', input, async (tx) => {
    const inviter = await ownDevice(tx, principal, input.deviceId);
    requireCapability(ctx.config, 'EMAIL', 'INVITER', inviter);
    const row: EmailInvitation = {
      id: newId('EmailInvitation'),
      origin: input.origin,
      inviterDeviceId: inviter.id,
      language: input.language ?? ctx.request.language,
      addressShown: inviter.alias ?? groupDigits(inviter.address),
      createdBy: principal.kind === 'account' ? principal.accountId : null,
      createdAt: tx.now,
    };
    await tx.q.insert(emailInvitations).values(row);
    const { origin, language, addressShown } = row;
    emit(tx, 'PREPARED', row, inviter, { origin, language, addressShown });
    return { invitation: row, mailto: mailtoLink(emailInvitationText(ctx.config, row), recipient) };
  });
}

/**
 * Sends a prepared invitation through the server's mailer: the second, explicit choice (INV-07). It may be sent to
 * several people, one call each; how many in an hour is limited. Event: emailInvitation SENT.
 * @throws Refusal InvalidInput. @throws Denial NOT_FOUND, TOO_MANY_REQUESTS.
 */
export async function sendEmailInvitation(
  ctx: Context,
  input: Repeatable & { id: string; to: string },
): Promise<EmailInvitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  const recipient = emailOf(input.to, ['to']);
  const { inviter } = await partiesOf({ q: ctx.db.read }, principal, input.id);
  await limitRate(ctx, `invitation-mail:${senderOf(ctx, inviter)}`, ctx.config.INVITATION_MAILS_PER_HOUR, HOUR_MS);
  return change(ctx, 'sendEmailInvitation', input, async (tx) => {
    const parties = await partiesOf(tx, principal, input.id);
    await queueMail(tx, { recipient, ...emailInvitationText(ctx.config, parties.invitation) });
    emit(tx, 'SENT', parties.invitation, parties.inviter, { recipient });
    return parties.invitation;
  });
}

/**
 * Whom a sent mail is counted for. A device that nobody is signed in on counts by its network address, because
 * anybody can register as many devices as they like.
 */
function senderOf(ctx: Context, device: Device): string {
  return device.accountId ?? (ctx.request.address === null ? device.id : networkOf(ctx.request.address));
}

/** Subject and body of the invitation, in its language. */
export function emailInvitationText(
  config: Pick<Config, 'PUBLIC_URL'>,
  { language, addressShown }: Pick<EmailInvitation, 'language' | 'addressShown'>,
): MailText {
  return sessionInvitationMail(language, { address: addressShown, link: config.PUBLIC_URL });
}

/**
 * The text as a link that opens a mail program (RFC 6068): everything but unreserved characters percent-encoded, line
 * breaks as CRLF. `recipient` null leaves the choice of the recipient to the person.
 */
export function mailtoLink({ subject, body }: MailText, recipient: string | null): string {
  const to = recipient === null ? '' : encode(recipient).replace('%40', '@');
  return `mailto:${to}?subject=${encode(subject)}&body=${encode(body.replace(/\r?\n/g, '\r\n'))}`;
}

// RFC 3986 reserves !'()* too, which encodeURIComponent leaves alone and mail programs end links at.
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

const byId = prepared('email_invitation_by_id', (q) =>
  q
    .select()
    .from(emailInvitations)
    .where(eq(emailInvitations.id, sql.placeholder('id'))),
);

/** The invitation and its device, where the caller speaks for that. @throws Denial NOT_FOUND. */
async function partiesOf(
  tx: Pick<Change, 'q'>,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
): Promise<{ invitation: EmailInvitation; inviter: Device }> {
  const [invitation] = await byId(tx.q, { id });
  const inviter = await findDevice(tx.q, invitation?.inviterDeviceId ?? NO_ID);
  if (!invitation || !inviter || !actsFor(principal, inviter)) throw notFound('id');
  return { invitation, inviter };
}

/** One e-mail invitation, for the inviting side. @throws Denial UNAUTHENTICATED, NOT_FOUND. */
export async function getEmailInvitation(ctx: Context, id: string): Promise<EmailInvitation> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  return (await partiesOf({ q: ctx.db.read }, principal, id)).invitation;
}

function emit(
  tx: Change,
  what: 'PREPARED' | 'SENT',
  invitation: EmailInvitation,
  inviter: Device,
  after: Record<string, unknown>,
): void {
  tx.emit({
    concept: 'emailInvitation',
    change: what,
    subject: invitation.id,
    after,
    streams: deviceStreams(inviter),
  });
}
