import { describe, expect, it } from 'vitest';
import { solveCaptcha } from '../../client/api/captcha.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, PASSWORD } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { dataOf, operate } from '../testing/operations.ts';
import { mailsTo, STRONG_PASSWORD, tokenIn } from '../testing/people.ts';
import { denialOf } from '../testing/refusals.ts';

/** A browser: real HTTP, and a cookie jar of one. */
async function browser(app: TestApp, port?: number) {
  const at = port ?? (await app.listen());
  let cookie = '';
  const jar = {
    port: at,
    get cookie() {
      return cookie;
    },
    set cookie(value: string) {
      cookie = value;
    },
    // biome-ignore lint/suspicious/noExplicitAny: tests compare it, and say with each document what it holds
    async ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
      const response = await fetch(`http://127.0.0.1:${at}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
        body: JSON.stringify({ query, variables }),
      });
      for (const header of response.headers.getSetCookie()) {
        const [pair = ''] = header.split(';');
        cookie = pair.endsWith('=') ? '' : pair;
      }
      return response.json();
    },
  };
  return jar;
}

const VIEWER = '{ viewer { kind account { email verified } } }';
const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) {
    __typename
    ... on SignInPayload { account { email verified } }
    ... on UserError { code message path }
    ... on SignInRefused { retryAfterSeconds }
  }
}`;

describe('from sign-up to sign-in, as a browser does it', () => {
  it('LIC-05 … LIC-08 a stranger solves the captcha, accepts the agreement, opens the mailed link, and is signed in', async () => {
    const app = await testApp();
    const page = await browser(app);
    const { data } = await page.ask('{ captcha { challenge expiresAt } eula(language: fr) { version text } }');
    expect(data.eula.text).toContain('contrat de licence');
    const signedUp = await page.ask(
      `mutation ($captcha: String!, $version: String!, $password: String!) {
        signUp(input: {
          email: "zoe@example.test", name: "Zoë", password: $password,
          acceptEula: true, eulaVersion: $version, captcha: $captcha, language: fr
        }) { __typename ... on SignUpPayload { email } ... on UserError { code path } }
      }`,
      {
        captcha: await solveCaptcha(data.captcha.challenge),
        version: data.eula.version,
        password: STRONG_PASSWORD,
      },
    );
    expect(signedUp.data.signUp).toEqual({ __typename: 'SignUpPayload', email: 'zoe@example.test' });
    const [mail] = await mailsTo(app, 'zoe@example.test');
    expect(mail?.subject).toBe('Confirmez votre adresse e-mail');
    const VERIFY = `mutation ($token: String!) { verifyEmail(input: { token: $token }) {
      ... on VerifyEmailPayload { email alreadyVerified } ... on UserError { code }
    } }`;
    const token = tokenIn(mail);
    expect((await page.ask(VERIFY, { token })).data.verifyEmail).toEqual({
      email: 'zoe@example.test',
      alreadyVerified: false,
    });
    expect((await page.ask(VERIFY, { token })).data.verifyEmail).toMatchObject({ alreadyVerified: true });
    expect((await page.ask(VERIFY, { token: 'bkn_lnk_x' })).data.verifyEmail).toEqual({ code: 'LINK_UNKNOWN' });
    const entered = await page.ask(SIGN_IN, { email: 'zoe@example.test', password: STRONG_PASSWORD });
    expect(entered.data.signIn.account).toEqual({ email: 'zoe@example.test', verified: true });
    expect((await page.ask(VIEWER)).data.viewer).toEqual({
      kind: 'ACCOUNT',
      account: { email: 'zoe@example.test', verified: true },
    });
  });

  it('signing out takes the cookie away, and another copy of it is worth nothing', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app);
    const page = await browser(app);
    await page.ask(SIGN_IN, { email: account.email, password: PASSWORD });
    const copy = page.cookie;
    expect(copy).toMatch(/^beckon=[\w-]{43}$/);
    const { data } = await page.ask('mutation { signOut(input: {}) { authSessionId } }');
    expect(data.signOut.authSessionId).toMatch(/^aus_/);
    expect(page.cookie).toBe('');
    page.cookie = copy;
    const { errors } = await page.ask(VIEWER);
    expect(errors[0].extensions.code).toBe('UNAUTHENTICATED');
    // The answer took the dead cookie away, so that the browser can sign in again.
    expect(page.cookie).toBe('');
    expect((await page.ask(SIGN_IN, { email: account.email, password: PASSWORD })).data.signIn.account).toBeTruthy();
  });

  it('a changed password leaves this browser signed in, and no other', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app);
    const here = await browser(app);
    const there = await browser(app, here.port);
    for (const page of [here, there]) await page.ask(SIGN_IN, { email: account.email, password: PASSWORD });
    const before = here.cookie;
    const { data } = await here.ask(
      `mutation ($from: String!, $to: String!) { changePassword(input: { currentPassword: $from, newPassword: $to }) {
        __typename ... on UserError { code path }
      } }`,
      { from: PASSWORD, to: STRONG_PASSWORD },
    );
    expect(data.changePassword).toEqual({ __typename: 'ChangePasswordPayload' });
    expect(here.cookie).not.toBe(before);
    const sessions = await here.ask('{ viewer { account { authSessions { id isCurrent userAgent lastSeenAt } } } }');
    expect(sessions.data.viewer.account.authSessions).toEqual([
      {
        id: expect.stringMatching(/^aus_/),
        isCurrent: true,
        userAgent: expect.any(String),
        lastSeenAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
    expect((await there.ask(VIEWER)).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  it('ASVS 3.3.1 under https the cookie is bound to the host, and none by another name counts', async () => {
    const app = await testApp({ PUBLIC_URL: 'https://beckon.example' });
    const { account } = await buildAccount(app);
    const api = await httpApi(app);
    const { headers } = await api.post(SIGN_IN, { email: account.email, password: PASSWORD });
    const [set = ''] = headers.getSetCookie();
    const secret = /^__Host-beckon=([\w-]{43});/.exec(set)?.[1] ?? '';
    expect(set).toBe(`__Host-beckon=${secret}; HttpOnly; Max-Age=2592000; Path=/; SameSite=Lax; Secure`);
    const kindBy = async (cookie: string) => (await api.post(VIEWER, {}, { headers: { cookie } })).data.viewer.kind;
    expect(await kindBy(`__Host-beckon=${secret}`)).toBe('ACCOUNT');
    expect(await kindBy(`beckon=${secret}`)).toBe('ANONYMOUS');
  });

  it('refusals speak the language of the request, and say how long to wait', async () => {
    const app = await testApp();
    const ctx = app.as({ kind: 'anonymous' }, { language: 'fr' });
    const variables = { email: 'nobody@example.test', password: 'not the password' };
    // Over WebSocket there is no response to set a cookie on: nothing is tried there.
    const { errors } = await operate(ctx, SIGN_IN, variables);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN', details: { allowed: 'HTTP' } });
    const page = await browser(app);
    for (let n = 0; n < 5; n++) {
      expect((await page.ask(SIGN_IN, variables)).data.signIn).toMatchObject({ code: 'WRONG_CREDENTIALS', path: [] });
    }
    expect((await page.ask(SIGN_IN, variables)).data.signIn).toMatchObject({
      __typename: 'SignInRefused',
      code: 'TOO_MANY_ATTEMPTS',
      retryAfterSeconds: 60,
    });
  });
});

describe('tokens and companies in the API', () => {
  it('API-05 a token is made, listed without its secret, used by its scopes, and revoked', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const { createApiToken } = await dataOf(
      ctx,
      `mutation { createApiToken(input: { name: "script", scopes: [READ], expiresAt: "2027-01-01T00:00:00Z" }) {
        ... on CreateApiTokenPayload { secret apiToken { id name scopes expiresAt lastUsedAt } }
      } }`,
    );
    const { apiToken, secret } = createApiToken;
    expect(apiToken).toMatchObject({ name: 'script', scopes: ['READ'], expiresAt: '2027-01-01T00:00:00.000Z' });
    expect(secret).toMatch(/^bkn_pat_/);
    const { viewer, node } = await dataOf(
      ctx,
      'query ($id: ID!) { viewer { account { apiTokens { id } } } node(id: $id) { ... on ApiToken { name } } }',
      { id: apiToken.id },
    );
    expect(viewer.account.apiTokens).toEqual([{ id: apiToken.id }]);
    expect(node).toEqual({ name: 'script' });
    const revoked = await dataOf(
      ctx,
      'mutation ($id: ID!) { revokeApiToken(input: { id: $id }) { apiToken { revokedAt } } }',
      { id: apiToken.id },
    );
    expect(revoked.revokeApiToken.apiToken.revokedAt).toBe('2026-01-01T00:00:00.000Z');
  });

  it('a company is made, colleagues are invited and join, and see one another', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { name: 'Ana' });
    const ben = await buildAccount(app, { name: 'Ben', email: 'ben@example.test' });
    const { createCompany } = await dataOf(
      ana.ctx,
      `mutation { createCompany(input: { name: "Northwind", namespace: "North" }) {
        ... on CreateCompanyPayload { company { id name namespace deviceCount } member { isAdministrator isViewer } }
      } }`,
    );
    expect(createCompany.company).toMatchObject({ name: 'Northwind', namespace: 'north', deviceCount: 0 });
    expect(createCompany.member).toEqual({ isAdministrator: true, isViewer: true });
    const { inviteMember } = await dataOf(
      ana.ctx,
      `mutation { inviteMember(input: { email: "ben@example.test", role: USER }) {
        ... on InviteMemberPayload { memberInvitation { status invitedByName email } }
      } }`,
    );
    expect(inviteMember.memberInvitation).toEqual({
      status: 'PENDING',
      invitedByName: 'Ana',
      email: 'ben@example.test',
    });
    const token = tokenIn((await mailsTo(app, 'ben@example.test'))[0]);
    await dataOf(
      ben.ctx,
      'mutation ($token: String!) { acceptMemberInvitation(input: { token: $token }) { __typename } }',
      { token },
    );
    const { viewer } = await dataOf(
      ben.ctx,
      `{ viewer { account { member { roles { builtIn name } } company {
        members(first: 10) { totalCount nodes { name email isAdministrator isViewer } pageInfo { hasNextPage } }
      } } } }`,
    );
    const { members } = viewer.account.company;
    expect(members.totalCount).toBe(2);
    expect(members.nodes.map(({ name }: { name: string }) => name).sort()).toEqual(['Ana', 'Ben']);
    expect(members.pageInfo.hasNextPage).toBe(false);
    const { member } = (await dataOf(ana.ctx, '{ viewer { account { member { id roles { id } } } } }')).viewer.account;
    const { removeRole } = await dataOf(
      ana.ctx,
      `mutation ($memberId: ID!, $roleId: ID!) {
        removeRole(input: { memberId: $memberId, roleId: $roleId }) { __typename ... on UserError { code } }
      }`,
      { memberId: member.id, roleId: member.roles[0].id },
    );
    expect(removeRole).toEqual({ __typename: 'LastAdministrator', code: 'LAST_ADMINISTRATOR' });
  });

  it('accounts, companies, members, sign-ins and tokens of others cannot be read by id', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const stranger = await buildAccount(app);
    const { viewer } = await dataOf(admin.ctx, '{ viewer { account { id member { id } } } }');
    const ids = [companyId, viewer.account.id, viewer.account.member.id, 'com_AAAAAAAAAAAAAAAAAAAAAAAA', 'nonsense'];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect((await dataOf(stranger.ctx, query, { ids })).nodes).toEqual(ids.map(() => null));
    expect((await dataOf(admin.ctx, query, { ids })).nodes).toEqual([
      ...ids.slice(0, 3).map((id) => ({ id })),
      null,
      null,
    ]);
  });

  it('what is no id of the kind is answered like an id that never was', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const mutations = ['revokeApiToken', 'revokeAuthSession', 'removeMember', 'revokeMemberInvitation'];
    for (const mutation of mutations) {
      for (const id of ['', '\u0000', 'nonsense', admin.account.id, 'x'.repeat(10_000)]) {
        const asked = dataOf(admin.ctx, `mutation ($id: ID!) { ${mutation}(input: { id: $id }) { __typename } }`, {
          id,
        });
        expect((await denialOf(asked, 'NOT_FOUND')).details).toEqual({ argument: 'id' });
      }
    }
  });
});
