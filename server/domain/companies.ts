import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { type Company, companies, type Member, members } from '../db/tables/companies.ts';
import { newId } from '../lib/ids.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { findDevice } from './devices.ts';
import { streamOf } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { memberOf, requireAdministrator, requireMember } from './members.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { createBuiltInRoles, giveRoles } from './roles.ts';
import { hasSecondFactor } from './second-factor-codes.ts';
import { judgeAgain, membersOf } from './second-factor-gate.ts';

/** Letters of a namespace: an alias has 25 with its name and the `@` (requirements, INV). */
export const NAMESPACE_LENGTH = { min: 2, max: 15 } as const;

const NAMESPACE = /^[a-z0-9._-]+$/;

/** @throws Refusal InvalidInput REQUIRED, INVALID_NAMESPACE at `path`. */
function namespaceOf(written: string, path: readonly string[]): string {
  const namespace = written.trim().toLowerCase();
  if (namespace === '') throw new Refusal('InvalidInput', 'REQUIRED', path);
  const { min, max } = NAMESPACE_LENGTH;
  if (!NAMESPACE.test(namespace) || namespace.length < min || namespace.length > max) {
    throw new Refusal('InvalidInput', 'INVALID_NAMESPACE', path);
  }
  return namespace;
}

export interface CreateCompanyInput extends Repeatable {
  name: string;
  /** The part after `@` in aliases; case is ignored. It stays for good. */
  namespace: string;
}

/**
 * Makes a company profile with its built-in roles, and the caller as its first administrator. An account belongs to
 * one company at most.
 * Event: company CREATED.
 * @throws Refusal InvalidInput; AlreadyTaken NAMESPACE_TAKEN, OTHER_COMPANY.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function createCompany(
  ctx: Context,
  input: CreateCompanyInput,
): Promise<{ company: Company; member: Member }> {
  const { accountId } = authorize(ctx, 'COMPANY', 'account');
  const draft = companyDraftOf(input, []);
  return change(ctx, 'createCompany', input, (tx) => foundCompany(tx, accountId, draft, []));
}

/** What a company is made with, checked. @throws Refusal InvalidInput below `path`. */
export function companyDraftOf(
  input: { readonly name: string; readonly namespace: string },
  path: readonly string[],
): { name: string; namespace: string } {
  return {
    name: lineOf(input.name, [...path, 'name'], LENGTHS.name),
    namespace: namespaceOf(input.namespace, [...path, 'namespace']),
  };
}

/** Makes a company within another operation, as `createCompany` does. @throws Refusal AlreadyTaken below `path`. */
export async function foundCompany(
  tx: Change,
  accountId: string,
  { name, namespace }: { name: string; namespace: string },
  path: readonly string[],
): Promise<{ company: Company; member: Member }> {
  const [company] = await tx.q
    .insert(companies)
    .values({ id: newId('Company'), name, namespace, createdAt: tx.now })
    .onConflictDoNothing({ target: companies.namespace })
    .returning();
  if (!company) throw new Refusal('AlreadyTaken', 'NAMESPACE_TAKEN', [...path, 'namespace']);
  const { COMPANY_ADMINISTRATOR } = await createBuiltInRoles(tx, company.id);
  const member = await addMember(tx, company.id, accountId, [COMPANY_ADMINISTRATOR]);
  tx.emit({
    concept: 'company',
    change: 'CREATED',
    subject: company.id,
    after: { name, namespace },
    streams: [streamOf.company(company.id), streamOf.account(accountId)],
  });
  return { company, member };
}

export interface UpdateCompanyInput extends Repeatable {
  /** Stays as it is where absent. */
  name?: string | null | undefined;
  /** Stays as it is where absent. */
  requireSecondFactor?: boolean | null | undefined;
}

/**
 * Changes the company's name, and whether its members need a second factor; for its administrators. Members without one
 * are kept out of everything but setting one up, at once, on open subscriptions and by API tokens too.
 * Event: company UPDATED, with what changed; none where nothing did.
 * @throws Refusal InvalidInput; SecondFactorRefused SECOND_FACTOR_OFF where who requires it has none.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function updateCompany(ctx: Context, input: UpdateCompanyInput): Promise<Company> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  const { name, requireSecondFactor } = input;
  const wished = {
    ...(typeof name === 'string' ? { name: lineOf(name, ['name'], LENGTHS.name) } : {}),
    ...(typeof requireSecondFactor === 'boolean' ? { requireSecondFactor } : {}),
  };
  return change(ctx, 'updateCompany', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    await requireAdministrator(tx.q, principal, companyId);
    const before = await findCompany(tx.q, companyId);
    if (!before) throw notFound('id');
    const changed = (Object.keys(wished) as (keyof typeof wished)[]).filter((key) => wished[key] !== before[key]);
    if (changed.length === 0) return before;
    const requires = changed.includes('requireSecondFactor') && wished.requireSecondFactor === true;
    if (requires && !(await hasSecondFactor(tx.q, principal.accountId))) {
      throw new Refusal('SecondFactorRefused', 'SECOND_FACTOR_OFF', ['requireSecondFactor']);
    }
    const [company] = await tx.q.update(companies).set(wished).where(eq(companies.id, companyId)).returning();
    if (!company) throw notFound('id');
    const parts = (row: Company) => Object.fromEntries(changed.map((key) => [key, row[key]]));
    tx.emit({
      concept: 'company',
      change: 'UPDATED',
      subject: companyId,
      before: parts(before),
      after: parts(company),
      streams: [streamOf.company(companyId)],
    });
    if (changed.includes('requireSecondFactor')) await judgeAgain(tx, membersOf(companyId));
    return company;
  });
}

/**
 * A company, for its members and its devices.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getCompany(ctx: Context, id: string): Promise<Company> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (principal.kind === 'account') await requireMember(ctx.db.read, principal, id);
  else if ((await findDevice(ctx.db.read, principal.deviceId))?.companyId !== id) throw notFound('companyId');
  const company = await findCompany(ctx.db.read, id);
  if (!company) throw notFound('id');
  return company;
}

/**
 * The caller's own company and membership; null where there is none.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function getOwnCompany(ctx: Context): Promise<{ company: Company; member: Member } | null> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  const member = await memberOf(ctx.db.read, accountId);
  const company = member && (await findCompany(ctx.db.read, member.companyId));
  return company ? { company, member } : null;
}

const companyById = prepared('company_by_id', (q) =>
  q
    .select()
    .from(companies)
    .where(eq(companies.id, sql.placeholder('id'))),
);

/** The company, whoever asks: for operations that judge by themselves. */
export async function findCompany(q: Queries, id: string): Promise<Company | null> {
  const [company] = await companyById(q, { id });
  return company ?? null;
}

/**
 * Makes everybody else who changes the company's members wait for this transaction: what is read of them after this
 * holds until its commit.
 */
export async function lockCompany(tx: Change, companyId: string): Promise<void> {
  await locked(tx.q.select({ id: companies.id }).from(companies).where(eq(companies.id, companyId)), companies);
}

/**
 * Adds an account to a company, or refuses because it belongs to one. For operations that have judged who may.
 * Event: member JOINED. @throws Refusal AlreadyTaken ALREADY_MEMBER, OTHER_COMPANY.
 */
export async function addMember(
  tx: Change,
  companyId: string,
  accountId: string,
  roleIds: readonly string[],
): Promise<Member> {
  const [member] = await tx.q
    .insert(members)
    .values({ id: newId('Member'), companyId, accountId, joinedAt: tx.now })
    .onConflictDoNothing({ target: members.accountId })
    .returning();
  if (!member) {
    const [same] = await tx.q
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.accountId, accountId), eq(members.companyId, companyId)));
    throw new Refusal('AlreadyTaken', same ? 'ALREADY_MEMBER' : 'OTHER_COMPANY');
  }
  await giveRoles(tx.q, member.id, roleIds);
  await judgeAgain(tx, (column) => eq(column, accountId));
  tx.emit({
    concept: 'member',
    change: 'JOINED',
    subject: member.id,
    after: { accountId, roleIds },
    streams: [streamOf.company(companyId), streamOf.account(accountId)],
  });
  return member;
}
