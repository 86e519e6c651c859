import { prepared } from '../db/prepared.ts';
import { accounts } from '../db/tables/accounts.ts';
import type { Context } from './context.ts';

const anyAccount = prepared('any_account', (q) => q.select({ id: accounts.id }).from(accounts).limit(1));

/** Whether nobody has signed up yet. For everybody: a first visitor has no account to ask with. */
export async function isNewServer({ db }: Pick<Context, 'db'>): Promise<boolean> {
  return (await anyAccount(db.read, {})).length === 0;
}
