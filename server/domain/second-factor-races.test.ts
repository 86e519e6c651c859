import { count, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { recoveryCodes, secondFactors } from '../db/tables/second-factors.ts';
import { hashSecret } from '../lib/secrets.ts';
import { totpStepAt } from '../lib/totp.ts';
import type { TestApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { at, expectHistories, type Model, type Moment, type Subject } from '../testing/histories.ts';
import { signedIn } from '../testing/people.ts';
import { codeOf } from '../testing/second-factor.ts';
import { authenticate } from './authenticate.ts';
import { change } from './change.ts';
import { systemContext } from './context.ts';
import { openPendingSignIn } from './pending-sign-ins.ts';
import { confirmSecondFactor, disableSecondFactor, renewRecoveryCodes, setUpSecondFactor } from './second-factor.ts';
import { RECOVERY_CODES } from './second-factor-codes.ts';
import { completeSignIn } from './sign-in.ts';
import { codeAttempts, forgiveFailures } from './sign-in-attempts.ts';

/** A code of the app, so many steps from now; or one of the recovery codes. */
type Code = { readonly steps: number } | { readonly recovery: number };
type Op = { do: 'setUp' } | { do: 'confirm'; steps: number } | { do: 'signIn' | 'renew' | 'disable'; code: Code };

interface State {
  readonly factor: 'OFF' | 'SET_UP' | 'ON';
  readonly codesLeft: number;
  /** Sign-ins that were let in by a code, ever: each code lets one in. */
  readonly letIn: number;
  /** The operations that the secret and the recovery codes are of; none: empty. */
  readonly secret: string;
  readonly codes: string;
  /** The newest step that was used, and the recovery codes that were. */
  readonly lastStep: number;
  readonly used: readonly number[];
  // What cannot be seen: the round in which the cookie was renewed, and sign-ins that wait became void.
  readonly renewed: number;
  readonly voided: number;
}

const OFF = { factor: 'OFF', codesLeft: 0, secret: '', codes: '', lastStep: 0, used: [] } as const;

/** Whether the code, typed by whoever saw the state before, is taken; and what it uses up. */
function take(state: State, code: Code, { round, before }: Moment<State>): State | null {
  if (state.factor !== 'ON') return null;
  if ('steps' in code) {
    const step = round + code.steps;
    return before.secret === state.secret && step > state.lastStep ? { ...state, lastStep: step } : null;
  }
  if (before.codes !== state.codes || state.used.includes(code.recovery)) return null;
  return { ...state, used: [...state.used, code.recovery].sort(), codesLeft: state.codesLeft - 1 };
}

const model: Model<Op, State> = {
  operation: fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constant('setUp' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('confirm' as const), steps: fc.constantFrom(-1, 0, 1) }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom('signIn' as const, 'signIn', 'signIn', 'renew', 'disable'),
        code: fc.oneof(fc.record({ steps: fc.constantFrom(-1, 0, 1) }), fc.record({ recovery: fc.constantFrom(0, 1) })),
      }),
    },
  ),
  start: {
    ...OFF,
    letIn: 0,
    renewed: 0,
    voided: 0,
  },
  next(state, op, moment) {
    const { round, index, before } = moment;
    const name = `${round}.${index}`;
    const fresh = { codes: name, codesLeft: RECOVERY_CODES, used: [] };
    if (op.do === 'setUp') {
      if (state.factor === 'ON') return ['SECOND_FACTOR_ON', state];
      return ['DONE', { ...state, factor: 'SET_UP', secret: name, lastStep: 0 }];
    }
    if (op.do === 'confirm') {
      if (state.factor !== 'SET_UP') return [`SECOND_FACTOR_${state.factor}`, state];
      if (state.renewed === round) return ['UNAUTHENTICATED', state];
      if (before.secret !== state.secret) return ['WRONG_CODE', state];
      return ['DONE', { ...state, factor: 'ON', ...fresh, lastStep: round + op.steps, renewed: round }];
    }
    if (op.do === 'signIn' && state.voided === round) return ['SIGN_IN_LAPSED', state];
    if (op.do === 'disable' && state.renewed === round) return ['UNAUTHENTICATED', state];
    if (op.do !== 'signIn' && state.factor !== 'ON') return ['SECOND_FACTOR_OFF', state];
    const taken = take(state, op.code, moment);
    if (!taken) return ['WRONG_CODE', state];
    if (op.do === 'signIn') return ['DONE', { ...taken, letIn: state.letIn + 1 }];
    if (op.do === 'renew') return ['DONE', { ...taken, ...fresh }];
    return ['DONE', { ...taken, ...OFF, renewed: round, voided: round }];
  },
};

async function begin(app: TestApp): Promise<Subject<Op, State>> {
  const who = await buildAccount(app);
  const accountId = who.account.id;
  let { secret: cookie } = await signedIn(app, who);
  const secrets = new Map<string, string>();
  const codes = new Map<string, readonly string[]>();
  let letIn = 0;
  const firstStep = totpStepAt(app.clock.now());

  return {
    async prepare(op, { round, index, before }, node) {
      // Guesses are counted by tests of their own.
      await app.services.db.write(({ q }) => forgiveFailures(q, codeAttempts(accountId)));
      const name = `${round}.${index}`;
      const ctx = at(node, { ctx: app.as(await authenticate(app.services, { sessionCookie: cookie })) });
      if (op.do === 'setUp') {
        return async () => {
          secrets.set(name, (await setUpSecondFactor(ctx, { password: PASSWORD })).secret);
          return 'DONE';
        };
      }
      const typed = typedBy(op.do === 'confirm' ? { steps: op.steps } : op.code, before);
      if (op.do === 'confirm') {
        return async () => {
          const confirmed = await confirmSecondFactor(ctx, { code: typed });
          codes.set(name, confirmed.recoveryCodes);
          cookie = confirmed.secret;
          return 'DONE';
        };
      }
      if (op.do === 'renew') {
        return async () => {
          codes.set(name, (await renewRecoveryCodes(ctx, { code: typed })).recoveryCodes);
          return 'DONE';
        };
      }
      if (op.do === 'disable') {
        return async () => {
          cookie = (await disableSecondFactor(ctx, { password: PASSWORD, code: typed })).secret;
          return 'DONE';
        };
      }
      const { token } = await change(systemContext(app.services), 'open', {}, (tx) => openPendingSignIn(tx, accountId));
      return async () => {
        await completeSignIn(at(node, { ctx: app.as({ kind: 'anonymous' }) }), { token, code: typed });
        letIn += 1;
        return 'DONE';
      };
    },
    async observe() {
      const q = app.services.db.read;
      const [factor] = await q.select().from(secondFactors).where(eq(secondFactors.accountId, accountId));
      const own = eq(authSessions.id, hashSecret(cookie));
      const [still] = await q.select({ count: count() }).from(authSessions).where(own);
      expect(still?.count).toBe(1);
      if (!factor) return { ...OFF, letIn };
      const rows = await q.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
      const left = new Set(rows.map(({ hash }) => hash));
      const isLeft = (code: string) => left.has(hashSecret(code.replaceAll('-', '')));
      const [name = '', made = []] = [...codes].find(([, some]) => some.some(isLeft)) ?? [];
      return {
        factor: factor.confirmedAt === null ? 'SET_UP' : 'ON',
        codesLeft: rows.length,
        letIn,
        secret: [...secrets].find(([, secret]) => secret === factor.secret)?.[0] ?? 'of nobody',
        codes: name,
        lastStep: factor.lastStep === 0 ? 0 : factor.lastStep - firstStep,
        used: made.flatMap((code, i) => (isLeft(code) ? [] : [i])),
      };
    },
  };

  /** What somebody types who knows what was so before; of what there is not, something that is none. */
  function typedBy(code: Code, before: State): string {
    if ('recovery' in code) return codes.get(before.codes)?.[code.recovery] ?? 'none-such';
    const secret = secrets.get(before.secret);
    return secret ? codeOf(app, secret, code.steps) : 'none-such';
  }
}

it('ASVS 6.5.1 whoever sets up, confirms, signs in, renews and turns off at once: each code of the app and each recovery code is taken once', async () => {
  await expectHistories(model, begin, 30);
});
