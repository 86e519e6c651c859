import { type Cache, cacheExchange } from '@urql/exchange-graphcache';
import type { EventFieldsFragment } from '../../graphql/graphql.ts';
import possibleTypes from '../../graphql/possible-types.ts';

/**
 * The normalised cache: what an event or a mutation brings of an object shows wherever that object is shown. What an event
 * cannot bring – which objects a list holds – is marked outdated here, and asked for again by whoever shows it.
 */
export const cache = cacheExchange({
  ...possibleTypes,
  // Parts without an id of their own belong to the object that holds them.
  keys: {
    ...Object.fromEntries(
      ['Viewer', 'Server', 'PageInfo', 'Peer', 'Person', 'Grant'].map((type) => [type, () => null]),
    ),
    WebhookDelivery: ({ deliveryId }) => deliveryId as string,
  },
  updates: {
    Subscription: Object.fromEntries(
      ['accountEvents', 'companyEvents', 'alertEvents', 'sessionEvents'].map((field) => [
        field,
        (result: Record<string, unknown>, _args: unknown, cache: Cache) => {
          outdate(cache, result[field] as EventFieldsFragment);
        },
      ]),
    ),
    Mutation: {
      signOut: (_result, _args, cache) => cache.invalidate('Query'),
      // What one does oneself shows at once, whether or not its event comes.
      inviteDevice: (_result, _args, cache) => outdateLists(cache, 'invitation'),
      requestSession: (_result, _args, cache) => outdateLists(cache, 'sessionRequest'),
      // No stream tells the operator.
      ...Object.fromEntries(
        [
          'issueLicences',
          'resendLicenceLink',
          'revokeLicenceLink',
          'suspendLicence',
          'resumeLicence',
          'renewLicence',
        ].map((field) => [field, (_result: unknown, _args: unknown, cache: Cache) => outdateLists(cache, 'licence')]),
      ),
    },
  },
});

/** What the roles of the viewer decide on. */
const BY_PERMISSION = [
  'viewerIsAdministrator',
  'viewerPermissions',
  'alertEventCursor',
  'alerts',
  'alertHistory',
  'serviceOverview',
  'policies',
  'effectivePolicies',
  'explainPermissions',
];

/**
 * Lists and counts that a change of a concept may add to, take from or reorder. Fields of the viewer's account and
 * company, of whatever a page shows by its id, and of the query itself.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  account: ['email', 'name', 'verified', 'alertMails', 'secondFactor'],
  addressBook: ['addressBooks', 'entries', 'tags'],
  alert: ['alerts', 'alertHistory'],
  apiToken: ['apiTokens'],
  authSession: ['authSessions'],
  company: ['company', 'member', 'name'],
  device: [
    'devices',
    'deviceCount',
    'favourites',
    'recentSessions',
    'discovered',
    'entries',
    'enrolmentCodes',
    'deviceGroups',
    'serviceOverview',
  ],
  deviceGroup: ['deviceGroups', 'devices', 'groups'],
  discovery: ['discovered'],
  emailInvitation: ['invitations'],
  enrolmentCode: ['enrolmentCodes'],
  favourite: ['favourites', 'recentSessions', 'discovered', 'entries'],
  invitation: ['invitations'],
  licence: ['licences', 'operatorAuditLog', 'licenceOffers', 'company', ...BY_PERMISSION],
  member: ['members', 'member', 'company', 'roles', ...BY_PERMISSION],
  memberInvitation: ['memberInvitations', 'members'],
  permissionProfile: ['devices', 'permissionProfiles'],
  policy: ['policies', 'effectivePolicies', 'serviceOverview', 'deviceGroups'],
  presence: ['devices', 'favourites', 'recentSessions', 'discovered', 'entries'],
  restore: ['snapshots'],
  role: ['roles', 'members', 'member', ...BY_PERMISSION],
  secondFactor: ['secondFactor', 'authSessions'],
  service: ['serviceOverview', 'services', 'licences'],
  session: ['sessions', 'recentSessions'],
  sessionRequest: ['sessionRequests'],
  snapshot: ['snapshots'],
  webhook: ['webhooks'],
};

/** Objects that events tell of by their id only. */
const TYPES: Readonly<Record<string, string>> = {
  account: 'Account',
  addressBook: 'AddressBook',
  company: 'Company',
  device: 'Device',
  deviceGroup: 'DeviceGroup',
  enrolmentCode: 'EnrolmentCode',
  member: 'Member',
  permissionProfile: 'PermissionProfile',
  policy: 'Policy',
  restore: 'RestoreRequest',
  role: 'Role',
  service: 'ServiceActivation',
  session: 'SupportSession',
  snapshot: 'BackupSnapshot',
  webhook: 'Webhook',
};

/** Changes of a device that move it in no list but those of what is online, or is not. */
const PRESENCE: ReadonlySet<string> = new Set(['ONLINE', 'OFFLINE']);

interface Told {
  readonly concept: string;
  /** The object, where the event itself does not hold what is new of it. */
  readonly subject?: string | undefined;
}

/** What an event is about. */
function told(event: EventFieldsFragment): Told | null {
  switch (event.__typename) {
    case 'InvitationEvent':
      return { concept: 'invitation' };
    case 'SessionRequestEvent':
      return { concept: 'sessionRequest' };
    case 'SessionEvent':
      return { concept: 'session', subject: event.session?.id };
    case 'DeviceEvent':
      // The event holds all that is new of it. In a company of thousands this happens all the time.
      if (PRESENCE.has(event.deviceChange)) return { concept: 'presence' };
      return { concept: 'device', subject: event.device?.id };
    case 'LicenceEvent':
      return { concept: 'licence' };
    case 'AlertEvent':
      return { concept: 'alert' };
    case 'ServiceEvent':
      return { concept: 'service', subject: event.activation?.id };
    case 'PolicyEvent':
      return { concept: 'policy', subject: event.policy?.id };
    case 'RestoreEvent':
      return { concept: 'restore', subject: event.restore?.id };
    case 'OtherEvent':
      return { concept: event.concept, subject: event.subject };
    default:
      return null;
  }
}

function outdate(cache: Cache, event: EventFieldsFragment): void {
  const about = told(event);
  // A StreamResetEvent: something was missed, so that nothing here is certain.
  if (!about) {
    cache.invalidate('Query');
    return;
  }
  const type = TYPES[about.concept];
  if (type && about.subject) cache.invalidate({ __typename: type, id: about.subject });
  outdateLists(cache, about.concept);
}

function outdateLists(cache: Cache, concept: string): void {
  const viewer = cache.resolve('Query', 'viewer') as string | null;
  const account = viewer && (cache.resolve(viewer, 'account') as string | null);
  const company = account && (cache.resolve(account, 'company') as string | null);
  const fields = new Set(LISTS[concept] ?? []);
  for (const owner of ['Query', account, company, ...nodesShown(cache)]) {
    if (!owner) continue;
    for (const { fieldName, arguments: args } of cache.inspectFields(owner)) {
      const stays = concept === 'presence' && fieldName === 'devices' && typeof args?.['online'] !== 'boolean';
      if (fields.has(fieldName) && !stays) cache.invalidate(owner, fieldName, args);
    }
  }
}

/** What pages show by `node(id:)`: the device, policy or Backup that they are of. */
function nodesShown(cache: Cache): (string | null)[] {
  return cache
    .inspectFields('Query')
    .filter(({ fieldName }) => fieldName === 'node')
    .map(({ fieldName, arguments: args }) => cache.resolve('Query', fieldName, args) as string | null);
}
