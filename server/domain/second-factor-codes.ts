import { randomBytes } from 'node:crypto';
import { and, count, eq, isNotNull, isNull, lt, type SQL } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { recoveryCodes, type SecondFactor, secondFactors } from '../db/tables/second-factors.ts';
import { hashSecret } from '../lib/secrets.ts';
import { base32, totpStepsOf } from '../lib/totp.ts';
import type { Change } from './change.ts';

/** Recovery codes that are made at a time. */
export const RECOVERY_CODES = 10;

/** 120 bits, 24 letters: enough for a plain hash (ASVS 6.5.2 asks for 112). */
const RECOVERY_CODE_BYTES = 15;

/** What a code can be. */
export type CodeKind = 'APP' | 'RECOVERY_CODE';

/** The account's second factor, confirmed or not, whoever asks. */
export async function findSecondFactor(q: Queries, accountId: string): Promise<SecondFactor | null> {
  const [factor] = await q.select().from(secondFactors).where(eq(secondFactors.accountId, accountId));
  return factor ?? null;
}

/** Whether signing in to the account takes a code. */
export async function hasSecondFactor(q: Queries, accountId: string): Promise<boolean> {
  return (await findSecondFactor(q, accountId))?.confirmedAt != null;
}

/**
 * Uses a code up, of the app or a recovery code, and tells which it was; null where it is none that can be used. Each
 * step of the app is taken once, and none before it after that, by one conditional UPDATE: of several at once, on
 * whatever nodes, one gets in. A recovery code goes with its row.
 */
export async function acceptCode(tx: Change, accountId: string, typed: string): Promise<CodeKind | null> {
  const code = plainCode(typed);
  if (isAppCode(code)) {
    return (await acceptAppCode(tx, accountId, code, isNotNull(secondFactors.confirmedAt))) ? 'APP' : null;
  }
  const used = await tx.q
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.hash, hashSecret(code))))
    .returning({ hash: recoveryCodes.hash });
  return used.length > 0 ? 'RECOVERY_CODE' : null;
}

/** Confirms the app by its first code, which is used up by it; whether it was right. */
export async function acceptFirstCode(tx: Change, accountId: string, typed: string): Promise<boolean> {
  const code = plainCode(typed);
  return isAppCode(code) && (await acceptAppCode(tx, accountId, code, isNull(secondFactors.confirmedAt)));
}

/** As people type and print them: in groups, in any case. */
function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();
}

const isAppCode = (code: string): boolean => /^\d{6}$/.test(code);

async function acceptAppCode(tx: Change, accountId: string, code: string, state: SQL): Promise<boolean> {
  const factor = await findSecondFactor(tx.q, accountId);
  const step = factor && totpStepsOf(factor.secret, code, tx.now).find((one) => one > factor.lastStep);
  if (!step) return false;
  const { secret } = factor;
  const unused = and(
    eq(secondFactors.accountId, accountId),
    eq(secondFactors.secret, secret),
    lt(secondFactors.lastStep, step),
  );
  const rows = await tx.q
    .update(secondFactors)
    .set({ lastStep: step, confirmedAt: factor.confirmedAt ?? tx.now })
    .where(and(unused, state))
    .returning({ step: secondFactors.lastStep });
  return rows.length > 0;
}

/** Makes new recovery codes, to be shown once; the ones before are void. */
export async function newRecoveryCodes(tx: Change, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => base32(randomBytes(RECOVERY_CODE_BYTES)).toLowerCase());
  await tx.q.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.q.insert(recoveryCodes).values(codes.map((code) => ({ hash: hashSecret(code), accountId })));
  return codes.map((code) => (code.match(/.{6}/g) ?? []).join('-'));
}

/** How many recovery codes the account can still use. */
export async function recoveryCodesLeft(q: Queries, accountId: string): Promise<number> {
  const [left] = await q.select({ count: count() }).from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  return left?.count ?? 0;
}
