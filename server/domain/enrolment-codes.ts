import { randomInt } from 'node:crypto';
import { and, desc, eq, gt, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
import { deviceGroups } from '../db/tables/devices.ts';
import { type EnrolmentCode, enrolmentCodes } from '../db/tables/enrolment-codes.ts';
import { newId } from '../lib/ids.ts';
import { hashSecret } from '../lib/secrets.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { countOf, LENGTHS, lineOf } from './input.ts';
import { lockMember, memberOf, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { authorize } from './principal.ts';
import { DAY_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

/** How often one code can be redeemed, at most: a large roll-out with one code. */
export const CODE_USES = { min: 1, max: 1_000 } as const;

/** How long a code can be redeemed where nothing is said, as the invitation of a colleague (security.md). */
export const CODE_TTL_MS = 7 * DAY_MS;

/** How long a code can be redeemed at most: one that nobody remembers making opens nothing for ever. */
export const LONGEST_CODE_TTL_MS = 90 * DAY_MS;

/** Digits and capital letters, without those that are mistaken for each other: 0 and O, 1 and I. */
const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** 24 characters of 5 bits are 120 bits: above the 112 from which a plain hash is enough (ASVS 6.5.2). */
const CODE_LENGTH = 24;
const CODE_GROUP = 4;

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))).join('');
}

/** What people put between the characters of a code, or write otherwise: blanks, dashes of every kind, small letters. */
function normalCode(written: string): string {
  return written.replace(/[\s\p{Pd}]+/gu, '').toUpperCase();
}

/** What a code is stored and found by, however it was written. */
export function hashOfCode(written: string): string {
  return hashSecret(normalCode(written));
}

export interface CreateEnrolmentCodeInput extends Repeatable {
  label: string;
  maxUses?: number | null | undefined;
  expiresAt?: number | null | undefined;
  assignToId?: string | null | undefined;
  groupId?: string | null | undefined;
}

/**
 * Makes a code with which devices join the caller's company (PRE-03); the code itself is given this once. Assigning
 * the devices to somebody else, or putting them in a group, is for administrators, as it is without a code.
 * Event: enrolmentCode CREATED, to the company.
 * @throws Refusal InvalidInput. @throws Denial FORBIDDEN; NOT_FOUND for an account or group that is not the company's.
 */
export async function createEnrolmentCode(
  ctx: Context,
  input: CreateEnrolmentCodeInput,
): Promise<{ enrolmentCode: EnrolmentCode; code: string }> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const label = lineOf(input.label, ['label'], LENGTHS.label);
  const maxUses = countOf(input.maxUses ?? 1, ['maxUses'], CODE_USES);
  return change(ctx, 'createEnrolmentCode', input, async (tx) => {
    const { companyId, administrator } = await requireMember(tx.q, principal);
    const expiresAt = input.expiresAt ?? tx.now + CODE_TTL_MS;
    if (expiresAt <= tx.now || expiresAt > tx.now + LONGEST_CODE_TTL_MS) {
      throw new Refusal('InvalidInput', 'INVALID_TIME', ['expiresAt']);
    }
    const assignTo = input.assignToId ?? null;
    const groupId = input.groupId ?? null;
    if (!administrator && (groupId !== null || (assignTo ?? principal.accountId) !== principal.accountId)) {
      throw new Denial('FORBIDDEN', { allowed: 'company administrators' });
    }
    if (assignTo !== null && !(await lockMember(tx.q, companyId, assignTo))) throw notFound('assignToId');
    if (groupId !== null) {
      const ofCompany = and(eq(deviceGroups.id, groupId), eq(deviceGroups.companyId, companyId));
      const [group] = await tx.q.select({ id: deviceGroups.id }).from(deviceGroups).where(ofCompany);
      if (!group) throw notFound('groupId');
    }
    const code = newCode();
    const row: EnrolmentCode = {
      id: newId('EnrolmentCode'),
      companyId,
      hash: hashOfCode(code),
      hint: code.slice(-CODE_GROUP),
      label,
      createdBy: principal.accountId,
      assignTo,
      groupId,
      maxUses,
      uses: 0,
      createdAt: tx.now,
      expiresAt,
      revokedAt: null,
    };
    await tx.q.insert(enrolmentCodes).values(row);
    emit(tx, 'CREATED', row, { label, maxUses, expiresAt, assignTo, groupId });
    return { enrolmentCode: row, code: code.match(/.{4}/g)?.join('-') ?? code };
  });
}

/**
 * Makes sure that a code is redeemed no more, by who made it or an administrator. One that was revoked already stays
 * as it is; may be repeated. Event: enrolmentCode REVOKED, to the company.
 * @throws Denial NOT_FOUND; FORBIDDEN for other members.
 */
export async function revokeEnrolmentCode(ctx: Context, input: Repeatable & { id: string }): Promise<EnrolmentCode> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'revokeEnrolmentCode', input, async (tx) => {
    const { companyId, administrator } = await requireMember(tx.q, principal);
    const [code] = await byId(tx.q, { id: input.id });
    if (!code || code.companyId !== companyId) throw notFound('id');
    if (!administrator && code.createdBy !== principal.accountId) {
      throw new Denial('FORBIDDEN', { allowed: 'company administrators' });
    }
    const [revoked] = await tx.q
      .update(enrolmentCodes)
      .set({ revokedAt: tx.now })
      .where(and(eq(enrolmentCodes.id, code.id), isNull(enrolmentCodes.revokedAt)))
      .returning();
    if (revoked) emit(tx, 'REVOKED', revoked, { label: revoked.label, uses: revoked.uses });
    return revoked ?? code;
  });
}

/**
 * Makes sure that codes of an account are redeemed no more, inside of the transaction that takes from it what it made
 * them by: all of them where it leaves the company; where it ceases to administer it, those that only an administrator
 * makes. Event: enrolmentCode REVOKED for each that could still be redeemed.
 */
export async function revokeCodesBy(
  tx: Change,
  companyId: string,
  accountId: string,
  which: 'ALL' | 'OF_ADMINISTRATORS',
): Promise<void> {
  const usable = and(
    isNull(enrolmentCodes.revokedAt),
    gt(enrolmentCodes.expiresAt, tx.now),
    lt(enrolmentCodes.uses, enrolmentCodes.maxUses),
  );
  const beyondUsers = or(isNotNull(enrolmentCodes.groupId), ne(enrolmentCodes.assignTo, accountId));
  const revoked = await tx.q
    .update(enrolmentCodes)
    .set({ revokedAt: tx.now })
    .where(
      and(
        eq(enrolmentCodes.companyId, companyId),
        eq(enrolmentCodes.createdBy, accountId),
        usable,
        which === 'ALL' ? undefined : beyondUsers,
      ),
    )
    .returning();
  for (const code of revoked) emit(tx, 'REVOKED', code, { label: code.label, uses: code.uses });
}

const byId = prepared('enrolment_code_by_id', (q) =>
  q
    .select()
    .from(enrolmentCodes)
    .where(eq(enrolmentCodes.id, sql.placeholder('id'))),
);

/** One code, for members of its company. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND. */
export async function getEnrolmentCode(ctx: Context, id: string): Promise<EnrolmentCode> {
  const principal = authorize(ctx, 'READ', 'account');
  const [code] = await byId(ctx.db.read, { id });
  const member = await memberOf(ctx.db.read, principal.accountId);
  if (!code || member?.companyId !== code.companyId) throw notFound('id');
  return code;
}

const LIST = 'enrolmentCodes';

/**
 * The codes of a company, newest first, spent, expired and revoked ones too; for its members.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listEnrolmentCodes(
  ctx: Context,
  companyId: string,
  args: PageArgs,
): Promise<Page<EnrolmentCode>> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  await requireMember(q, principal, companyId);
  const after = keyAfter<[number, string]>(LIST, args, [0, '']);
  const ofCompany = eq(enrolmentCodes.companyId, companyId);
  const rows = await q
    .select()
    .from(enrolmentCodes)
    .where(
      after
        ? and(ofCompany, sql`(${enrolmentCodes.createdAt}, ${enrolmentCodes.id}) < (${after[0]}, ${after[1]})`)
        : ofCompany,
    )
    .orderBy(desc(enrolmentCodes.createdAt), desc(enrolmentCodes.id))
    .limit(pageSize(args) + 1);
  return pageOf(
    LIST,
    args,
    rows,
    (code) => [code.createdAt, code.id],
    () => q.$count(enrolmentCodes, ofCompany),
  );
}

/** Where a code stands, by the clock. */
export type EnrolmentCodeStatus = 'USABLE' | 'SPENT' | 'EXPIRED' | 'REVOKED';

/** Revoked before all, then expired: redeemable until, not at, its deadline; then spent. */
export function enrolmentCodeStatusAt(
  code: Pick<EnrolmentCode, 'revokedAt' | 'expiresAt' | 'uses' | 'maxUses'>,
  now: number,
): EnrolmentCodeStatus {
  if (code.revokedAt !== null) return 'REVOKED';
  if (code.expiresAt <= now) return 'EXPIRED';
  return code.uses >= code.maxUses ? 'SPENT' : 'USABLE';
}

function emit(tx: Change, what: 'CREATED' | 'REVOKED', code: EnrolmentCode, after: Record<string, unknown>): void {
  tx.emit({
    concept: 'enrolmentCode',
    change: what,
    subject: code.id,
    after,
    streams: [streamOf.company(code.companyId)],
  });
}
