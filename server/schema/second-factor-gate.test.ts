import { expect, it } from 'vitest';
import { createApiToken } from '../domain/api-tokens.ts';
import { authenticate } from '../domain/authenticate.ts';
import { updateCompany } from '../domain/companies.ts';
import type { Context } from '../domain/context.ts';
import { TOKEN_SCOPES } from '../domain/principal.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { outcomeOf, rootFields } from '../testing/authorization.ts';
import { addMember, buildAccount, buildCompany } from '../testing/builders.ts';
import { signedIn } from '../testing/people.ts';
import { setUpApp } from '../testing/second-factor.ts';
import { buildSchema } from './schema.ts';

/**
 * What a member without a second factor still gets, where the company requires one: what visitors get, and what sees and
 * mends oneself. Everything else is denied; ids are unknown here, so that some fields deny them first.
 */
const FOR_EVERYBODY = ['eula', 'permissionCatalogue', 'policySettings', 'server', 'viewer'];
const BY_COOKIE = [
  ...FOR_EVERYBODY,
  ...[
    'captcha',
    'joinOffer',
    'licenceOffer',
    'requestPasswordReset',
    'requestVerification',
    'resetPassword',
    'signUp',
    'verifyEmail',
  ],
  ...['signIn', 'completeSignIn', 'signOut', 'revokeOtherAuthSessions', 'changePassword', 'updateAccount'],
  ...['setUpSecondFactor', 'confirmSecondFactor', 'disableSecondFactor', 'renewRecoveryCodes'],
];

const schema = buildSchema();

/** The sign-in and the API token, with every scope, of an administrator without a second factor, once it is required. */
async function keptOut(app: TestApp): Promise<{ cookie: Context; token: Context }> {
  const { companyId, admin } = await buildCompany(app);
  const who = await buildAccount(app);
  await addMember(app, companyId, who, 'COMPANY_ADMINISTRATOR');
  const { secret } = await createApiToken(who.ctx, { name: 'all', scopes: TOKEN_SCOPES });
  const { ctx } = await setUpApp(app, admin);
  await updateCompany(ctx, { requireSecondFactor: true });
  const token = app.as(await authenticate(app.services, { bearer: secret }));
  return { cookie: (await signedIn(app, who)).ctx, token };
}

async function letIn(ctx: Context): Promise<{ names: string[]; denials: Set<string> }> {
  const names: string[] = [];
  const denials = new Set<string>();
  for (const root of rootFields(schema)) {
    const outcome = await outcomeOf(schema, root, ctx, {}, {});
    if (outcome === 'OK') names.push(root.field.name);
    else denials.add(outcome);
  }
  return { names: names.sort(), denials };
}

it('who lacks the second factor that the company requires gets past no gate but those of visitors and of itself', async () => {
  const app = await testApp();
  const { cookie, token } = await keptOut(app);
  const denials = new Set(['SECOND_FACTOR_REQUIRED', 'FORBIDDEN', 'NOT_FOUND']);
  const byCookie = await letIn(cookie);
  expect(byCookie.names).toEqual(BY_COOKIE.sort());
  expect(byCookie.denials).toEqual(denials);
  const byToken = await letIn(token);
  expect(byToken.names).toEqual(FOR_EVERYBODY);
  expect(byToken.denials).toEqual(denials);
}, 60_000);
