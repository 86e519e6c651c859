import { expect, it } from 'vitest';
import { solveCaptcha } from '../../client/api/captcha.ts';
import { testApp } from '../testing/app.ts';
import { signUpAs, solvedCaptcha } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { CAPTCHA_TTL_MS, checkCaptcha, createCaptcha, forgetCaptchas } from './captcha.ts';

const ANYBODY = { kind: 'anonymous' } as const;

/** A solution with something of it changed. */
function tampered(solution: string, change: (payload: ReturnType<typeof JSON.parse>) => void): string {
  const payload = JSON.parse(atob(solution));
  change(payload);
  return btoa(JSON.stringify(payload));
}

it('LIC-05 a captcha that was really solved is accepted', async () => {
  const app = await testApp();
  const solution = await solvedCaptcha(app);
  expect(await checkCaptcha(app.as(ANYBODY), solution, ['captcha'])).toMatchObject({
    expiresAt: app.clock.now() + CAPTCHA_TTL_MS,
  });
});

it('LIC-05 a captcha that was not solved, or not by us asked, is refused by name', async () => {
  const app = await testApp();
  const solution = await solvedCaptcha(app);
  const foreign = await testApp();
  const forgeries = [
    '',
    'nonsense',
    btoa('null'),
    btoa('{}'),
    btoa('{"challenge":{},"solution":{}}'),
    btoa('{"challenge":{"signature":"00","parameters":null},"solution":null}'),
    'A'.repeat(5_000),
    tampered(solution, (payload) => {
      payload.solution.derivedKey = '00'.repeat(32);
    }),
    tampered(solution, (payload) => {
      delete payload.solution;
    }),
    tampered(solution, (payload) => {
      payload.challenge.parameters.data.expiresAt += 1;
    }),
    tampered(solution, (payload) => {
      payload.challenge.parameters.algorithm = 'SCRYPT';
    }),
    tampered(solution, (payload) => {
      delete payload.challenge.signature;
    }),
    await solvedCaptcha(foreign),
  ];
  for (const forgery of forgeries) {
    const refusal = await refusalOf(checkCaptcha(app.as(ANYBODY), forgery, ['captcha']), 'CAPTCHA_FAILED');
    expect(refusal.path).toEqual(['captcha']);
  }
});

it('LIC-05 a captcha is good until, not at, ten minutes after it was asked for', async () => {
  for (const [wait, accepted] of [
    [CAPTCHA_TTL_MS - 1, true],
    [CAPTCHA_TTL_MS, false],
    [CAPTCHA_TTL_MS + 1, false],
  ] as const) {
    const app = await testApp();
    const captcha = await solvedCaptcha(app);
    app.clock.advance(wait);
    const outcome = signUpAs(app, { captcha });
    if (accepted) expect(await outcome).toEqual({ email: 'ana@example.test' });
    else await refusalOf(outcome, 'CAPTCHA_EXPIRED');
  }
});

it('LIC-05 a solution is accepted once, also where it is handed in many times at once', async () => {
  const app = await testApp();
  const captcha = await solvedCaptcha(app);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, i) => signUpAs(app, { captcha, email: `ana${i}@example.test` })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CAPTCHA_SPENT' });
  }
  app.clock.advance(CAPTCHA_TTL_MS);
  await forgetCaptchas(app.as(ANYBODY));
  await refusalOf(signUpAs(app, { captcha, email: 'later@example.test' }), 'CAPTCHA_EXPIRED');
});

it('a solution of one node is accepted by another', async () => {
  const app = await testApp();
  const [one, two] = await Promise.all([createCaptcha(app.as(ANYBODY)), createCaptcha(app.as(ANYBODY))]);
  const other = await app.anotherNode();
  for (const { challenge } of [one, two]) {
    await checkCaptcha(other.as(ANYBODY), await solveCaptcha(challenge), []);
  }
});

it('only visitors are given captchas', async () => {
  const app = await testApp();
  await denialOf(createCaptcha(app.as({ kind: 'operator' })), 'FORBIDDEN');
});
