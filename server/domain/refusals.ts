import type { SettingProblem } from './policy-settings/validation.ts';

/**
 * Refusals that a person can meet and act on. A mutation answers them as members of its result union (`type` is the
 * GraphQL type, `code` tells the cases of one type apart), never as errors. The words for each code stand in
 * `schema/refusal-messages.ts`, in both languages.
 */
export const REFUSALS = {
  InvalidInput: [
    'REQUIRED',
    'TOO_SHORT',
    'TOO_LONG',
    'INVALID_CHARACTERS',
    'INVALID_EMAIL',
    'INVALID_ALIAS',
    'INVALID_NAMESPACE',
    'INVALID_VERSION',
    'INVALID_TIME',
    'INVALID_URL',
    'PRIVATE_ADDRESS',
    'OUT_OF_RANGE',
    'TOO_MANY',
    'CONTRADICTION',
    'NO_COMPANY',
    'PASSWORD_TOO_COMMON',
    'EULA_NOT_ACCEPTED',
  ],
  AddressRefused: ['INVALID_ADDRESS', 'AMBIGUOUS_ADDRESS', 'UNKNOWN_ADDRESS', 'OWN_DEVICE'],
  ClientNotSupported: ['PLATFORM_NOT_SUPPORTED', 'VERSION_TOO_OLD'],
  ProfileRefused: ['PROFILE_DISABLED', 'PROFILE_BUILT_IN'],
  PermissionsLocked: ['PERMISSIONS_LOCKED'],
  NotPending: ['NOT_PENDING'],
  RevisionOutdated: ['REVISION_OUTDATED'],
  SessionEnded: ['SESSION_ENDED'],
  EnrolmentRefused: ['CODE_UNKNOWN', 'CODE_SPENT', 'CODE_EXPIRED', 'CODE_REVOKED', 'ALREADY_MANAGED'],
  LinkRefused: ['LINK_UNKNOWN', 'LINK_EXPIRED', 'LINK_SPENT'],
  LicenceRefused: [
    'ALREADY_ACTIVATED',
    'COMPANY_NEEDED',
    'LICENCE_LINK_UNKNOWN',
    'LICENCE_LINK_EXPIRED',
    'LICENCE_SUSPENDED',
    'LICENCE_EXPIRED',
  ],
  SignInRefused: ['WRONG_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'WRONG_CODE', 'SIGN_IN_LAPSED'],
  SecondFactorNeeded: ['SECOND_FACTOR_NEEDED'],
  SecondFactorRefused: ['SECOND_FACTOR_ON', 'SECOND_FACTOR_OFF'],
  CaptchaRefused: ['CAPTCHA_FAILED', 'CAPTCHA_EXPIRED', 'CAPTCHA_SPENT'],
  AlreadyTaken: ['ALIAS_TAKEN', 'NAME_TAKEN', 'NAMESPACE_TAKEN', 'ALREADY_MEMBER', 'OTHER_COMPANY', 'ALREADY_LISTED'],
  DiscoveryOff: ['DISCOVERY_OFF'],
  ServiceReportRefused: ['SERVICE_NOT_ASSIGNED', 'ACTIVATION_OUTDATED', 'ILLEGAL_TRANSITION'],
  BackupRefused: ['BACKUP_NOT_ACTIVE', 'SNAPSHOT_PRUNED', 'DEVICE_REASSIGNED'],
  LastAdministrator: ['LAST_ADMINISTRATOR'],
  RoleRefused: ['ROLE_BUILT_IN', 'ROLE_HELD'],
  SettingsRefused: ['SETTINGS_INVALID'],
  VersionOutdated: ['VERSION_OUTDATED'],
  PolicyInUse: ['POLICY_IN_USE'],
} as const;

export type RefusalType = keyof typeof REFUSALS;
export type RefusalCode<T extends RefusalType = RefusalType> = (typeof REFUSALS)[T][number];

export type RefusalDetails = Readonly<
  Record<string, string | number | null | readonly string[] | readonly SettingProblem[]>
>;

export class Refusal<T extends RefusalType = RefusalType> extends Error {
  override name = 'Refusal';
  readonly type: T;
  readonly code: RefusalCode<T>;
  /** The field of the input that it is about, from the outside in; empty where it is about no single one. */
  readonly path: readonly string[];
  /** What the type tells beyond code and path, and what the message is made with. */
  readonly details: RefusalDetails;
  constructor(type: T, code: RefusalCode<T>, path: readonly string[] = [], details: RefusalDetails = {}) {
    super(`${type} ${code}`);
    this.type = type;
    this.code = code;
    this.path = path;
    this.details = details;
  }
}
