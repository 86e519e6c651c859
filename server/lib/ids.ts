import { randomFillSync, randomInt } from 'node:crypto';

/**
 * The prefix of every kind of id. An id is `<prefix>_<24 random characters>`, so that it is opaque, names its type, and
 * serves as the global id of the GraphQL API as it stands.
 */
export const ID_PREFIXES = {
  Account: 'acc',
  AddressBook: 'abk',
  AddressBookEntry: 'abe',
  Alert: 'alt',
  ApiToken: 'tok',
  AuthSession: 'aus',
  BackupSnapshot: 'snp',
  Company: 'com',
  Device: 'dev',
  DeviceGroup: 'grp',
  DirectInvitation: 'inv',
  EmailInvitation: 'emi',
  EnrolmentCode: 'enc',
  Licence: 'lic',
  Mail: 'mai',
  Member: 'mem',
  MemberInvitation: 'mei',
  PermissionProfile: 'prf',
  PermissionRequest: 'prq',
  Policy: 'pol',
  RestoreRequest: 'rst',
  Role: 'rol',
  ServiceActivation: 'sva',
  SessionRequest: 'req',
  SupportSession: 'ses',
  Webhook: 'whk',
  WebhookDelivery: 'whd',
} as const;

export type IdType = keyof typeof ID_PREFIXES;

/** 18 random bytes (144 bits) are 24 base64url characters without padding. */
const RANDOM_BYTES = 18;

export function newId(type: IdType): string {
  return `${ID_PREFIXES[type]}_${randomCharacters()}`;
}

/** A new reference of a request: it stands in the log, in what the request did, and in a masked error. */
export function newReference(): string {
  return `rq_${randomCharacters()}`;
}

/** Asked for many at a time, as each call costs as much as a request's sign-in; no secret comes from here. */
const randomPool = Buffer.allocUnsafe(RANDOM_BYTES * 512);
let taken = randomPool.length;

function randomCharacters(): string {
  if (taken === randomPool.length) {
    randomFillSync(randomPool);
    taken = 0;
  }
  taken += RANDOM_BYTES;
  return randomPool.toString('base64url', taken - RANDOM_BYTES, taken);
}

const TYPE_OF_PREFIX = new Map<string, IdType>(
  (Object.keys(ID_PREFIXES) as IdType[]).map((type) => [ID_PREFIXES[type], type]),
);

/** The type that an id names, or null where it has the form of no id of ours. */
export function typeOfId(id: string): IdType | null {
  if (!/^[a-z]{3}_[A-Za-z0-9_-]{24}$/.test(id)) return null;
  return TYPE_OF_PREFIX.get(id.slice(0, 3)) ?? null;
}

/** A random public device ID: 9 or 10 digits, the first of them not 0. The caller makes sure that it is new. */
export function randomDeviceAddress(): string {
  return String(randomInt(100_000_000, 10_000_000_000));
}
