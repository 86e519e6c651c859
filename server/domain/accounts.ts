import { and, eq, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { type Account, accounts, type Language } from '../db/tables/accounts.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { authorizeUnverified } from './principal.ts';

const byId = prepared('account_by_id', (q) =>
  q
    .select()
    .from(accounts)
    .where(eq(accounts.id, sql.placeholder('id'))),
);

const byIds = prepared('accounts_by_ids', (q) =>
  q
    .select()
    .from(accounts)
    .where(anyOf(accounts.id, sql.placeholder('ids'))),
);

const byEmail = prepared('account_by_email', (q) =>
  q
    .select()
    .from(accounts)
    .where(eq(accounts.emailKey, sql.placeholder('emailKey'))),
);

/** The account, whoever asks: for operations that judge by themselves. */
export async function findAccount(q: Queries, id: string): Promise<Account | null> {
  const [account] = await byId(q, { id });
  return account ?? null;
}

/** The accounts with these ids, in their order, whoever asks: for pages of what refers to them. Throws where one is missing. */
export async function findAccounts(q: Queries, ids: readonly string[]): Promise<Account[]> {
  const rows = new Map((await byIds(q, { ids: idList(ids) })).map((row) => [row.id, row]));
  return ids.map((id) => {
    const account = rows.get(id);
    if (!account) throw new Error(`no account ${id}`);
    return account;
  });
}

/** The account with the address (in lower case), whoever asks. */
export async function findAccountByEmail(q: Queries, emailKey: string): Promise<Account | null> {
  const [account] = await byEmail(q, { emailKey });
  return account ?? null;
}

/**
 * The account, which nobody else changes until the transaction ends; null where its password is not the given one any more:
 * what was compared with that one lets nobody in.
 */
export async function lockAccount(q: Queries, { id, passwordHash }: Account): Promise<Account | null> {
  const same = and(eq(accounts.id, id), eq(accounts.passwordHash, passwordHash));
  const [present] = await locked(q.select().from(accounts).where(same), accounts);
  return present ?? null;
}

/** Has what is added for the account come one after the other until the transaction ends, so that each counts those before it. */
export async function lockAdditions(q: Queries, accountId: string): Promise<void> {
  await locked(q.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)), accounts);
}

/**
 * The caller's own account, verified or not.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function getOwnAccount(ctx: Context): Promise<Account> {
  const { accountId } = authorizeUnverified(ctx, 'READ');
  const account = await findAccount(ctx.db.read, accountId);
  if (!account) throw new Denial('UNAUTHENTICATED');
  return account;
}

/**
 * The caller's own account, by its id: nobody else's can be read.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN; NOT_FOUND for every other id.
 */
export async function getAccount(ctx: Context, id: string): Promise<Account> {
  const { accountId } = authorizeUnverified(ctx, 'READ');
  if (id !== accountId) throw notFound('id');
  return getOwnAccount(ctx);
}

export interface UpdateAccountInput extends Repeatable {
  /** Stays as it is where absent. */
  name?: string | null | undefined;
  /** Stays as it is where absent. */
  language?: Language | null | undefined;
}

/**
 * Changes name and language of the caller's own account.
 * Event: account UPDATED, with what changed; none where nothing did.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function updateAccount(ctx: Context, input: UpdateAccountInput): Promise<Account> {
  const { accountId } = authorizeUnverified(ctx, 'ACCOUNT');
  const name = input.name ?? null;
  const wished = {
    ...(name === null ? {} : { name: lineOf(name, ['name'], LENGTHS.name) }),
    ...(input.language ? { language: input.language } : {}),
  };
  return change(ctx, 'updateAccount', input, async (tx) => {
    const before = await findAccount(tx.q, accountId);
    if (!before) throw new Denial('UNAUTHENTICATED');
    const changed = (Object.keys(wished) as (keyof typeof wished)[]).filter((key) => wished[key] !== before[key]);
    if (changed.length === 0) return before;
    const [account] = await tx.q.update(accounts).set(wished).where(eq(accounts.id, accountId)).returning();
    if (!account) throw new Denial('UNAUTHENTICATED');
    const parts = (row: Account) => Object.fromEntries(changed.map((key) => [key, row[key]]));
    tx.emit({
      concept: 'account',
      change: 'UPDATED',
      subject: accountId,
      before: parts(before),
      after: parts(account),
      streams: [streamOf.account(accountId)],
    });
    return account;
  });
}
