import { type GraphQLInterfaceType, type GraphQLObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { groupDigits } from '../domain/addresses.ts';
import { acceptInvitation, inviteDevice } from '../domain/invitations.ts';
import { requestSession } from '../domain/session-requests.ts';
import { ID_PREFIXES } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { type Crawl, crawl, wholeSelection } from '../testing/crawl.ts';
import { schemaOnce } from '../testing/operations.ts';
import { replay, streamsFor, tellLast } from '../testing/streams.ts';
import {
  crawlAll,
  INSIDERS,
  inGroups,
  LETTERS,
  OUTSIDERS,
  type TwoEstates,
  tellingTexts,
  twoEstates,
  VIEWERS,
  type Viewer,
} from '../testing/viewers.ts';

/**
 * What of a company with one of everything is seen by whom, on whatever path: every field of every object that can be
 * reached is asked, from every root field on (ASVS 8.2, 8.4.1). One letter for each viewer, in the order of `VIEWERS`:
 * those of the company (administrator, User, who assigns policies, who handles the alerts of their own device; two
 * devices), those of another one like it (administrator, User, device), people of none (verified and invited, unverified, nobody),
 * and the operator.
 *
 * Of types: `+` all that there are, `s` some of them, `p` some, but not by `node`, `-` none.
 *
 * To add a type: have `testing/estate.ts` make one of it, run this test, make sure that the letters are what you mean.
 */
const TYPES: readonly (readonly [letters: string, types: string])[] = [
  ['ssss -- --- --- -', 'Account AuditActor AuditFieldChange AuditName AuditRecord SecondFactor'],
  [
    '---- -- --- --- -',
    `ActivationLink AuditLogCheck CaptchaChallenge Eula JoinOffer LicenceOffer MemberAccessChange
     PermissionCatalogueEntry PermissionExplanation PermissionLock PolicyForm PolicyTargetAnswer Server
     ServiceAssignment ServiceOutcome SettingForm SettingOption SettingProblem Viewer`,
  ],
  ['+sss -- --- --- -', 'AddressBook AddressBookEntry'],
  ['+-+- -- --- --- -', 'AffectedDevice MonitoredVolume'],
  ['+--s ss --- --- -', 'Alert BackupSettings'],
  ['++++ -- --- --- -', 'AlertDay EnrolmentCode Member Role ServiceOverview ServiceStateCount'],
  ['+--- +- --- --- -', 'AlertMeasurement BackupSnapshot EmailInvitation RestoreRequest'],
  ['+--- -- --- --- -', 'ApiToken AuthSession Favourite MemberInvitation Webhook WebhookDelivery'],
  [
    '+--- ss --- --- -',
    `AssetManagementSettings EndpointProtectionSettings PatchManagementSettings WebMonitoringSettings`,
  ],
  ['+--+ -- --- --- -', 'BackupSet'],
  ['++++ ++ --- --- -', 'Company'],
  ['++++ ss --- --- -', 'Device PermissionProfile ServiceActivation'],
  ['++++ +s --- --- -', 'DeviceGroup'],
  ['++++ +- --- --- -', 'DeviceInventory InstalledPackage InventoryDisk InventoryHardware InventoryNetwork'],
  ['+--+ ++ --- --- -', `DirectInvitation PermissionRequest SessionPermissionChange SessionRequest SupportSession`],
  ['s--s ss --- --- -', 'DiscoveredDevice RecentSession'],
  ['+-+- ss --- --- -', 'EffectivePolicy EffectiveSetting MonitoringSettings SettingOrigin'],
  ['+s++ -- --- --- -', 'Grant'],
  ['++++ -- --- --- +', 'Licence'],
  ['+--- s- --- --- -', 'MaintenanceWindow WebCheck'],
  ['ssss ss --- --- -', 'Peer'],
  ['+sss ss --- --- s', 'Person'],
  ['+-ss -- --- --- -', 'Policy PolicyAssignment PolicyVersion SettingDifference SettingValue'],
  ['+-+- +- --- --- -', 'SettingConflict'],
  ['-+-+ -- --- --- -', 'UnmetCondition'],
];

/**
 * The fields that do not answer everybody who sees an object of their type alike (pages and settings are as full as what
 * is in them):
 * `+` a value, `o` null or nothing, `f` FORBIDDEN, `n` NOT_FOUND, `u` UNAUTHENTICATED, `v` EMAIL_NOT_VERIFIED, `-` no such
 * object is seen. Of another company, it is its own objects that answer.
 */
const FIELDS: readonly (readonly [letters: string, fields: string])[] = [
  ['++++ ff ++f +++ f', 'Query.captcha'],
  ['++ff ff nnf fvu f', 'Query.explainPermission Query.explainPermissions'],
  ['oooo ff oof ooo f', 'Query.joinOffer Query.licenceOffer'],
  ['ffff ff fff ffu +', 'Query.licences Query.operatorAuditLog'],
  ['ffff +o ff+ ffu f', 'Query.restoresToRun'],
  ['ffff ++ ff+ ffu f', 'Query.serviceAssignments'],
  ['++++ ff ++f +vu +', 'Query.verifyAuditLog'],
  ['++++ oo ++o ++o o', 'Viewer.account'],
  ['oooo ++ oo+ ooo o', 'Viewer.device'],
  [
    '++++ -- ++- +v- -',
    `Account.addressBooks Account.alertMails Account.auditLog Account.devices Account.discovered
     Account.favourites Account.invitations Account.recentSessions Account.sessionRequests Account.sessions`,
  ],
  ['+ooo -- +o- ov- -', 'Account.apiTokens Account.webhooks'],
  ['+ooo -- +o- oo- -', 'Account.authSessions'],
  ['++++ -- ++- ov- -', 'Account.company Account.member'],
  ['oooo -- oo- ov- -', 'Account.licenceOffers'],
  ['oooo -- oo- +v- -', 'Account.joinOffers'],
  [
    '+oo+ ++ +o+ --- -',
    `Device.discovered Device.invitations Device.recentSessions Device.sessionRequests Device.sessions`,
  ],
  ['+o+o ++ +o+ --- -', 'Device.effectivePolicies'],
  ['++++ +o +++ --- -', 'Device.inventory ServiceActivation.assignedTo'],
  ['+o+o oo +oo --- -', 'Device.policies DeviceGroup.policies'],
  ['+-+- +o +-+ --- -', `EffectiveSetting.conflicts SettingOrigin.group SettingOrigin.policyId SettingOrigin.version`],
  ['+-+- oo +-o --- -', 'SettingOrigin.policy'],
  ['+--o +o +-+ --- -', 'Alert.acknowledgedAt Alert.acknowledgedBy Alert.measurements'],
  ['+oo+ ff +of --- -', 'Company.alertEventCursor'],
  [
    '++++ ff ++f --- -',
    `Company.alertHistory Company.alerts Company.deviceGroups Company.devices Company.enrolmentCodes
     Company.licences Company.members Company.policies Company.roles Company.serviceOverview Company.viewerCan
     Company.viewerIsAdministrator`,
  ],
  ['+fff ff +ff --- -', 'Company.auditLog Company.memberInvitations'],
  ['+o++ ff +of --- -', 'Company.viewerPermissions'],
  ['o+o+ -- o+- --- -', 'ServiceOverview.unmet'],
  ['oooo -- oo- --- +', 'Licence.activationLink'],
  ['+ooo -- +o- --- +', 'Licence.purchaseEmail'],
  ['++++ -- ++- --- o', 'AuditActor.id AuditActor.name'],
  ['+oo+ -- +o- --- o', 'AuditFieldChange.before'],
];

const schema = schemaOnce();
const inTable = (rows: typeof TYPES) =>
  Object.fromEntries(rows.flatMap(([letters, names]) => names.split(/\s+/).map((name) => [name, letters] as const)));

/** The types that objects are of; not those of answers and of pages, which are there for everybody. */
const objectTypes = (): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/^__|(Connection|Edge|Payload|Event|Query|Mutation|Subscription|PageInfo)$/.test(name))
    .filter((type) => type.getInterfaces().every(({ name }) => name !== 'UserError'));

function typeLetters(crawls: Readonly<Record<Viewer, Crawl>>, type: string): string {
  const all = new Set(
    INSIDERS.flatMap((viewer) => [...(crawls[viewer].seen.get(type) ?? [])]).filter((id) => id !== ''),
  );
  return inGroups((viewer) => {
    const { seen, readable } = crawls[viewer];
    const own = [...(seen.get(type) ?? [])].filter((id) => all.has(id));
    if (own.length === 0) return '-';
    if (!own.every((id) => readable.has(id))) return 'p';
    return own.length === all.size ? '+' : 's';
  });
}

/** Null where the field answers whoever sees the object, or nobody. */
function fieldLetters(crawls: Readonly<Record<Viewer, Crawl>>, field: string): string | null {
  const given = new Set<string>();
  const letters = inGroups((viewer) => {
    const answers = crawls[viewer].fields.get(field);
    if (!answers) return '-';
    const denied = [...answers].find((answer) => answer !== 'VALUE' && answer !== 'NULL');
    const letter = answers.has('VALUE') ? '+' : ((denied ? LETTERS[denied] : 'o') ?? '?');
    given.add(letter);
    return letter;
  });
  return given.size > 1 || !/[+o]/.test(letters) ? letters : null;
}

it('ASVS 8.2, 8.4.1 every type and field is seen by whom it should, and by nobody else on any path', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  const crawls = await crawlAll(world);
  const types = objectTypes().map(({ name }) => [name, typeLetters(crawls, name)] as const);
  const names = [...new Set(VIEWERS.flatMap((viewer) => [...crawls[viewer].fields.keys()]))];
  const told = names.filter((name) => !/(Connection|Settings|PageInfo)\./.test(name));
  const fields = told.flatMap((name) => {
    const letters = fieldLetters(crawls, name);
    return letters === null ? [] : [[name, letters] as const];
  });
  expect(Object.fromEntries(types)).toEqual(inTable(TYPES));
  expect(Object.fromEntries(fields)).toEqual(inTable(FIELDS));
  // What no type or field gives away is not hidden in a text of another one either. The operator knows holders of licences.
  const telling = tellingTexts(crawls, world.estate);
  expect(telling.size).toBeGreaterThan(100);
  for (const viewer of OUTSIDERS) {
    const leaked = [...crawls[viewer].texts].filter((text) => telling.has(text) && !KNOWN_OUTSIDE[viewer]?.test(text));
    expect([viewer, leaked]).toEqual([viewer, []]);
  }
});

/** The operator knows the holders of licences; who is invited, which company it is and by whom. */
const KNOWN_OUTSIDE: Partial<Record<Viewer, RegExp>> = {
  operator: /^(lic|com|acc)_|^alpha.admin/i,
  stranger: new RegExp(`^Alpha( Admin)?$|^${ID_PREFIXES.MemberInvitation}_`),
};

it('devices of two companies that work together show each other no more than themselves and what they do', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  const { estate, other, viewers, given } = world;
  const telling = tellingTexts(await crawlAll(world), estate);
  const { address, alias } = estate.device.device;
  const invite = { recipient: other.device.device.address, origin: 'OWN_ID', note: 'Together' } as const;
  const invitation = await inviteDevice(estate.device.ctx, invite);
  await acceptInvitation(other.device.ctx, { id: invitation.id, revision: 1 });
  await requestSession(other.device.ctx, { address });
  await inviteDevice(estate.device.ctx, invite);
  expect(alias).not.toBeNull();
  const shown = [address, groupDigits(address), alias];
  for (const viewer of ['otherDevice', 'otherAdmin'] as const) {
    const seen = await crawl(schema, viewers[viewer], given);
    expect([viewer, [...seen.texts].filter((text) => telling.has(text)).sort()]).toEqual([viewer, [...shown].sort()]);
    expect(seen.readable.has(estate.device.device.id)).toBe(false);
  }
  const { texts } = await crawl(schema, viewers.otherUser, given);
  expect([...texts].filter((text) => telling.has(text))).toEqual([]);
});

it('API-01 no event of any stream shows its reader more than queries do', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  const crawls = await crawlAll(world);
  const telling = tellingTexts(crawls, world.estate);
  await tellLast(world);
  const kinds = new Set<string>();
  for (const viewer of VIEWERS) {
    const texts = await eventTexts(world, viewer, kinds);
    const more = [...texts].filter((text) => telling.has(text) && !crawls[viewer].texts.has(text));
    expect([viewer, more]).toEqual([viewer, []]);
  }
  const all = schema.getPossibleTypes(schema.getType('Event') as GraphQLInterfaceType).map(({ name }) => name);
  expect([...kinds].sort()).toEqual(all.filter((name) => name !== 'StreamResetEvent').sort());
});

/** Every text in every event that the viewer can have replayed, but the ids by which events name their subjects. */
async function eventTexts(world: TwoEstates, viewer: Viewer, kinds: Set<string>): Promise<Set<string>> {
  const selection = wholeSelection(schema, 'Event', world.given, 2);
  const texts = new Set<string>();
  for (const stream of streamsFor(world, viewer)) {
    const { events } = await replay(world, viewer, stream, selection);
    for (const event of events) {
      kinds.add(event.__typename);
      for (const text of textsIn(Object.entries(event).filter(([name]) => !name.endsWith('_subject')))) texts.add(text);
    }
  }
  return texts;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
