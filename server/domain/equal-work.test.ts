import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount } from '../testing/builders.ts';
import { signUpInput } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import type { Context } from './context.ts';
import { requestPasswordReset } from './password-changes.ts';
import { passwordMatches } from './passwords.ts';
import { signIn } from './sign-in.ts';
import { requestVerification, signUp } from './sign-up.ts';

/** ASVS 6.3.8: neither what is answered, nor how long it takes, tells whether an address has an account. */

/** How many statements an operation of a visitor has built in its write transactions, of whatever kind. */
async function statementsOf(app: TestApp, operation: (ctx: Context) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counting = <T extends object>(q: T): T =>
    new Proxy(q, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          count += 1;
          return value.apply(target, args);
        };
      },
    });
  const ctx = app.as({ kind: 'anonymous' });
  const { db } = ctx;
  await operation({
    ...ctx,
    db: { ...db, write: (work) => db.write((tx) => work({ ...tx, q: counting(tx.q) })) },
  });
  return count;
}

const OPERATIONS: Readonly<Record<string, (app: TestApp, email: string) => (ctx: Context) => Promise<unknown>>> = {
  'signing in with a wrong password': (_app, email) => (ctx) =>
    refusalOf(signIn(ctx, { email, password: 'not the password' }), 'WRONG_CREDENTIALS'),
  'signing up': (app, email) => async (ctx) => signUp(ctx, await signUpInput(app, { email })),
  'asking for a new password': (_app, email) => (ctx) => requestPasswordReset(ctx, { email }),
  'asking for a verification link': (_app, email) => (ctx) => requestVerification(ctx, { email }),
};

describe.each(Object.entries(OPERATIONS))('ASVS 6.3.8 %s', (_name, operation) => {
  it('costs the database as much for an address that has an account as for one that has none', async () => {
    const app = await testApp();
    for (const verifiedAt of [null, app.clock.now()]) {
      const email = `${verifiedAt === null ? 'unverified' : 'verified'}@example.test`;
      await buildAccount(app, { email, verifiedAt });
      const known = await statementsOf(app, operation(app, email));
      const unknown = await statementsOf(app, operation(app, `nobody-${email}`));
      expect(known).toBe(unknown);
      expect(known).toBeGreaterThan(2);
    }
  });
});

it('ASVS 6.3.8 a password is compared at the same cost where there is none to compare it with', async () => {
  const app = await testApp();
  const { account } = await buildAccount(app);
  const took = async (hash: string | null): Promise<number> => {
    const start = performance.now();
    await passwordMatches(hash, 'not the password');
    return performance.now() - start;
  };
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (let n = 0; n < 15; n++) {
    times.known.push(await took(account.passwordHash));
    times.unknown.push(await took(null));
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[7] ?? 0;
  const ratio = median(times.unknown) / median(times.known);
  // Without the comparison it would be a thousandth; this machine has other work, too.
  expect(ratio).toBeGreaterThan(0.3);
  expect(ratio).toBeLessThan(3);
});
