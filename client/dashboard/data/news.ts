import type { EventFieldsFragment } from '../../graphql/graphql.ts';

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
export const TYPES: Readonly<Record<string, string>> = {
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

export interface Told {
  readonly concept: string;
  /** The object, where the event itself does not hold what is new of it. */
  readonly subject?: string | undefined;
}

/** What an event is about. */
export function told(event: EventFieldsFragment): Told | null {
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

/** Mutations that change lists: by the field, what concept. What one does oneself shows at once, whether or not its event comes. */
export const OUTDATING: Readonly<Record<string, string>> = {
  inviteDevice: 'invitation',
  requestSession: 'sessionRequest',
  // No stream tells the operator.
  issueLicences: 'licence',
  resendLicenceLink: 'licence',
  revokeLicenceLink: 'licence',
  suspendLicence: 'licence',
  resumeLicence: 'licence',
  renewLicence: 'licence',
};

/** Whether a change of a concept may change what a list holds that was asked for with these arguments. */
export function isOutdated(concept: string, field: string, args: Readonly<Record<string, unknown>>): boolean {
  if (!LISTS[concept]?.includes(field)) return false;
  return concept !== 'presence' || field !== 'devices' || typeof args['online'] === 'boolean';
}
