import { and, asc, count, eq, getColumns, not, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { accounts } from '../db/tables/accounts.ts';
import { type Member, members } from '../db/tables/companies.ts';
import { memberRoles, roles } from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { containing, searchText } from './search.ts';
import { withoutSecondFactor } from './second-factor-gate.ts';

/** Whether a member holds the built-in role of administrators. */
const administrator =
  sql`exists (select 1 from ${memberRoles} inner join ${roles} on ${roles.id} = ${memberRoles.roleId}
  where ${memberRoles.memberId} = ${members.id} and ${roles.builtIn} = 'COMPANY_ADMINISTRATOR')`.mapWith(Boolean);

/** A member, and whether it administers its company. */
export interface Membership extends Member {
  readonly administrator: boolean;
}

const byAccount = prepared('member_by_account', (q) =>
  q
    .select({ ...getColumns(members), administrator })
    .from(members)
    .where(eq(members.accountId, sql.placeholder('accountId'))),
);

/** The account's membership, or null where it belongs to no company. */
export async function memberOf(q: Queries, accountId: string): Promise<Membership | null> {
  const [member] = await byAccount(q, { accountId });
  return member ?? null;
}

/**
 * Makes sure that the caller is a member of the company or, where none is named, of any.
 * @throws Denial NOT_FOUND where it is not the caller's company; FORBIDDEN where the account belongs to none.
 */
export async function requireMember(
  q: Queries,
  principal: AccountPrincipal,
  companyId?: string | null | undefined,
): Promise<Membership> {
  const member = await memberOf(q, principal.accountId);
  if (companyId && member?.companyId !== companyId) throw notFound('companyId');
  if (!member) throw new Denial('FORBIDDEN', { allowed: 'members of a company' });
  return member;
}

/**
 * As `requireMember`, and that it is an administrator. Where races matter, after `lockCompany`.
 * @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function requireAdministrator(
  q: Queries,
  principal: AccountPrincipal,
  companyId?: string | null | undefined,
): Promise<Membership> {
  const member = await requireMember(q, principal, companyId);
  if (!member.administrator) throw new Denial('FORBIDDEN', { allowed: 'company administrators' });
  return member;
}

/**
 * The membership of an account in this company, or null. Nobody removes or changes it before the caller's transaction is
 * through.
 */
export async function lockMember(q: Queries, companyId: string, accountId: string): Promise<Member | null> {
  const one = and(eq(members.accountId, accountId), eq(members.companyId, companyId));
  const [member] = await locked(q.select().from(members).where(one), members);
  return member ?? null;
}

const byId = prepared('member_by_id', (q) =>
  q
    .select({ ...getColumns(members), administrator })
    .from(members)
    .where(eq(members.id, sql.placeholder('id'))),
);

/** The member, whoever asks: for operations that judge by themselves. */
export async function findMember(q: Queries, id: string): Promise<Membership | null> {
  const [member] = await byId(q, { id });
  return member ?? null;
}

/** Whose members, and which. */
export interface MembersArgs extends PageArgs {
  companyId: string;
  /** Only those with a second factor, or without one; for administrators. */
  secondFactor?: boolean | null | undefined;
  /** Part of a name or an e-mail address; case is ignored. */
  search?: string | null | undefined;
}

/** What members are listed by. */
const nameKey = sql<string>`lower(${accounts.name})`;

/**
 * The members of the caller's company by name, or those whose name or e-mail address has a text in it; for its members.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listMembers(ctx: Context, args: MembersArgs): Promise<Page<Member & { nameKey: string }>> {
  const principal = authorize(ctx, 'READ', 'account');
  const size = pageSize(args);
  const after = keyAfter<readonly [string, string]>('members', args, ['', '']);
  const text = searchText(args.search);
  const filtered = typeof args.secondFactor === 'boolean';
  await (filtered ? requireAdministrator : requireMember)(ctx.db.read, principal, args.companyId);
  const without = withoutSecondFactor(members.accountId);
  const matching = and(
    eq(members.companyId, args.companyId),
    filtered ? (args.secondFactor ? not(without) : without) : undefined,
    text === '' ? undefined : named(text),
  );
  const rows = await ctx.db.read
    .select({ ...getColumns(members), nameKey })
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(after ? and(matching, sql`(${nameKey}, ${members.id}) > (${after[0]}, ${after[1]})`) : matching)
    .orderBy(nameKey, asc(members.id))
    .limit(size + 1);
  return pageOf(
    'members',
    args,
    rows,
    (row) => [row.nameKey, row.id],
    async () => {
      const [all] = await ctx.db.read
        .select({ count: count() })
        .from(members)
        .innerJoin(accounts, eq(accounts.id, members.accountId))
        .where(matching);
      return all?.count ?? 0;
    },
  );
}

function named(text: string): SQL | undefined {
  return or(
    sql`${nameKey} like ${containing(text)} escape '\\'`,
    sql`${accounts.emailKey} like ${containing(text)} escape '\\'`,
  );
}

/**
 * A member, for the members of the same company.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getMember(ctx: Context, id: string): Promise<Member> {
  const principal = authorize(ctx, 'READ', 'account');
  const member = await findMember(ctx.db.read, id);
  const own = await memberOf(ctx.db.read, principal.accountId);
  if (!member || own?.companyId !== member.companyId) throw notFound('id');
  return member;
}

/**
 * Whether the caller administers the company: for front ends that show or hide by it.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function isAdministrator(ctx: Context, companyId: string): Promise<boolean> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  const member = await memberOf(ctx.db.read, accountId);
  return member?.companyId === companyId && member.administrator;
}
