import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { dataOf } from '../testing/operations.ts';
import { signUpAs } from '../testing/people.ts';

const serverOf = async (app: TestApp) =>
  (await dataOf(app.as({ kind: 'anonymous' }), '{ server { version mailsUrl isNew } }')).server;

it('a visitor who is not signed in is told the version, and whether anybody has signed up yet', async () => {
  const app = await testApp();
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(await serverOf(app)).toMatchObject({ version, isNew: true });
  await signUpAs(app);
  expect(await serverOf(app)).toMatchObject({ version, isNew: false });
});

it('the page of mails is named where there is one: in development and in tests, never in production', async () => {
  const statusOfPage = async (app: TestApp) => (await fetch(`http://127.0.0.1:${await app.listen()}/dev/mails`)).status;
  for (const mode of ['development', 'test']) {
    const app = await testApp({ NODE_ENV: mode });
    expect(await serverOf(app)).toMatchObject({ mailsUrl: 'http://beckon.test/dev/mails' });
    expect(await statusOfPage(app)).toBe(200);
  }
  const strict = await testApp({ NODE_ENV: 'production' });
  expect(await serverOf(strict)).toMatchObject({ mailsUrl: null });
  expect(await statusOfPage(strict)).toBe(404);
});
