import { describe, expect, it } from 'vitest';
import { solveCaptcha } from '../../client/api/captcha.ts';
import { ensureOperator, rotateOperatorToken } from '../domain/operator.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { type Caller, type HttpApi, httpApi } from '../testing/http.ts';
import { mailsTo, STRONG_PASSWORD, tokenIn } from '../testing/people.ts';

const BUYER = 'buyer@example.test';
const ISSUE = `mutation ($input: IssueLicencesInput!) { issueLicences(input: $input) {
  ... on IssueLicencesPayload { licences { id product status purchaseEmail activationLink { status } } }
  ... on UserError { code path message }
} }`;
const OFFER = `query ($token: String!) { licenceOffer(token: $token) {
  licenceId product edition seats expiresAt activatedByViewer needsCompany accountLooksPersonal
} }`;
const ACTIVATE = `mutation ($input: ActivateLicenceInput!) { activateLicence(input: $input) {
  __typename
  ... on ActivateLicencePayload {
    alreadyActive
    licence { id status seatsUsed purchaseEmail holder { name } activationLink { status } }
  }
  ... on UserError { code path message }
} }`;
const INBOX = `subscription { accountEvents {
  __typename
  ... on LicenceEvent { change licence { id product status } }
  ... on OtherEvent { concept }
} }`;

/** Two products to one address, over HTTP, with the tokens of their mails in the order of the products. */
async function purchase(app: TestApp, api: HttpApi) {
  await ensureOperator(app.services);
  const bearer = await rotateOperatorToken(app.services);
  const input = {
    purchaseEmail: BUYER,
    language: 'fr',
    licences: [
      { product: 'MONITORING', edition: 'CORPORATE', seats: 3, months: 12 },
      { product: 'BACKUP', edition: 'BUSINESS', seats: 1, months: 1 },
    ],
  };
  const { data } = await api.post(ISSUE, { input }, { bearer });
  const { licences } = data.issueLicences;
  expect(licences).toMatchObject([
    { product: 'MONITORING', status: 'ISSUED', purchaseEmail: BUYER, activationLink: { status: 'OPEN' } },
    { product: 'BACKUP', status: 'ISSUED', purchaseEmail: BUYER, activationLink: { status: 'OPEN' } },
  ]);
  const mails = await mailsTo(app, BUYER);
  const tokenOf = (product: string) => tokenIn(mails.find(({ subject }) => subject.endsWith(product)));
  return {
    bearer,
    ids: licences.map(({ id }: { id: string }) => id),
    tokens: ['Surveillance', 'Sauvegarde'].map(tokenOf),
  };
}

async function signInAs(api: HttpApi, email: string, password: string): Promise<Caller> {
  const mutation = `mutation ($email: String!, $password: String!) {
    signIn(input: { email: $email, password: $password }) { __typename } }`;
  const { headers } = await api.post(mutation, { email, password });
  return { headers: { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' } };
}

describe('from the purchase to the pop-up, over HTTP', () => {
  it('LIC-01 LIC-04 LIC-10 way A: sign in, Activate, and the inbox says that it is active', async () => {
    const app = await testApp();
    const api = await httpApi(app);
    const { ids, tokens } = await purchase(app, api);
    await buildAccount(app, { email: 'ana@example.test', name: 'Ana', language: 'fr' });
    const ana = await signInAs(api, 'ana@example.test', PASSWORD);
    const offer = await api.post(OFFER, { token: tokens[0] }, ana);
    expect(offer.data.licenceOffer).toEqual({
      licenceId: ids[0],
      product: 'MONITORING',
      edition: 'CORPORATE',
      seats: 3,
      expiresAt: '2027-01-01T00:00:00.000Z',
      activatedByViewer: false,
      needsCompany: true,
      accountLooksPersonal: true,
    });
    const refused = await api.post(ACTIVATE, { input: { token: tokens[0] } }, ana);
    expect(refused.data.activateLicence).toMatchObject({
      __typename: 'LicenceRefused',
      code: 'COMPANY_NEEDED',
      path: ['newCompany'],
      message: expect.stringContaining('entreprise'),
    });
    const inbox = await api.events(INBOX, {}, ana);
    const input = { token: tokens[0], newCompany: { name: 'Northwind', namespace: 'north' } };
    const done = await api.post(ACTIVATE, { input }, ana);
    expect(done.data.activateLicence).toMatchObject({
      alreadyActive: false,
      licence: { id: ids[0], status: 'ACTIVE', purchaseEmail: BUYER, holder: { name: 'Ana' }, activationLink: null },
    });
    expect((await inbox.next()).data.accountEvents).toEqual({ __typename: 'OtherEvent', concept: 'member' });
    expect((await inbox.next()).data.accountEvents).toEqual({ __typename: 'OtherEvent', concept: 'company' });
    expect((await inbox.next()).data.accountEvents).toEqual({
      __typename: 'LicenceEvent',
      change: 'ACTIVATED',
      licence: { id: ids[0], product: 'MONITORING', status: 'ACTIVE' },
    });
    inbox.cut();
    const again = await api.post(ACTIVATE, { input: { token: tokens[0] } }, ana);
    expect(again.data.activateLicence).toMatchObject({ alreadyActive: true, licence: { id: ids[0] } });
    const own = await api.post(
      '{ viewer { account { licenceOffers { licenceId } company { licences { totalCount nodes { id product } } } } } }',
      {},
      ana,
    );
    expect(own.data.viewer.account).toEqual({
      licenceOffers: [],
      company: { licences: { totalCount: 1, nodes: [{ id: ids[0], product: 'MONITORING' }] } },
    });
  });

  it('LIC-05 … LIC-10 way B: sign up, open the one link, sign in, Activate; the other licence stays as it is', async () => {
    const app = await testApp();
    const api = await httpApi(app);
    const { bearer, ids, tokens } = await purchase(app, api);
    const { data: page } = await api.post(`{ captcha { challenge } eula { version } }`);
    const email = 'it@north.test';
    const signUp = await api.post(
      `mutation ($input: SignUpInput!) { signUp(input: $input) { ... on SignUpPayload { email } ... on UserError { code } } }`,
      {
        input: {
          email,
          name: 'IT',
          password: STRONG_PASSWORD,
          acceptEula: true,
          eulaVersion: page.eula.version,
          captcha: await solveCaptcha(page.captcha.challenge),
          activationToken: tokens[1],
        },
      },
    );
    expect(signUp.data.signUp).toEqual({ email });
    const verified = await api.post(
      `mutation ($token: String!) { verifyEmail(input: { token: $token }) {
        ... on VerifyEmailPayload { alreadyVerified licenceOffer { licenceId product } } } }`,
      { token: tokenIn((await mailsTo(app, email))[0]) },
    );
    expect(verified.data.verifyEmail).toEqual({
      alreadyVerified: false,
      licenceOffer: { licenceId: ids[1], product: 'BACKUP' },
    });
    const staff = await signInAs(api, email, STRONG_PASSWORD);
    const offers = await api.post(
      '{ viewer { account { licenceOffers { licenceId needsCompany accountLooksPersonal } } } }',
      {},
      staff,
    );
    expect(offers.data.viewer.account.licenceOffers).toEqual([
      { licenceId: ids[1], needsCompany: true, accountLooksPersonal: false },
    ]);
    const input = { licenceId: ids[1], newCompany: { name: 'Northwind', namespace: 'north' } };
    const done = await api.post(ACTIVATE, { input }, staff);
    expect(done.data.activateLicence).toMatchObject({ licence: { id: ids[1], status: 'ACTIVE' } });
    const LIST = `{ licences(filter: { status: ISSUED }) { nodes { id } } }`;
    expect((await api.post(LIST, {}, { bearer })).data.licences.nodes).toEqual([{ id: ids[0] }]);
    expect((await api.post(LIST, {}, staff)).codes).toEqual(['FORBIDDEN']);
    expect((await api.post(OFFER, { token: tokens[1] })).data.licenceOffer).toBeNull();
  });
});
