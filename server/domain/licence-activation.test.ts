import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { companies } from '../db/tables/companies.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, type TestAccount } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { mailsTo, signUpAs, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { findAccountByEmail } from './accounts.ts';
import { getOwnCompany } from './companies.ts';
import { streamOf } from './event-log.ts';
import { watchDeadlines } from './expiry.ts';
import { type ActivateLicenceInput, activateLicence } from './licence-activation.ts';
import { renewLicence, resumeLicence, suspendLicence } from './licence-changes.ts';
import { issueLicences } from './licence-issuing.ts';
import { LICENCE_LINK_TTL_MS, resendLicenceLink, revokeLicenceLink } from './licence-links.ts';
import { licenceOffer, looksPersonal } from './licence-offers.ts';
import { findLicence, listCarriedLicences } from './licences.ts';
import { DAY_MS } from './rate-limits.ts';
import { requestVerification, verifyEmail } from './sign-up.ts';

const BUYER = 'buyer@example.test';
const ANYBODY = { kind: 'anonymous' } as const;
const operator = (app: TestApp) => app.as({ kind: 'operator' });

/** A licence for a year as the operator issues it, with the token of its mail. */
async function buy(app: TestApp, product: 'MONITORING' | 'BACKUP' = 'MONITORING') {
  const [licence] = await issueLicences(operator(app), {
    purchaseEmail: BUYER,
    licences: [{ product, edition: 'CORPORATE', seats: 5, months: 12 }],
  });
  if (!licence) throw new Error('nothing was issued');
  return { id: licence.id, token: await newestToken(app, BUYER), expiresAt: licence.expiresAt };
}

const newestToken = async (app: TestApp, email: string) => {
  app.clock.advance(1);
  return tokenIn((await mailsTo(app, email))[0]);
};
const activate = ({ ctx }: Pick<TestAccount, 'ctx'>, input: ActivateLicenceInput) => activateLicence(ctx, input);

describe('way A: with an account', () => {
  it('LIC-04 LIC-11 the licence belongs to the account’s company, and the account holds it', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { id, token } = await buy(app);
    const { licence, alreadyActive } = await activate(admin, { token });
    expect(alreadyActive).toBe(false);
    expect(licence).toMatchObject({ id, companyId, holderId: admin.account.id, activatedAt: app.clock.now() });
  });

  it('LIC-10 the account and its company hear of it, once', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { token } = await buy(app);
    const listeners = [
      await listenTo(admin.ctx, streamOf.account(admin.account.id)),
      await listenTo(admin.ctx, streamOf.company(companyId)),
    ];
    const { licence } = await activate(admin, { token });
    expect(await activate(admin, { token })).toEqual({ licence, alreadyActive: true });
    expect(await activate(admin, { licenceId: licence.id })).toEqual({ licence, alreadyActive: true });
    await suspendLicence(operator(app), { id: licence.id });
    await resumeLicence(operator(app), { id: licence.id });
    await renewLicence(operator(app), { id: licence.id, months: 1 });
    const heard = ['licence ACTIVATED', 'licence SUSPENDED', 'licence RESUMED', 'licence RENEWED'];
    for (const listener of listeners) expect(await listener.changes(4)).toEqual(heard);
  });

  it('LIC-02 activating one leaves the others as they are', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const first = await buy(app);
    const second = await buy(app, 'BACKUP');
    await activate(admin, { token: first.token });
    expect(await findLicence(app.services.db.read, second.id)).toMatchObject({ holderId: null, activatedAt: null });
    expect((await activate(admin, { token: second.token })).alreadyActive).toBe(false);
  });

  it('LIC-10 LIC-11 an account in no company says what its company is to be called, and administers it', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const { token } = await buy(app);
    expect((await refusalOf(activate(ana, { token }), 'COMPANY_NEEDED')).path).toEqual(['newCompany']);
    const bad = { name: 'Northwind', namespace: '!' };
    expect((await refusalOf(activate(ana, { token, newCompany: bad }), 'INVALID_NAMESPACE')).path).toEqual([
      'newCompany',
      'namespace',
    ]);
    const newCompany = { name: 'Northwind', namespace: 'north' };
    const { licence } = await activate(ana, { token, newCompany });
    const own = await getOwnCompany(ana.ctx);
    expect(own?.company).toMatchObject({ id: licence.companyId, name: 'Northwind', namespace: 'north' });
    const other = await buildAccount(app);
    const second = await buy(app);
    const taken = await refusalOf(activate(other, { token: second.token, newCompany }), 'NAMESPACE_TAKEN');
    expect(taken.path).toEqual(['newCompany', 'namespace']);
  });

  it('LIC-10 a refused activation leaves no company behind', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const newCompany = { name: 'Northwind', namespace: 'north' };
    await refusalOf(activate(ana, { token: 'bkn_lnk_unknown', newCompany }), 'LICENCE_LINK_UNKNOWN');
    expect(await app.services.db.read.select().from(companies)).toEqual([]);
  });

  it('LIC-10 another account is refused: colleagues by name, everybody else as by an unknown link', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { token, id } = await buy(app);
    await activate(admin, { token });
    const colleague = await buildAccount(app);
    await addMember(app, companyId, colleague, 'USER');
    const stranger = (await buildCompany(app)).admin;
    expect((await refusalOf(activate(colleague, { token }), 'ALREADY_ACTIVATED')).path).toEqual(['token']);
    const foreign = await refusalOf(activate(stranger, { token }), 'LICENCE_LINK_UNKNOWN');
    const unknown = await refusalOf(activate(stranger, { token: 'bkn_lnk_unknown' }), 'LICENCE_LINK_UNKNOWN');
    expect({ ...foreign }).toEqual({ ...unknown });
    await denialOf(activate(stranger, { licenceId: id }), 'NOT_FOUND');
  });

  it('LIC-12 a link works until, not at, its end; a licence until, not at, its own', async () => {
    for (const [offset, works] of [
      [-1, true],
      [0, false],
      [1, false],
    ] as const) {
      const app = await testApp();
      const { admin } = await buildCompany(app);
      const sentAt = app.clock.now();
      const { token } = await buy(app);
      app.clock.set(sentAt + LICENCE_LINK_TTL_MS + offset);
      if (works) await activate(admin, { token });
      else await refusalOf(activate(admin, { token }), 'LICENCE_LINK_EXPIRED');
      const second = await buy(app);
      app.clock.set(second.expiresAt - 1);
      await resendLicenceLink(operator(app), { id: second.id });
      const [mail] = await mailsTo(app, BUYER);
      app.clock.set(second.expiresAt + offset);
      if (works) await activate(admin, { token: tokenIn(mail) });
      else await refusalOf(activate(admin, { token: tokenIn(mail) }), 'LICENCE_EXPIRED');
    }
  });

  it('LIC-12 neither a suspended licence nor a revoked or replaced link activates', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { id, token } = await buy(app);
    await suspendLicence(operator(app), { id });
    await refusalOf(activate(admin, { token }), 'LICENCE_SUSPENDED');
    await resumeLicence(operator(app), { id });
    await resendLicenceLink(operator(app), { id });
    await refusalOf(activate(admin, { token }), 'LICENCE_LINK_UNKNOWN');
    const second = await newestToken(app, BUYER);
    await revokeLicenceLink(operator(app), { id });
    await refusalOf(activate(admin, { token: second }), 'LICENCE_LINK_UNKNOWN');
    await resendLicenceLink(operator(app), { id });
    await activate(admin, { token: await newestToken(app, BUYER) });
    await activate(admin, { token: second });
  });

  it('LIC-04 LIC-08 nobody but a verified account activates, and tokens need the scope COMPANY', async () => {
    const app = await testApp();
    const { token } = await buy(app);
    const unverified = await buildAccount(app, { verifiedAt: null });
    await denialOf(activate(unverified, { token }), 'EMAIL_NOT_VERIFIED');
    await denialOf(activateLicence(app.as(ANYBODY), { token }), 'UNAUTHENTICATED');
    await denialOf(activateLicence((await buildDevice(app)).ctx, { token }), 'FORBIDDEN');
    await denialOf(activateLicence(operator(app), { token }), 'FORBIDDEN');
    const { admin } = await buildCompany(app);
    const via = { kind: 'token', id: 'tok_x', scopes: ['READ', 'DEVICES'] } as const;
    await denialOf(activateLicence(app.as({ ...admin.principal, via }), { token }), 'FORBIDDEN');
  });

  it('API-03 a preview says what would come of it, or why it would be refused, and changes nothing', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { token, id } = await buy(app);
    const nobodyYet = await buildAccount(app);
    await refusalOf(activate(nobodyYet, { token, dryRun: true }), 'COMPANY_NEEDED');
    const preview = await activate(admin, { token, dryRun: true });
    expect(preview).toMatchObject({ alreadyActive: false, licence: { id, holderId: admin.account.id } });
    expect(await licenceOffer(admin.ctx, token)).toMatchObject({ activatedByViewer: false });
    expect((await activate(admin, { token })).alreadyActive).toBe(false);
    expect((await activate(admin, { token, dryRun: true })).alreadyActive).toBe(true);
    await refusalOf(activate(nobodyYet, { token, dryRun: true }), 'LICENCE_LINK_UNKNOWN');
  });

  it('LIC-10 hostile tokens are unknown links', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { token } = await buy(app);
    const hostile = [
      '',
      ' ',
      `${token} `,
      token.toUpperCase(),
      token.slice(0, -1),
      '\u0000',
      "' or 1=1 --",
      'x'.repeat(9_999),
    ];
    for (const wrong of hostile) {
      await refusalOf(activate(admin, { token: wrong }), 'LICENCE_LINK_UNKNOWN');
      expect(await licenceOffer(app.as(ANYBODY), wrong)).toBeNull();
    }
    await refusalOf(activate(admin, {}), 'CONTRADICTION');
    const licenceId = 'lic_aaaaaaaaaaaaaaaaaaaaaaaa';
    await refusalOf(activate(admin, { token, licenceId }), 'CONTRADICTION');
    await denialOf(activate(admin, { licenceId }), 'NOT_FOUND');
  });

  it('LIC-10 of two accounts that race on two nodes, one activates each time', async () => {
    const app = await testApp();
    const other = databaseEngine() === 'postgres' ? await app.anotherNode() : app;
    const [ana, ben] = [(await buildCompany(app)).admin, (await buildCompany(app)).admin];
    for (let round = 0; round < 30; round++) {
      const { token, id } = await buy(app);
      const revoking = round % 3 === 2;
      const outcomes = await Promise.allSettled([
        activateLicence(app.as(ana.principal), { token }),
        activateLicence(other.as(ben.principal), { token }),
        ...(revoking ? [revokeLicenceLink(operator(other), { id })] : []),
      ]);
      const won = outcomes.slice(0, 2).filter(({ status }) => status === 'fulfilled').length;
      const { holderId } = (await findLicence(app.services.db.read, id)) ?? {};
      const revoked = revoking && outcomes[2]?.status === 'fulfilled';
      expect(won).toBe(revoked ? 0 : 1);
      expect(holderId === null).toBe(revoked);
    }
  });
});

describe('way B: by signing up', () => {
  const EMAIL = 'ana@example.test';

  it('LIC-08 LIC-09 LIC-10 the one verification link verifies the account and carries the activation on', async () => {
    const app = await testApp();
    const { id, token } = await buy(app);
    await signUpAs(app, { email: EMAIL, activationToken: token });
    const verification = await newestToken(app, EMAIL);
    const verified = await verifyEmail(app.as(ANYBODY), { token: verification });
    expect(verified).toMatchObject({ email: EMAIL, alreadyVerified: false, licence: { id } });
    expect(await verifyEmail(app.as(ANYBODY), { token: verification })).toMatchObject({ licence: { id } });
    const account = await findAccountByEmail(app.services.db.read, EMAIL);
    const ctx = app.as({
      kind: 'account',
      accountId: account?.id ?? '',
      verified: true,
      lacksSecondFactor: false,
      via: { kind: 'session', id: 'aus_x', hash: '' },
    });
    expect(await listCarriedLicences(ctx)).toMatchObject([{ id }]);
    const { licence } = await activateLicence(ctx, {
      licenceId: id,
      newCompany: { name: 'Northwind', namespace: 'north' },
    });
    expect(licence).toMatchObject({ holderId: account?.id });
    expect(await listCarriedLicences(ctx)).toEqual([]);
    expect(await verifyEmail(app.as(ANYBODY), { token: verification })).toMatchObject({ licence: null });
  });

  it('LIC-09 a new verification link carries it on as the first one did', async () => {
    const app = await testApp();
    const { id, token } = await buy(app);
    await signUpAs(app, { email: EMAIL, activationToken: token });
    app.clock.advance(DAY_MS);
    await requestVerification(app.as(ANYBODY), { email: EMAIL });
    app.clock.advance(1);
    await requestVerification(app.as(ANYBODY), { email: EMAIL });
    const verification = await newestToken(app, EMAIL);
    expect(await verifyEmail(app.as(ANYBODY), { token: verification })).toMatchObject({ licence: { id } });
  });

  it('LIC-09 a sign-up by a link that cannot be used is refused by name, whatever the reason, and makes no account', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const used = await buy(app);
    await activate(admin, { token: used.token });
    const suspended = await buy(app);
    await suspendLicence(operator(app), { id: suspended.id });
    const revoked = await buy(app);
    await revokeLicenceLink(operator(app), { id: revoked.id });
    const tokens = ['', 'bkn_lnk_unknown', used.token, suspended.token, revoked.token];
    for (const [i, activationToken] of tokens.entries()) {
      const email = `ana${i}@example.test`;
      const refusal = await refusalOf(signUpAs(app, { email, activationToken }), 'LINK_UNKNOWN');
      expect(refusal.path).toEqual(['activationToken']);
      expect(await findAccountByEmail(app.services.db.read, email)).toBeNull();
    }
  });

  it('LIC-10 what was carried on ends with a revoked link, not with a new one, and is nobody else’s', async () => {
    const app = await testApp();
    const { id, token } = await buy(app);
    await signUpAs(app, { email: EMAIL, activationToken: token });
    const { admin } = await buildCompany(app);
    const account = await findAccountByEmail(app.services.db.read, EMAIL);
    const via = { kind: 'session', id: 'aus_x', hash: '' } as const;
    const ctx = app.as({
      kind: 'account',
      accountId: account?.id ?? '',
      verified: true,
      lacksSecondFactor: false,
      via,
    });
    await resendLicenceLink(operator(app), { id });
    expect(await listCarriedLicences(ctx)).toHaveLength(1);
    expect(await listCarriedLicences(admin.ctx)).toEqual([]);
    await denialOf(activate(admin, { licenceId: id }), 'NOT_FOUND');
    await revokeLicenceLink(operator(app), { id });
    expect(await listCarriedLicences(ctx)).toEqual([]);
    await denialOf(activateLicence(ctx, { licenceId: id }), 'NOT_FOUND');
  });
});

describe('what a link offers', () => {
  it('LIC-04 LIC-10 is shown to strangers only while it can be activated, and to who holds it afterwards', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { id, token } = await buy(app);
    const visitor = app.as(ANYBODY);
    expect(await licenceOffer(visitor, token)).toMatchObject({ licence: { id }, activatedByViewer: false });
    expect(await licenceOffer(admin.ctx, token)).toMatchObject({ needsCompany: false });
    await activate(admin, { token });
    expect(await licenceOffer(visitor, token)).toBeNull();
    expect(await licenceOffer((await buildCompany(app)).admin.ctx, token)).toBeNull();
    expect(await licenceOffer(admin.ctx, token)).toMatchObject({ licence: { id }, activatedByViewer: true });
    await denialOf(licenceOffer((await buildDevice(app)).ctx, token), 'FORBIDDEN');
    await denialOf(licenceOffer(operator(app), token), 'FORBIDDEN');
  });

  it('LIC-03 hints at a generic account where the account looks personal, and does not insist', async () => {
    const app = await testApp();
    const { token } = await buy(app);
    const ana = await buildAccount(app, { email: 'ana.moreau@north.test', name: 'Ana Moreau', verifiedAt: 1 });
    expect(await licenceOffer(ana.ctx, token)).toMatchObject({ accountLooksPersonal: true, needsCompany: true });
    await activate(ana, { token, newCompany: { name: 'North', namespace: 'north' } });
  });

  it.each([
    ['ana.moreau@north.test', 'Ana Moreau', true],
    ['amoreau@north.test', 'Ana Moreau', true],
    ['benoit@north.test', 'Benoît Okafor', true],
    ['xyz77@gmail.com', 'North', true],
    ['xyz77@yahoo.co.uk', 'North', true],
    ['it@north.test', 'IT', false],
    ['support-paris@north.test', 'Support Paris', false],
    ['north.admin@gmail.com', 'North', false],
    ['devices@north.test', 'Ana Moreau', false],
  ])('LIC-03 %s of %s looks personal: %s', (emailKey, name, expected) => {
    expect(looksPersonal({ emailKey, name })).toBe(expected);
  });
});

describe('the end of the term', () => {
  it('LIC-12 is announced once, when it is reached, on one of the nodes', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { token, id, expiresAt } = await buy(app);
    await buy(app);
    await activate(admin, { token });
    const watch = await watchDeadlines(app.as({ kind: 'system' }));
    const listener = await listenTo(admin.ctx, streamOf.company(companyId));
    app.clock.set(expiresAt);
    expect(await listener.changes(1)).toEqual(['licence EXPIRED']);
    await watch.stop();
    await renewLicence(operator(app), { id, expiresAt: expiresAt + 1 });
    app.clock.set(expiresAt + 1);
    const again = await watchDeadlines(app.as({ kind: 'system' }));
    expect(await listener.changes(2)).toEqual(['licence RENEWED', 'licence EXPIRED']);
    await again.stop();
  });
});
