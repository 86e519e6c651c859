import { expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildCompany } from '../testing/builders.ts';
import { buildLicence } from '../testing/licences.ts';
import { mailsTo, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { auditedBy, exportAuditLog, listAuditLog, verifyAuditLog } from './audit.ts';
import { readEvents, streamOf } from './event-log.ts';
import { renewLicence, resumeLicence, suspendLicence } from './licence-changes.ts';
import { issueLicences } from './licence-issuing.ts';
import { LICENCE_LINK_TTL_MS, resendLicenceLink, revokeLicenceLink } from './licence-links.ts';
import { rotateOperatorToken } from './operator.ts';
import { DAY_MS } from './rate-limits.ts';

const OPERATOR = { kind: 'OPERATOR' } as const;
const BUYER = 'buyer@example.test';
const YEAR = { product: 'MONITORING', edition: 'CORPORATE', seats: 5, months: 12 } as const;

const log = async (app: TestApp) =>
  (await listAuditLog(app.as({ kind: 'operator' }), OPERATOR, { order: 'OLDEST_FIRST' })).rows;

it('API-04 LIC-01 the operator’s log tells what was done to licences that nobody holds yet, before and after', async () => {
  const app = await testApp();
  const operator = app.as({ kind: 'operator' });
  const start = app.clock.now();
  const purchase = { purchaseEmail: BUYER, licences: [YEAR], idempotencyKey: 'order 1' };
  const [licence] = await issueLicences(operator, purchase);
  await issueLicences(operator, purchase);
  if (!licence) throw new Error('nothing was issued');
  const { id, expiresAt } = licence;
  app.clock.advance(DAY_MS);
  await resendLicenceLink(operator, { id });
  for (const twice of [revokeLicenceLink, suspendLicence, resumeLicence]) {
    await twice(operator, { id });
    await twice(operator, { id });
  }
  const renewed = await renewLicence(operator, { id, months: 1 });
  const at = start + DAY_MS;
  const facts = { product: 'MONITORING', edition: 'CORPORATE', seats: 5, purchaseEmail: BUYER, expiresAt };
  const linkExpiresAt = at + LICENCE_LINK_TTL_MS;
  const rows = await log(app);
  expect(rows.map(({ change, before, after }) => ({ change, before, after }))).toEqual([
    { change: 'ISSUED', before: null, after: facts },
    { change: 'LINK_SENT', before: { linkExpiresAt: start + LICENCE_LINK_TTL_MS }, after: { linkExpiresAt } },
    { change: 'LINK_REVOKED', before: { linkExpiresAt, signUps: 0 }, after: null },
    { change: 'SUSPENDED', before: { suspendedAt: null }, after: { suspendedAt: at } },
    { change: 'RESUMED', before: { suspendedAt: at }, after: { suspendedAt: null } },
    { change: 'RENEWED', before: { expiresAt }, after: { expiresAt: renewed.expiresAt } },
  ]);
  for (const row of rows) {
    const actor = { kind: 'OPERATOR', id: null };
    expect(row).toMatchObject({ concept: 'licence', subject: id, actor, address: '192.0.2.1' });
  }
  for (const mail of await mailsTo(app, BUYER)) expect(JSON.stringify(rows)).not.toContain(tokenIn(mail));
  expect(await verifyAuditLog(operator, auditedBy(operator, null))).toEqual({ intact: true, checked: 6 });
  expect(await exportAuditLog(operator, OPERATOR, {}).next()).toMatchObject({ value: { length: 6 } });
  const last = await listAuditLog(operator, OPERATOR, { change: 'RENEWED', subject: id, first: 1 });
  expect(last.rows.map(({ number }) => number)).toEqual([6]);
});

it('API-04 what the operator does to a licence that is held stands in the company’s and the holder’s logs too', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const { id } = await buildLicence(app, { companyId, holderId: admin.account.id });
  const operator = app.as({ kind: 'operator' });
  await suspendLicence(operator, { id });
  await resumeLicence(operator, { id });
  await renewLicence(operator, { id, months: 1 });
  for (const stream of [streamOf.operator(), streamOf.company(companyId), streamOf.account(admin.account.id)]) {
    const rows = (await readEvents(app.services.db.read, stream, 0)).filter(({ concept }) => concept === 'licence');
    expect(rows.map(({ change }) => change)).toEqual(['SUSPENDED', 'RESUMED', 'RENEWED']);
  }
});

it('API-04 what is refused leaves no record, and a new token leaves one without the token', async () => {
  const app = await testApp();
  const operator = app.as({ kind: 'operator' });
  await refusalOf(issueLicences(operator, { purchaseEmail: BUYER, licences: [] }), 'REQUIRED');
  await denialOf(suspendLicence(operator, { id: 'lic_none' }), 'NOT_FOUND');
  const token = await rotateOperatorToken(app.services);
  const rows = await log(app);
  expect(rows).toMatchObject([
    { concept: 'operatorToken', change: 'ROTATED', actor: { kind: 'SYSTEM', id: null }, at: app.clock.now() },
  ]);
  expect(JSON.stringify(rows)).not.toContain(token);
});

it('API-04 the operator’s log is for the operator alone', async () => {
  const app = await testApp();
  const { admin } = await buildCompany(app);
  await denialOf(listAuditLog(admin.ctx, OPERATOR, {}), 'FORBIDDEN');
  await denialOf(verifyAuditLog(admin.ctx, OPERATOR), 'FORBIDDEN');
  await denialOf(exportAuditLog(admin.ctx, OPERATOR, {}).next(), 'FORBIDDEN');
  await denialOf(listAuditLog(app.as({ kind: 'anonymous' }), OPERATOR, {}), 'UNAUTHENTICATED');
});
