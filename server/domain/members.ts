import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type Member, members } from '../db/tables/companies.ts';
import { Denial } from './denials.ts';
import type { AccountPrincipal } from './principal.ts';

const byAccount = prepared('member_by_account', (q) =>
  q
    .select()
    .from(members)
    .where(eq(members.accountId, sql.placeholder('accountId'))),
);

/** The account's membership, or null where it belongs to no company. */
export async function memberOf(q: Queries, accountId: string): Promise<Member | null> {
  const [member] = await byAccount(q, { accountId });
  return member ?? null;
}

/** @throws Denial FORBIDDEN where the account belongs to no company. */
export async function requireMember(q: Queries, principal: AccountPrincipal): Promise<Member> {
  const member = await memberOf(q, principal.accountId);
  if (!member) throw new Denial('FORBIDDEN', { allowed: 'members of a company' });
  return member;
}

/** @throws Denial FORBIDDEN where the account is no company administrator. */
export async function requireAdministrator(q: Queries, principal: AccountPrincipal): Promise<Member> {
  const member = await requireMember(q, principal);
  if (member.role !== 'COMPANY_ADMINISTRATOR') throw new Denial('FORBIDDEN', { allowed: 'company administrators' });
  return member;
}

/**
 * The membership of an account in this company, or null. The row is locked by a write, so that on PostgreSQL the
 * member cannot be removed before the caller's transaction is through.
 */
export async function lockMember(q: Queries, companyId: string, accountId: string): Promise<Member | null> {
  const [member] = await q
    .update(members)
    .set({ joinedAt: sql`${members.joinedAt}` })
    .where(and(eq(members.accountId, accountId), eq(members.companyId, companyId)))
    .returning();
  return member ?? null;
}
