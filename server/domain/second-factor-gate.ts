import { and, eq, gt, isNotNull, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { apiTokens } from '../db/tables/api-tokens.ts';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { companies, members } from '../db/tables/companies.ts';
import { secondFactors } from '../db/tables/second-factors.ts';
import type { Change } from './change.ts';
import { WEBHOOKS_TOPIC } from './webhooks.ts';

/** The account in the column has no second factor. */
export function withoutSecondFactor(accountId: SQLWrapper): SQL {
  const confirmed = and(eq(secondFactors.accountId, accountId), isNotNull(secondFactors.confirmedAt));
  return sql`not exists (select 1 from ${secondFactors} where ${confirmed})`;
}

/**
 * The company of the account in the column requires a second factor, and the account has none: `authorize` lets it in
 * nowhere until one is set up. Asked with every request, so that it holds at once.
 */
export function lacksSecondFactor(accountId: SQLWrapper): SQL<boolean> {
  const required = and(eq(members.accountId, accountId), eq(companies.requireSecondFactor, true));
  const requiring = sql`select 1 from ${members} inner join ${companies} on ${companies.id} = ${members.companyId}`;
  return sql<boolean>`(exists (${requiring} where ${required}) and ${withoutSecondFactor(accountId)})`.mapWith(Boolean);
}

/** Whether the account's company requires a second factor. */
export async function isSecondFactorRequired(q: Queries, accountId: string): Promise<boolean> {
  const [company] = await q
    .select({ required: companies.requireSecondFactor })
    .from(members)
    .innerJoin(companies, eq(companies.id, members.companyId))
    .where(eq(members.accountId, accountId));
  return company?.required ?? false;
}

/**
 * Has everybody who listens as one of these accounts, by sign-in or token, judged again after the commit, and the webhooks
 * of the accounts looked at. To be called by whatever changes what `lacksSecondFactor` answers.
 * @param accounts Which accounts, by a condition on the column that is given.
 */
export async function judgeAgain(tx: Change, accounts: (accountId: SQLWrapper) => SQL | undefined): Promise<void> {
  const sessions = await tx.q
    .select({ id: authSessions.publicId })
    .from(authSessions)
    .where(and(accounts(authSessions.accountId), gt(authSessions.expiresAt, tx.now)));
  const usable = and(isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, tx.now)));
  const tokens = await tx.q
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(and(accounts(apiTokens.accountId), usable));
  for (const { id } of [...sessions, ...tokens]) tx.wake(`auth:${id}`);
  tx.wake(WEBHOOKS_TOPIC);
}

/** The members of a company, for `judgeAgain`. */
export const membersOf = (companyId: string) => (accountId: SQLWrapper) =>
  sql`${accountId} in (select ${members.accountId} from ${members} where ${members.companyId} = ${companyId})`;
