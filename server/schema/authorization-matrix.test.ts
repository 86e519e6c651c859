import { expect, it } from 'vitest';
import { PERMISSIONS, SERVICES } from '../db/tables/roles.ts';
import { createAddressBook } from '../domain/address-books.ts';
import { createApiToken } from '../domain/api-tokens.ts';
import { authenticate } from '../domain/authenticate.ts';
import type { Context } from '../domain/context.ts';
import { createDeviceGroup } from '../domain/device-groups.ts';
import { createEnrolmentCode } from '../domain/enrolment-codes.ts';
import { inviteMember } from '../domain/member-invitations.ts';
import { ALL_GRANTS } from '../domain/permissions.ts';
import { TOKEN_SCOPES } from '../domain/principal.ts';
import { createRole } from '../domain/role-changes.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { HINTS, type KnownIds } from '../testing/arguments.ts';
import { type Outcome, outcomeOf, rootFields } from '../testing/authorization.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { signedIn } from '../testing/people.ts';
import { giveLicence, givePolicy } from '../testing/services.ts';
import { buildSchema } from './schema.ts';

/**
 * Who gets past the gate of which root field (API-05, PER-01 … PER-13). One letter for each caller, in the order of
 * `CALLERS`:
 *
 *   +  let in: it was done, or refused for what was put in
 *   u  UNAUTHENTICATED    v  EMAIL_NOT_VERIFIED    f  FORBIDDEN
 *   n  NOT_FOUND, where what is named is not the caller's to see or is not there    b  BAD_USER_INPUT
 *
 * For each permission there is a member with it alone for each of the services, and one letter where they are answered
 * alike; where not, there are six in parentheses, in the order of SERVICES: `(+fffff)` lets in who has the permission
 * for Monitoring, which every field is asked about, and nobody who has it for another service (PER-12).
 *
 * Each field is asked with input of the right form; ids name things of the administrator's company where `world` makes
 * one of the kind, and are unknown otherwise. Nothing that is written stays.
 *
 * To add a field: run this test. It fails, and the difference shows the letters that the field answers with. Make sure
 * that they are what you mean, and put its name in the row with these letters, or add a row. Where an id is of a kind
 * that its name does not tell, say so in `HINTS` (testing/arguments.ts).
 */
const CALLERS: readonly (readonly (string | readonly string[])[])[] = [
  ['anonymous', 'unverified', 'verified'],
  // Members of one company: of role User, with one mark of the grid alone, and its administrator; then another company's.
  ['user', ...PERMISSIONS.map((permission) => SERVICES.map((service) => `${service} ${permission}`))],
  ['administrator', 'otherAdministrator'],
  // The administrator's API tokens, each with one scope alone.
  TOKEN_SCOPES.map((scope) => `token ${scope}`),
  // A device of the company, which its administrator is signed in on, and one of nobody.
  ['device', 'otherDevice'],
  ['operator'],
];

const MATRIX: readonly (readonly [string, string])[] = [
  ['+++ +++++ ++ +++++++ ++ +', 'eula permissionCatalogue policySettings server viewer'],
  ['+++ +++++ ++ +ffffff ff f', 'joinOffer licenceOffer'],
  [
    '+++ +++++ ++ fffffff ff f',
    'captcha completeSignIn requestPasswordReset requestVerification resetPassword signIn signUp verifyEmail',
  ],
  ['+ff fffff ff fffffff ff f', 'registerDevice'],
  ['u++ +++++ ++ ffffff+ ff f', 'updateAccount'],
  [
    'u++ +++++ ++ fffffff ff f',
    `changePassword confirmSecondFactor disableSecondFactor renewRecoveryCodes revokeOtherAuthSessions
     setUpSecondFactor signOut`,
  ],
  [
    'uff fffff ff fffffff ++ f',
    `deviceEvents enrolDevice reportDiscovery reportServiceState reportSnapshot resolveAlert restoresToRun
     rotateDeviceCredential serviceAssignments`,
  ],
  [
    'uff fffff ff fffffff ff +',
    `issueLicences licences operatorAuditLog renewLicence resendLicenceLink resumeLicence revokeLicenceLink
     suspendLicence`,
  ],
  ['uv+ +++++ ++ +ffffff ++ f', 'node nodes'],
  ['uv+ +++++ ++ +ffffff ff f', 'accountEvents'],
  ['uv+ +++++ ++ +ffffff ff +', 'verifyAuditLog'],
  ['uv+ +++++ ++ fff+fff ff f', 'addFavourite createAddressBook removeFavourite'],
  ['uv+ +++++ ++ ffff+ff ff f', 'activateService'],
  ['uv+ +++++ ++ fffff+f ff f', 'acceptMemberInvitation activateLicence createCompany'],
  ['uv+ +++++ ++ ffffff+ ff f', 'redeliverWebhook setAlertMails'],
  ['uv+ +++++ ++ fffffff ff f', 'createApiToken createWebhook'],
  ['uvf +++++ ++ +ffffff ff f', 'companyEvents explainPermission explainPermissions'],
  ['uvf +++++ ++ ffff+ff ff f', 'createEnrolmentCode deactivateService'],
  ['uvf +++++ ++ fffff+f ff f', 'leaveCompany'],
  ['uvf f(+fffff)fff ++ ffff+ff ff f', 'createPolicy'],
  ['uvf fffff ++ ffff+ff ff f', 'createDeviceGroup'],
  ['uvf fffff ++ fffff+f ff f', 'createRole inviteMember updateCompany'],
  [
    'uvf fffff +n ffff+ff ff f',
    'addDevicesToGroup deleteDeviceGroup removeDevicesFromGroup renameDeviceGroup revokeEnrolmentCode',
  ],
  ['uvf fffff +n fffff+f ff f', 'assignRole deleteRole removeMember removeRole revokeMemberInvitation updateRole'],
  ['uvn +++++ +n ffff+ff +n f', 'updateDevice'],
  ['uvn f(+fffff)(+fffff)ff +n ffff+ff ff f', 'assignPolicy unassignPolicy'],
  ['uvn f(+fffff)fff +n ffff+ff ff f', 'removePolicy renamePolicy restorePolicyVersion updatePolicy'],
  ['uvn fff++ +n +ffffff ff f', 'alertEvents'],
  ['uvn fffff +n fff+fff ff f', 'addAddressBookEntry removeAddressBook updateAddressBook'],
  ['uvn fffff +n ffff+ff +n f', 'createPermissionProfile removeDevice setDeviceAlias updateDeviceSettings'],
  ['uvn fffff +n ffff+ff ff f', 'assignDevice'],
  ['uvn nnnnn +n f+fffff +n f', 'inviteDevice prepareEmailInvitation requestSession'],
  ['uff fffff ff fffffff nn f', 'raiseAlert reportInventory reportRestore'],
  ['unn nnnnn nn ffffffn ff f', 'revokeAuthSession'],
  ['uvn nnnnn nn fffffff ff f', 'updateWebhook'],
  ['uvn nnnnn nn ffffffn ff f', 'pingWebhook removeWebhook revokeApiToken'],
  ['uvn nnnnn nn fffffnf ff f', 'acknowledgeAlerts'],
  ['uvn nnnnn nn ffffnff ff f', 'cancelRestore passOnBackup requestRestore'],
  ['uvn nnnnn nn ffffnff nn f', 'removePermissionProfile updatePermissionProfile'],
  ['uvn nnnnn nn fffnfff ff f', 'removeAddressBookEntry updateAddressBookEntry'],
  [
    'uvn nnnnn nn ffnffff nn f',
    'answerPermissionRequest changeSessionPermissions endSession requestSessionPermissions',
  ],
  [
    'uvn nnnnn nn fnfffff nn f',
    `acceptInvitation acceptSessionRequest cancelInvitation dismissSessionRequest modifyInvitation
     rejectInvitation sendEmailInvitation withdrawSessionRequest`,
  ],
  ['uvn nnnnn nn nffffff nn f', 'sessionEvents'],
];

const LETTERS: Readonly<Record<Outcome, string>> = {
  OK: '+',
  UNAUTHENTICATED: 'u',
  EMAIL_NOT_VERIFIED: 'v',
  SECOND_FACTOR_REQUIRED: 's',
  FORBIDDEN: 'f',
  NOT_FOUND: 'n',
  BAD_USER_INPUT: 'b',
  IDEMPOTENCY_KEY_REUSED: 'k',
  TOO_MANY_REQUESTS: 'r',
  QUERY_TOO_LARGE: 'q',
  TIMEOUT: 't',
};

const schema = buildSchema();

/** A company with all that the callers have and are. */
async function world(app: TestApp): Promise<{ callers: ReadonlyMap<string, Context>; ids: KnownIds }> {
  const company = await buildCompany(app);
  const { companyId, admin } = company;
  const user = await buildAccount(app);
  const memberId = await addMember(app, companyId, user, 'USER');
  const device = await setDevice(app, await buildDevice(app), { companyId, accountId: admin.account.id });
  const callers = new Map<string, Context>([
    ['anonymous', app.as({ kind: 'anonymous' })],
    ['unverified', (await buildAccount(app, { verifiedAt: null })).ctx],
    ['verified', (await buildAccount(app)).ctx],
    ['user', user.ctx],
    ['administrator', admin.ctx],
    ['otherAdministrator', (await buildCompany(app)).admin.ctx],
    ['device', device.ctx],
    ['otherDevice', (await buildDevice(app)).ctx],
    ['operator', app.as({ kind: 'operator' })],
  ]);
  for (const grant of ALL_GRANTS) {
    const who = await buildAccount(app);
    const name = `${grant.service} ${grant.permission}`;
    const { id } = await createRole(admin.ctx, { name, grants: [grant] });
    await addMember(app, companyId, who, id as `rol_${string}`);
    callers.set(name, who.ctx);
  }
  const { ctx } = await signedIn(app, admin);
  for (const scope of TOKEN_SCOPES) {
    const { secret } = await createApiToken(ctx, { name: scope, scopes: [scope] });
    callers.set(`token ${scope}`, app.as(await authenticate(app.services, { bearer: secret })));
  }
  const ids: KnownIds = {
    Account: admin.account.id,
    AddressBook: (await createAddressBook(admin.ctx, { name: 'Shared', shared: true })).id,
    Company: companyId,
    Device: device.device.id,
    DeviceGroup: (await createDeviceGroup(admin.ctx, { name: 'Group' })).id,
    EnrolmentCode: (await createEnrolmentCode(admin.ctx, { label: 'Code' })).enrolmentCode.id,
    Licence: await giveLicence(app, company, 'MONITORING'),
    Member: memberId,
    MemberInvitation: (await inviteMember(admin.ctx, { email: 'cleo@example.test' })).id,
    Policy: await givePolicy(app, companyId, 'MONITORING'),
    Role: (await createRole(admin.ctx, { name: 'Nobody’s', grants: [] })).id,
  };
  return { callers, ids };
}

/** The letters of several callers: one where all are alike. */
async function lettersOf(names: readonly string[], letterOf: (name: string) => Promise<string>): Promise<string> {
  let letters = '';
  for (const name of names) letters += await letterOf(name);
  return new Set(letters).size === 1 ? letters.charAt(0) : `(${letters})`;
}

it('PER-12 every root field lets in whom it should, and nobody else: there is a row for each', async () => {
  const app = await testApp();
  const { callers, ids } = await world(app);
  const found: Record<string, string> = {};
  for (const root of rootFields(schema)) {
    const letterOf = async (name: string): Promise<string> => {
      const ctx = callers.get(name);
      if (!ctx) throw new Error(`nobody is called ${name}`);
      return LETTERS[await outcomeOf(schema, root, ctx, ids, HINTS)];
    };
    const groups: string[] = [];
    for (const group of CALLERS) {
      let letters = '';
      for (const one of group)
        letters += typeof one === 'string' ? await letterOf(one) : await lettersOf(one, letterOf);
      groups.push(letters);
    }
    found[root.field.name] = groups.join(' ');
  }
  const rows = MATRIX.flatMap(([letters, fields]) => fields.split(/\s+/).map((field) => [field, letters] as const));
  expect(found).toEqual(Object.fromEntries(rows));
  expect(new Set(rows.map(([field]) => field)).size).toBe(rows.length);
}, 60_000);
