import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getTableName, is, Table } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, buildDevice, PASSWORD } from '../testing/builders.ts';
import { mailsTo, STRONG_PASSWORD, signUpAs, tokenIn } from '../testing/people.ts';
import { setUpApp, tokenFor } from '../testing/second-factor.ts';
import { createApiToken } from './api-tokens.ts';
import { inviteMember } from './member-invitations.ts';
import { ensureOperator } from './operator.ts';
import { requestPasswordReset } from './password-changes.ts';
import { createWebhook } from './webhook-changes.ts';

async function tables(): Promise<SQLiteTable[]> {
  const folder = join(import.meta.dirname, '../db/tables');
  const modules = await Promise.all(
    globSync('*.ts', { cwd: folder }).map((file) => import(pathToFileURL(join(folder, file)).href)),
  );
  const found = modules.flatMap((module) => Object.values(module as object));
  return found.filter((value): value is SQLiteTable => is(value, Table));
}

/** The columns, such as `mails.body`, in which one of the texts stands. */
async function whereStands(app: TestApp, texts: readonly string[]): Promise<string[]> {
  const places = new Set<string>();
  for (const table of await tables()) {
    for (const row of await app.services.db.read.select().from(table)) {
      for (const [column, value] of Object.entries(row)) {
        const text = JSON.stringify(value) ?? '';
        if (texts.some((secret) => text.includes(secret))) places.add(`${getTableName(table)}.${column}`);
      }
    }
  }
  return [...places].sort();
}

it('ASVS 11.4 no secret stands in the database but those that have to be known there: of apps, of webhooks, and in mails to be sent', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const operatorToken = (await ensureOperator(app.services)) ?? '';
  const who = await buildAccount(app);
  const { secret, recoveryCodes, cookie, ctx } = await setUpApp(app, who);
  const pending = await tokenFor(app, who);
  // With a key, so that outcomes are kept as well.
  const idempotencyKey = 'a3c1d6de-8b1c-4a51-b3a9-0c2b6e1f7d11';
  const token = await createApiToken(ctx, { name: 'CI', scopes: ['READ'], idempotencyKey });
  const webhook = await createWebhook(ctx, { url: 'http://127.0.0.1:9/', events: ['*'], idempotencyKey });
  const { credential } = await buildDevice(app);
  await signUpAs(app, { email: 'ana@example.test' });
  const { admin } = await buildCompany(app);
  await inviteMember(admin.ctx, { email: 'ben@example.test' });
  await requestPasswordReset(app.as({ kind: 'anonymous' }), { email: admin.account.email });
  const mailed = [];
  for (const to of ['ana@example.test', 'ben@example.test', admin.account.email]) {
    mailed.push(tokenIn((await mailsTo(app, to))[0]));
  }

  const nowhere = [operatorToken, cookie, pending, token.secret, credential, PASSWORD, STRONG_PASSWORD, idempotencyKey];
  for (const text of [...nowhere, ...mailed]) expect(text.length).toBeGreaterThan(20);
  const codes = recoveryCodes.flatMap((code) => [code, code.replaceAll('-', '')]);
  expect(await whereStands(app, [...nowhere, ...codes])).toEqual([]);
  expect(await whereStands(app, mailed)).toEqual(['mails.body']);
  expect(await whereStands(app, [secret])).toEqual(['second_factors.secret']);
  expect(await whereStands(app, [webhook.secret])).toEqual(['webhooks.secret']);
});
