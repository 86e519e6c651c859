import { and, asc, eq, lte, min } from 'drizzle-orm';
import { invitations } from '../db/tables/invitations.ts';
import { sessionRequests } from '../db/tables/session-requests.ts';
import type { Timer } from '../lib/clock.ts';
import { nearestAlertMail, sendAlertMails } from './alert-mails.ts';
import { type Change, change } from './change.ts';
import type { Context } from './context.ts';
import { DEADLINES, DEADLINES_OF_INVITATIONS } from './deadlines.ts';
import { findAnyDevice } from './devices.ts';
import { INVITATION_TTL_MS } from './invitations.ts';
import { expireLicences, nearestLicenceExpiry } from './licence-expiry.ts';
import { pageUrl } from './links.ts';
import { emitInvitation } from './pending-invitations.ts';
import { authorize } from './principal.ts';
import { emitSessionRequest } from './session-requests.ts';

/** Records and announces at one go; more are taken in the next, so that no transaction takes long. */
const BATCH = 100;

/**
 * Records and announces what has lapsed: invitations and session requests that are pending and past their deadline,
 * and licences past their term. Writes the mails about alerts that are due.
 * The conditional update lets one node announce each, once (INV-19). It decides nothing: what is past its deadline is
 * expired for everyone already. May be repeated. Events: invitation EXPIRED, sessionRequest EXPIRED, licence EXPIRED.
 */
export async function announceExpired(ctx: Context): Promise<void> {
  authorize(ctx, 'INVITATIONS', 'system');
  let more = true;
  while (more) {
    more = await change(ctx, 'announceExpired', {}, async (tx) => {
      const lapsedInvitations = await expireInvitations(tx);
      const lapsedRequests = await expireSessionRequests(tx);
      const lapsedLicences = await expireLicences(tx, BATCH);
      const alertMails = await sendAlertMails(tx, pageUrl(ctx.config, 'alerts'), BATCH);
      return [lapsedInvitations, lapsedRequests, lapsedLicences, alertMails].includes(BATCH);
    });
  }
}

async function expireInvitations(tx: Change): Promise<number> {
  const due = await tx.q
    .select()
    .from(invitations)
    .where(and(eq(invitations.status, 'PENDING'), lte(invitations.expiresAt, tx.now)))
    .orderBy(asc(invitations.expiresAt))
    .limit(BATCH);
  for (const before of due) {
    const [after] = await tx.q
      .update(invitations)
      .set({ status: 'EXPIRED', settledAt: before.expiresAt })
      .where(and(eq(invitations.id, before.id), eq(invitations.status, 'PENDING')))
      .returning();
    if (!after) continue;
    const inviter = await findAnyDevice(tx.q, after.inviterDeviceId);
    const recipient = await findAnyDevice(tx.q, after.recipientDeviceId);
    emitInvitation(tx, 'EXPIRED', before, after, [inviter, recipient]);
  }
  return due.length;
}

async function expireSessionRequests(tx: Change): Promise<number> {
  const due = await tx.q
    .select()
    .from(sessionRequests)
    .where(and(eq(sessionRequests.status, 'PENDING'), lte(sessionRequests.expiresAt, tx.now)))
    .orderBy(asc(sessionRequests.expiresAt))
    .limit(BATCH);
  for (const before of due) {
    const [after] = await tx.q
      .update(sessionRequests)
      .set({ status: 'EXPIRED', settledAt: before.expiresAt })
      .where(and(eq(sessionRequests.id, before.id), eq(sessionRequests.status, 'PENDING')))
      .returning();
    if (!after) continue;
    const guest = await findAnyDevice(tx.q, after.guestDeviceId);
    const host = await findAnyDevice(tx.q, after.hostDeviceId);
    emitSessionRequest(tx, 'EXPIRED', after, [guest, host]);
  }
  return due.length;
}

/** How long the watch waits after a failure (a full disk, a lost database) before it tries again. */
const RETRY_MS = 1_000;

/**
 * Watches the nearest deadline and calls `announceExpired` when it is reached, until it is stopped; the first
 * announcement, of what lapsed while nothing ran, is done when the promise resolves.
 */
export async function watchDeadlines(ctx: Context): Promise<{ stop(): Promise<void> }> {
  let timer: Timer | null = null;
  /** When the timer looks; null while none is set. */
  let next: number | null = null;
  let stopped = false;
  let running: Promise<void> | null = null;
  let again = false;

  async function round(): Promise<void> {
    timer?.cancel();
    next = null;
    try {
      let nearest = await nearestDeadline(ctx);
      if (nearest !== null && nearest <= ctx.clock.now()) {
        await announceExpired(ctx);
        nearest = await nearestDeadline(ctx);
      }
      lookAt(nearest);
    } catch (error) {
      ctx.log.error({ err: error }, 'deadlines could not be announced; trying again');
      lookAt(ctx.clock.now() + RETRY_MS);
    }
  }

  function lookAt(instant: number | null): void {
    if (instant === null || stopped) return;
    next = instant;
    timer = ctx.clock.at(instant, look);
  }

  function lookForInvitation(): void {
    if (next === null || next > ctx.clock.now() + INVITATION_TTL_MS) look();
  }

  function look(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = round().finally(() => {
      running = null;
      if (again) {
        again = false;
        look();
      }
    });
  }

  const registered = [
    ctx.wakeUps.register([DEADLINES], look),
    ctx.wakeUps.register([DEADLINES_OF_INVITATIONS], lookForInvitation),
  ];
  look();
  await running;
  return {
    async stop() {
      stopped = true;
      for (const unregister of registered) unregister();
      timer?.cancel();
      await running;
    },
  };
}

async function nearestDeadline(ctx: Context): Promise<number | null> {
  const [invitation] = await ctx.db.read
    .select({ at: min(invitations.expiresAt) })
    .from(invitations)
    .where(eq(invitations.status, 'PENDING'));
  const [request] = await ctx.db.read
    .select({ at: min(sessionRequests.expiresAt) })
    .from(sessionRequests)
    .where(eq(sessionRequests.status, 'PENDING'));
  const instants = [
    invitation?.at,
    request?.at,
    await nearestLicenceExpiry(ctx.db.read),
    await nearestAlertMail(ctx.db.read),
  ].filter((at) => at !== null && at !== undefined);
  return instants.length === 0 ? null : Math.min(...instants.map(Number));
}
