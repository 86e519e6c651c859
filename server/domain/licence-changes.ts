import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { type Licence, licences } from '../db/tables/licences.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { DEADLINES } from './deadlines.ts';
import { notFound } from './denials.ts';
import { endOfTerm, type TermInput } from './licence-issuing.ts';
import { emitByOperator, findLicence, lockLicence } from './licences.ts';
import { authorize } from './principal.ts';

/**
 * Suspends a licence: it cannot be activated, and no new seat be taken, until it is resumed. For the operator. May be
 * repeated. Event: licence SUSPENDED, where it was not, also to the operator's log. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.
 */
export async function suspendLicence(ctx: Context, input: Repeatable & { id: string }): Promise<Licence> {
  authorize(ctx, 'COMPANY', 'operator');
  return change(ctx, 'suspendLicence', input, async (tx) => {
    const [licence] = await tx.q
      .update(licences)
      .set({ suspendedAt: tx.now })
      .where(and(eq(licences.id, input.id), isNull(licences.suspendedAt)))
      .returning();
    if (licence)
      emitByOperator(tx, 'SUSPENDED', licence, { before: { suspendedAt: null }, after: { suspendedAt: tx.now } });
    const now = licence ?? (await findLicence(tx.q, input.id));
    if (!now) throw notFound('id');
    return now;
  });
}

/**
 * Ends a suspension. For the operator. May be repeated. Event: licence RESUMED, where it was suspended, also to the operator's log.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.
 */
export async function resumeLicence(ctx: Context, input: Repeatable & { id: string }): Promise<Licence> {
  authorize(ctx, 'COMPANY', 'operator');
  return change(ctx, 'resumeLicence', input, async (tx) => {
    const before = await lockLicence(tx, input.id);
    if (!before) throw notFound('id');
    const [licence] = await tx.q
      .update(licences)
      .set({ suspendedAt: null })
      .where(and(eq(licences.id, input.id), isNotNull(licences.suspendedAt)))
      .returning();
    if (!licence) return before;
    emitByOperator(tx, 'RESUMED', licence, {
      before: { suspendedAt: before.suspendedAt },
      after: { suspendedAt: null },
    });
    return licence;
  });
}

/**
 * Sets a new end of the term. Months count from the present end, or from now where that is over. For the operator;
 * each call with months adds them again, so give an idempotency key. Event: licence RENEWED, also to
 * the operator's log.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.
 */
export async function renewLicence(ctx: Context, input: Repeatable & TermInput & { id: string }): Promise<Licence> {
  authorize(ctx, 'COMPANY', 'operator');
  return change(ctx, 'renewLicence', input, async (tx) => {
    const before = await lockLicence(tx, input.id);
    if (!before) throw notFound('id');
    const expiresAt = endOfTerm(input, Math.max(before.expiresAt, tx.now), tx.now, []);
    const [licence] = await tx.q
      .update(licences)
      .set({ expiresAt, expiryAnnouncedAt: null })
      .where(eq(licences.id, input.id))
      .returning();
    if (!licence) throw notFound('id');
    emitByOperator(tx, 'RENEWED', licence, { before: { expiresAt: before.expiresAt }, after: { expiresAt } });
    tx.wake(DEADLINES);
    return licence;
  });
}
