import { expect, it } from 'vitest';
import { updateAccount } from '../domain/accounts.ts';
import { createApiToken } from '../domain/api-tokens.ts';
import { requirePermission } from '../domain/permissions.ts';
import { denialMessage } from '../schema/messages.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice } from '../testing/builders.ts';
import { type Caller, httpApi } from '../testing/http.ts';
import { signedIn } from '../testing/people.ts';
import { denialOf } from '../testing/refusals.ts';

it('API-08 messages are in the language of the account, whatever the browser asks for; of anybody else, in that of the request', async () => {
  const app = await testApp();
  const { post } = await httpApi(app);
  const who = await buildAccount(app, { language: 'fr' });
  const { ctx, secret } = await signedIn(app, who);
  const { secret: token } = await createApiToken(ctx, { name: 'CI', scopes: ['READ'] });
  const { credential } = await buildDevice(app);
  const english = { 'accept-language': 'en-GB,en' };
  const french = { 'accept-language': 'fr-CH,fr;q=0.9,en;q=0.5' };
  const languageFor = async (caller: Caller) => {
    const { data } = await post('{ eula { language } }', {}, caller);
    return data?.eula.language;
  };
  expect(await languageFor({ session: secret, headers: english })).toBe('fr');
  expect(await languageFor({ bearer: token, headers: english })).toBe('fr');
  expect(await languageFor({ bearer: credential, headers: french })).toBe('fr');
  expect(await languageFor({ headers: english })).toBe('en');
  expect(await languageFor({ headers: french })).toBe('fr');
  await updateAccount(ctx, { language: 'en' });
  expect(await languageFor({ session: secret, headers: french })).toBe('en');
});

it('API-08, PER-14 a missing permission is named by permission and service, in both languages', async () => {
  const app = await testApp();
  const { companyId } = await buildCompany(app);
  const ben = await buildAccount(app);
  await addMember(app, companyId, ben, 'USER');
  const asked = requirePermission(app.services.db.read, ben.principal, companyId, 'BACKUP', 'MANAGE_POLICIES', 0);
  const { code, details } = await denialOf(asked, 'FORBIDDEN');
  expect(denialMessage('en', code, details)).toBe('This takes the permission “manage policies” for Backup.');
  expect(denialMessage('fr', code, details)).toBe('Il faut la permission « gérer les stratégies » pour Sauvegarde.');
  expect(denialMessage('en', code, { permission: 'HANDLE_OWN_ALERTS' })).toBe(
    'This takes the permission “handle own alerts”.',
  );
});
