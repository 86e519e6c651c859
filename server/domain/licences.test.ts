import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { licenceLinks, licences } from '../db/tables/licences.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice } from '../testing/builders.ts';
import { buildLicence } from '../testing/licences.ts';
import { mailsTo, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import type { Context } from './context.ts';
import { renewLicence, resumeLicence, suspendLicence } from './licence-changes.ts';
import { addMonths, type IssueLicencesInput, issueLicences } from './licence-issuing.ts';
import { findLicenceLinks, licenceLinkStatusAt, resendLicenceLink, revokeLicenceLink } from './licence-links.ts';
import { licenceStatusAt } from './licence-status.ts';
import { findLicence, getLicence, listCompanyLicences, listLicences, purchaseEmailFor } from './licences.ts';
import { DAY_MS } from './rate-limits.ts';
import type { RefusalCode } from './refusals.ts';

const BUYER = 'buyer@example.test';
const YEAR = { product: 'MONITORING', edition: 'CORPORATE', seats: 5, months: 12 } as const;
const operator = (app: TestApp, language: 'en' | 'fr' = 'en') => app.as({ kind: 'operator' }, { language });
const issue = (app: TestApp, input: Partial<IssueLicencesInput> = {}) =>
  issueLicences(operator(app), { purchaseEmail: BUYER, licences: [YEAR], ...input });

describe('issuing licences', () => {
  it('LIC-01 LIC-02 makes a licence, a mail and a link for each product that was bought', async () => {
    const app = await testApp();
    const issued = await issue(app, {
      purchaseEmail: ' Buyer@example.test ',
      licences: [YEAR, { product: 'BACKUP', edition: 'BUSINESS', seats: 1, expiresAt: app.clock.now() + DAY_MS }],
    });
    expect(issued).toMatchObject([
      { product: 'MONITORING', edition: 'CORPORATE', seats: 5, seatsUsed: 0, holderId: null, companyId: null },
      { product: 'BACKUP', edition: 'BUSINESS', seats: 1, expiresAt: app.clock.now() + DAY_MS },
    ]);
    expect(issued[0]?.expiresAt).toBe(Date.UTC(2027, 0, 1));
    const mails = await mailsTo(app, 'Buyer@example.test');
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'Activate your licence: Backup',
      'Activate your licence: Monitoring',
    ]);
    expect(new Set(mails.map(tokenIn)).size).toBe(2);
  });

  it('LIC-01 API-08 the mail is in the language asked for, else of the buyer’s account, else of the request', async () => {
    const app = await testApp();
    await issue(app, { language: 'fr' });
    const [french] = await mailsTo(app, BUYER);
    expect(french?.subject).toBe('Activez votre licence : Surveillance');
    expect(french?.body).toContain('Produit :             Surveillance (Corporate)');
    expect(french?.body).toContain('http://beckon.test/activate?token=bkn_lnk_');
    expect(french?.body).toContain('30 jours');
    await buildAccount(app, { email: 'marie@example.test', language: 'fr' });
    await issue(app, { purchaseEmail: 'marie@example.test' });
    expect((await mailsTo(app, 'marie@example.test'))[0]?.subject).toBe('Activez votre licence : Surveillance');
    await issue(app, { purchaseEmail: 'new@example.test' });
    const [english] = await mailsTo(app, 'new@example.test');
    expect(english?.body).toContain('Product:      Monitoring (Corporate)\nEndpoints:    5\nValid until:  2027-01-01');
  });

  it('only the hash of the link is stored', async () => {
    const app = await testApp();
    await issue(app);
    const token = tokenIn((await mailsTo(app, BUYER))[0]);
    expect(JSON.stringify(await app.services.db.read.select().from(licenceLinks))).not.toContain(token);
    expect(token.length).toBeGreaterThan(43);
  });

  it('API-02 repeated with the same key, it issues and mails once', async () => {
    const app = await testApp();
    const first = await issue(app, { idempotencyKey: 'order 1' });
    expect(await issue(app, { idempotencyKey: 'order 1' })).toEqual(first);
    expect(await mailsTo(app, BUYER)).toHaveLength(1);
  });

  const wrong: [string, (now: number) => Partial<IssueLicencesInput>, RefusalCode, string[]][] = [
    ['no address', () => ({ purchaseEmail: '' }), 'REQUIRED', ['purchaseEmail']],
    [
      'a header in the address',
      () => ({ purchaseEmail: 'a@b.c\r\nBcc: d@e.f' }),
      'INVALID_CHARACTERS',
      ['purchaseEmail'],
    ],
    ['nothing bought', () => ({ licences: [] }), 'REQUIRED', ['licences']],
    ['too much at once', () => ({ licences: Array(21).fill(YEAR) }), 'TOO_MANY', ['licences']],
    ['no seat', () => ({ licences: [YEAR, { ...YEAR, seats: 0 }] }), 'OUT_OF_RANGE', ['licences', '1', 'seats']],
    ['no term', () => ({ licences: [{ ...YEAR, months: null }] }), 'REQUIRED', ['licences', '0', 'months']],
    [
      'two terms',
      (now) => ({ licences: [{ ...YEAR, expiresAt: now + 1 }] }),
      'CONTRADICTION',
      ['licences', '0', 'expiresAt'],
    ],
    ['no months', () => ({ licences: [{ ...YEAR, months: 0 }] }), 'OUT_OF_RANGE', ['licences', '0', 'months']],
    [
      'an end that is now',
      (now) => ({ licences: [{ ...YEAR, months: null, expiresAt: now }] }),
      'INVALID_TIME',
      ['licences', '0', 'expiresAt'],
    ],
    [
      'an end after ten years',
      (now) => ({ licences: [{ ...YEAR, months: null, expiresAt: addMonths(now, 120) + 1 }] }),
      'INVALID_TIME',
      ['licences', '0', 'expiresAt'],
    ],
  ];
  it.each(wrong)('LIC-01 with %s it is refused by name, and nothing is issued', async (_what, input, code, path) => {
    const app = await testApp();
    expect((await refusalOf(issue(app, input(app.clock.now())), code)).path).toEqual(path);
    expect(await app.services.db.read.select().from(licences)).toEqual([]);
  });

  it('a term of months ends on the same day, or on the last of a shorter month', () => {
    expect(addMonths(Date.UTC(2026, 0, 31, 5), 1)).toBe(Date.UTC(2026, 1, 28, 5));
    expect(addMonths(Date.UTC(2028, 1, 29), 12)).toBe(Date.UTC(2029, 1, 28));
    expect(addMonths(Date.UTC(2026, 10, 30), 3)).toBe(Date.UTC(2027, 1, 28));
    expect(addMonths(Date.UTC(2026, 4, 15), 120)).toBe(Date.UTC(2036, 4, 15));
  });
});

it('LIC-01 LIC-12 all that the operator does with licences is refused to everybody else', async () => {
  const app = await testApp();
  const { admin } = await buildCompany(app);
  const { id } = await buildLicence(app);
  const doings: ((ctx: Context) => Promise<unknown>)[] = [
    (ctx) => issueLicences(ctx, { purchaseEmail: BUYER, licences: [YEAR] }),
    (ctx) => resendLicenceLink(ctx, { id }),
    (ctx) => revokeLicenceLink(ctx, { id }),
    (ctx) => suspendLicence(ctx, { id }),
    (ctx) => resumeLicence(ctx, { id }),
    (ctx) => renewLicence(ctx, { id, months: 1 }),
    (ctx) => listLicences(ctx, {}),
  ];
  for (const doing of doings) {
    await denialOf(doing(admin.ctx), 'FORBIDDEN');
    await denialOf(doing((await buildDevice(app)).ctx), 'FORBIDDEN');
    await denialOf(doing(app.as({ kind: 'anonymous' })), 'UNAUTHENTICATED');
  }
});

describe('activation links', () => {
  it('LIC-01 a new one voids the one before; a revoked one stays so until a new one is sent', async () => {
    const app = await testApp();
    const [licence] = await issue(app);
    const id = licence?.id ?? '';
    const status = async () => {
      const [link] = await findLicenceLinks(app.services.db.read, [id]);
      return link && licenceLinkStatusAt(link, app.clock.now());
    };
    expect(await status()).toBe('OPEN');
    app.clock.advance(30 * DAY_MS - 1);
    expect(await status()).toBe('OPEN');
    app.clock.advance(1);
    expect(await status()).toBe('EXPIRED');
    await resendLicenceLink(operator(app), { id, language: 'fr' });
    expect(await status()).toBe('OPEN');
    expect((await mailsTo(app, BUYER))[0]?.subject).toContain('Activez');
    await revokeLicenceLink(operator(app), { id });
    await revokeLicenceLink(operator(app), { id });
    expect(await status()).toBe('REVOKED');
    const links = await app.services.db.read.select().from(licenceLinks);
    expect(links.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
  });

  it('are neither sent nor revoked for a licence that is active, suspended or expired', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const active = await buildLicence(app, { companyId });
    const suspended = await buildLicence(app, { suspendedAt: 1 });
    const expired = await buildLicence(app, { expiresAt: app.clock.now() });
    await refusalOf(resendLicenceLink(operator(app), { id: active.id }), 'ALREADY_ACTIVATED');
    await refusalOf(revokeLicenceLink(operator(app), { id: active.id }), 'ALREADY_ACTIVATED');
    await refusalOf(resendLicenceLink(operator(app), { id: suspended.id }), 'LICENCE_SUSPENDED');
    await refusalOf(resendLicenceLink(operator(app), { id: expired.id }), 'LICENCE_EXPIRED');
    await denialOf(resendLicenceLink(operator(app), { id: 'lic_unknown' }), 'NOT_FOUND');
    await denialOf(revokeLicenceLink(operator(app), { id: 'lic_unknown' }), 'NOT_FOUND');
  });
});

describe('the operator', () => {
  it('LIC-12 suspends and resumes, once each however often asked', async () => {
    const app = await testApp();
    const { id } = await buildLicence(app, { companyId: (await buildCompany(app)).companyId });
    const status = async () => {
      const licence = await findLicence(app.services.db.read, id);
      return licence && licenceStatusAt(licence, app.clock.now());
    };
    const first = await suspendLicence(operator(app), { id });
    app.clock.advance(1);
    expect(await suspendLicence(operator(app), { id })).toEqual(first);
    expect(await status()).toBe('SUSPENDED');
    await resumeLicence(operator(app), { id });
    expect(await resumeLicence(operator(app), { id })).toMatchObject({ suspendedAt: null });
    expect(await status()).toBe('ACTIVE');
    for (const doing of [suspendLicence, resumeLicence]) {
      await denialOf(doing(operator(app), { id: 'lic_unknown' }), 'NOT_FOUND');
    }
  });

  it('LIC-12 renews from the present end on, or from now where that is over; an expired licence is active again', async () => {
    const app = await testApp();
    const { id, expiresAt } = await buildLicence(app, { companyId: (await buildCompany(app)).companyId });
    expect((await renewLicence(operator(app), { id, months: 1 })).expiresAt).toBe(addMonths(expiresAt, 1));
    app.clock.advance(365 * DAY_MS);
    const renewed = await renewLicence(operator(app), { id, months: 1 });
    expect(renewed.expiresAt).toBe(addMonths(app.clock.now(), 1));
    expect(licenceStatusAt(renewed, app.clock.now())).toBe('ACTIVE');
    const end = app.clock.now() + 1;
    expect(await renewLicence(operator(app), { id, expiresAt: end })).toMatchObject({ expiresAt: end });
    await refusalOf(renewLicence(operator(app), { id, expiresAt: app.clock.now() }), 'INVALID_TIME');
    await refusalOf(renewLicence(operator(app), { id }), 'REQUIRED');
    await denialOf(renewLicence(operator(app), { id: 'lic_unknown', months: 1 }), 'NOT_FOUND');
  });

  it('LIC-12 lists licences page by page, the last issued first, and by what they are', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const made = [];
    for (let i = 0; i < 5; i++) {
      made.push(await buildLicence(app, { purchaseEmail: `Buyer${i}@example.test` }));
      if (i % 2) app.clock.advance(1);
    }
    const active = await buildLicence(app, { companyId, product: 'BACKUP', edition: 'BUSINESS' });
    const suspended = await buildLicence(app, { companyId, suspendedAt: 1 });
    const expired = await buildLicence(app, { companyId, expiresAt: app.clock.now() });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listLicences(operator(app), { first: 2, after });
      seen.push(...page.rows.map(({ id }) => id));
      const last = page.rows.at(-1);
      after = page.hasNext && last ? page.cursorOf(last) : null;
      expect(await page.count()).toBe(8);
    } while (after);
    expect(seen).toHaveLength(8);
    expect(new Set(seen)).toEqual(new Set([...made, active, suspended, expired].map(({ id }) => id)));
    const found = async (filter: Parameters<typeof listLicences>[1]['filter']) =>
      (await listLicences(operator(app), { filter })).rows.map(({ id }) => id);
    expect(await found({ status: 'ACTIVE' })).toEqual([active.id]);
    expect(await found({ status: 'SUSPENDED' })).toEqual([suspended.id]);
    expect(await found({ status: 'EXPIRED' })).toEqual([expired.id]);
    expect(await found({ status: 'ISSUED' })).toHaveLength(5);
    expect(await found({ product: 'BACKUP', edition: 'BUSINESS', companyId })).toEqual([active.id]);
    expect(await found({ purchaseEmail: ' BUYER3@example.test' })).toEqual([made[3]?.id]);
    await denialOf(listLicences(operator(app), { first: 0 }), 'BAD_USER_INPUT');
  });
});

it('LIC-11 a licence is seen by its company’s members, the address that bought it by its holder only', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const stranger = (await buildCompany(app)).admin;
  const licence = await buildLicence(app, { companyId, holderId: admin.account.id });
  const open = await buildLicence(app);
  for (const { ctx } of [admin, user]) {
    expect(await getLicence(ctx, licence.id)).toEqual(licence);
    expect((await listCompanyLicences(ctx, { companyId })).rows).toEqual([licence]);
    await denialOf(getLicence(ctx, open.id), 'NOT_FOUND');
  }
  await denialOf(getLicence(stranger.ctx, licence.id), 'NOT_FOUND');
  await denialOf(listCompanyLicences(stranger.ctx, { companyId }), 'NOT_FOUND');
  await denialOf(getLicence(app.as({ kind: 'anonymous' }), licence.id), 'UNAUTHENTICATED');
  expect(await getLicence(operator(app), open.id)).toEqual(open);
  expect([admin.ctx, user.ctx, operator(app)].map((ctx) => purchaseEmailFor(ctx, licence))).toEqual([
    licence.purchaseEmail,
    null,
    licence.purchaseEmail,
  ]);
});

it('LIC-12 a licence has expired from its end on, to the millisecond, whether or not it was activated', async () => {
  const app = await testApp();
  const { companyId } = await buildCompany(app);
  const end = app.clock.now() + DAY_MS;
  for (const [values, before] of [
    [{ companyId }, 'ACTIVE'],
    [{}, 'ISSUED'],
    [{ companyId, suspendedAt: 1 }, 'SUSPENDED'],
  ] as const) {
    const licence = await buildLicence(app, { ...values, expiresAt: end });
    const at = (now: number) => licenceStatusAt(licence, now);
    expect([at(end - 1), at(end), at(end + 1)]).toEqual([before, 'EXPIRED', 'EXPIRED']);
    await app.services.db.write(async ({ q }) => {
      await q.delete(licences).where(eq(licences.id, licence.id));
    });
  }
});
