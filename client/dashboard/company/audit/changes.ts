import type { COMPANY_CONCEPTS } from '../../webhooks/events.ts';

/** All that a company's log tells of, by what it is about: each has a sentence in `words/…/audit.ts`. */
export const CHANGES = {
  company: ['CREATED', 'UPDATED'],
  member: ['JOINED', 'ROLES_CHANGED', 'REMOVED', 'LEFT'],
  memberInvitation: ['CREATED', 'REVOKED', 'ACCEPTED'],
  role: ['CREATED', 'UPDATED', 'DELETED'],
  licence: ['ACTIVATED', 'SUSPENDED', 'RESUMED', 'RENEWED', 'EXPIRED', 'LINK_SENT', 'LINK_REVOKED'],
  device: [
    'REGISTERED',
    'ENROLLED',
    'UPDATED',
    'ALIAS_CHANGED',
    'ASSIGNED',
    'UNASSIGNED',
    'SETTINGS_CHANGED',
    'CREDENTIAL_ROTATED',
    'INVENTORY_REPORTED',
    'ONLINE',
    'OFFLINE',
    'REMOVED',
  ],
  deviceGroup: ['CREATED', 'RENAMED', 'DELETED', 'DEVICES_ADDED', 'DEVICES_REMOVED'],
  enrolmentCode: ['CREATED', 'REVOKED'],
  permissionProfile: ['CREATED', 'UPDATED', 'REMOVED'],
  service: ['REQUESTED', 'INSTALLING', 'ACTIVE', 'FAILED', 'DEACTIVATED', 'RETIRED', 'POLICY_APPLIED', 'PASSED_ON'],
  policy: ['CREATED', 'UPDATED', 'RENAMED', 'REMOVED', 'ASSIGNED', 'UNASSIGNED'],
  alert: ['RAISED', 'REOPENED', 'ACKNOWLEDGED', 'RESOLVED'],
  restore: ['REQUESTED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'],
  invitation: ['CREATED', 'MODIFIED', 'ACCEPTED', 'REJECTED', 'CANCELLED', 'EXPIRED'],
  emailInvitation: ['PREPARED', 'SENT'],
  sessionRequest: ['CREATED', 'ACCEPTED', 'DISMISSED', 'WITHDRAWN', 'EXPIRED'],
  session: [
    'STARTED',
    'PERMISSIONS_CHANGED',
    'PERMISSIONS_REQUESTED',
    'PERMISSION_REQUEST_GRANTED',
    'PERMISSION_REQUEST_REFUSED',
    'ENDED',
  ],
  addressBook: ['CREATED', 'UPDATED', 'REMOVED', 'ENTRY_ADDED', 'ENTRY_UPDATED', 'ENTRY_REMOVED'],
  webhook: ['CREATED', 'UPDATED', 'REMOVED', 'DISABLED'],
} as const satisfies Readonly<Record<(typeof COMPANY_CONCEPTS)[number], readonly string[]>>;

export type AuditedConcept = keyof typeof CHANGES;

export type Change = { [C in AuditedConcept]: `${C}.${(typeof CHANGES)[C][number]}` }[AuditedConcept];

export const AUDITED_CONCEPTS = Object.keys(CHANGES) as AuditedConcept[];

/** What can happen to a concept. */
export const changesOf = (concept: AuditedConcept): Change[] =>
  CHANGES[concept].map((change) => `${concept}.${change}` as Change);

const KNOWN: ReadonlySet<string> = new Set(AUDITED_CONCEPTS.flatMap(changesOf));

export const isConcept = (name: string | null): name is AuditedConcept => name !== null && name in CHANGES;
export const isChange = (name: string): name is Change => KNOWN.has(name);
