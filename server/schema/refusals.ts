import type { SettingProblem } from '../domain/policy-settings/validation.ts';
import { REFUSALS, type Refusal, type RefusalCode, type RefusalDetails, type RefusalType } from '../domain/refusals.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { refusalMessage } from './messages.ts';
import { settingProblemMessage } from './setting-problem-messages.ts';

/** A refusal as a result: an executor takes a returned Error for a thrown one. */
export class Refused {
  readonly type: RefusalType;
  readonly code: RefusalCode;
  readonly path: readonly string[];
  readonly details: RefusalDetails;
  constructor({ type, code, path, details }: Refusal) {
    this.type = type;
    this.code = code;
    this.path = path;
    this.details = details;
  }
}

const UserErrorCode = builder.enumType('UserErrorCode', {
  description: 'Which refusal it is. The list is closed: programs may switch over it.',
  values: Object.fromEntries(
    [...new Set(Object.values(REFUSALS).flat())].map((code) => [code, { description: codeMeaning(code) }]),
  ),
});

/** The code in words, for the schema's description: what the English message says of it. */
function codeMeaning(code: string): string {
  return refusalMessage('en', code, {});
}

export const UserError = builder.interfaceRef<Refused>('UserError').implement({
  description: 'Why a mutation was refused, for a person to read and act on. Nothing was changed.',
  resolveType: (refusal) => refusal.type,
  fields: (t) => ({
    code: t.field({
      type: UserErrorCode,
      description: 'Tells the cases apart, for programs.',
      resolve: (refusal) => refusal.code,
    }),
    message: t.string({
      description:
        'One sentence for a person, in French or English: the language of the account that asks, else what ' +
        '`Accept-Language` prefers.',
      resolve: (refusal, _args, ctx) => refusalMessage(ctx.request.language, refusal.code, refusal.details),
    }),
    path: t.stringList({
      description: 'The input field that it is about, from the outside in; empty where it is about no single one.',
      resolve: (refusal) => refusal.path,
    }),
  }),
});

const DESCRIPTIONS: Readonly<Record<RefusalType, string>> = {
  InvalidInput: 'A value of the input cannot be used as it is.',
  AddressRefused: 'The ID or alias names no device that this can be done with (INV-11).',
  ClientNotSupported: 'One side’s client or platform cannot take part (INV-01, INV-04).',
  ProfileRefused: 'The permission profile cannot be used, or not in this way.',
  PermissionsLocked: 'Permissions are locked by the device’s custom-client settings; nothing was changed (INV-24).',
  NotPending: 'It waits for no answer any more (INV-18).',
  RevisionOutdated: 'It was changed since you saw it (INV-16). Look again, then decide.',
  SessionEnded: 'The session has ended.',
  EnrolmentRefused: 'The enrolment code cannot be redeemed by this device (PRE-03).',
  LinkRefused: 'The link cannot be used any more.',
  LicenceRefused: 'The licence cannot be activated, or not in this way (LIC-10).',
  SignInRefused: 'The password or code was not taken, and nobody was signed in by it.',
  SecondFactorNeeded:
    'The password was right, and nobody is signed in yet: `completeSignIn` with the token and a code of the authenticator ' +
    'app, or a recovery code.',
  SecondFactorRefused: 'The account’s second factor does not stand as this takes it to.',
  CaptchaRefused: 'The captcha was not solved.',
  AlreadyTaken: 'Something else has it already.',
  DiscoveryOff: 'The device takes no part in Discovery (INV-26).',
  ServiceReportRefused: 'What the device reports does not fit the service that it was given (SVC-08).',
  BackupRefused: 'Nothing can be restored from here, or not now (PER-08).',
  LastAdministrator: 'A company keeps at least one administrator (PER-13).',
  RoleRefused: 'The role cannot be changed or deleted in this way (PER-12).',
  SettingsRefused: 'Settings of a policy are not within their bounds (SVC-09). All of them are told.',
  VersionOutdated: 'It was changed since you saw it. Look again, then decide.',
  PolicyInUse: 'The policy is still assigned.',
};

const SettingProblemCode = describedEnum<SettingProblem['code']>(
  'SettingProblemCode',
  'What is wrong with a setting.',
  {
    REQUIRED: 'It is missing, or empty.',
    OUT_OF_RANGE: 'The number is not within its bounds, or the choice is none of the options.',
    TOO_LONG: 'The text has too many characters.',
    TOO_MANY: 'The list has too many entries.',
    INVALID_CHARACTERS: 'The text has characters that cannot be used, such as control characters.',
    INVALID_PATH: 'The path is not absolute.',
    INVALID_URL: 'The address does not begin with http:// or https://, or has credentials in it.',
    INVALID_TIME_OF_DAY: 'The time is not written as HH:MM.',
    DUPLICATE: 'An entry before it is the same, or has the same name.',
    UNKNOWN_SETTING: 'The service has no such setting.',
  },
);

const SettingProblemRef = builder.objectRef<SettingProblem>('SettingProblem').implement({
  description: 'One setting that cannot be as it was given.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'The setting, with positions in lists (from 0): `checks.2.timeoutSeconds`.',
    }),
    label: t.string({
      description: 'The setting as people call it, positions counted from 1: `Checks 3 › Longest answer`.',
      resolve: ({ label }, _args, ctx) => label[ctx.request.language],
    }),
    code: t.expose('code', { type: SettingProblemCode, description: 'What is wrong with it.' }),
    message: t.string({
      description: 'What is wrong, in one sentence for a person, in the language of the account, else of the request.',
      resolve: (problem, _args, ctx) => settingProblemMessage(ctx.request.language, problem),
    }),
    min: t.exposeInt('min', { nullable: true, description: 'Its least value; null where it is no number.' }),
    limit: t.exposeInt('limit', {
      nullable: true,
      description:
        'The bound: its largest value, or most characters or entries; null where it is no matter of a bound.',
    }),
    unit: t.exposeString('unit', { nullable: true, description: 'The unit of the bounds; null where there is none.' }),
  }),
});

type Ref = ReturnType<typeof builder.objectRef<Refused>>;
type Fields = Parameters<Ref['implement']>[0]['fields'];

/** What a type tells beyond code, message and path. */
const FIELDS: { readonly [T in RefusalType]?: Fields } = {
  InvalidInput: (t) => ({
    limit: t.int({
      nullable: true,
      description: 'The bound that was not kept: characters, or a number; null where it is no matter of a bound.',
      resolve: ({ details }) => (typeof details['limit'] === 'number' ? details['limit'] : null),
    }),
  }),
  ClientNotSupported: (t) => ({
    side: t.string({
      description: 'Whose client it is: INVITER or RECIPIENT.',
      resolve: ({ details }) => String(details['side']),
    }),
    leastMajorVersion: t.int({
      nullable: true,
      description: 'The least major version of the client that would do; null where the platform is the reason.',
      resolve: ({ details }) =>
        typeof details['leastMajorVersion'] === 'number' ? details['leastMajorVersion'] : null,
    }),
  }),
  PermissionsLocked: (t) => ({
    permissions: t.stringList({
      description: 'All permissions of the input that are locked, by name.',
      resolve: ({ details }) => (details['permissions'] ?? []) as string[],
    }),
  }),
  NotPending: (t) => ({
    status: t.string({
      description: 'What became of it: the status that it is in by now.',
      resolve: ({ details }) => String(details['status']),
    }),
  }),
  RevisionOutdated: (t) => ({
    currentRevision: t.int({
      description: 'The revision that is offered now.',
      resolve: ({ details }) => Number(details['currentRevision']),
    }),
  }),
  SettingsRefused: (t) => ({
    problems: t.field({
      type: [SettingProblemRef],
      description: 'Every setting that is wrong, in the order of the settings.',
      resolve: ({ details }) => (details['problems'] ?? []) as SettingProblem[],
    }),
  }),
  VersionOutdated: (t) => ({
    currentVersion: t.int({
      description: 'The version that is in force now.',
      resolve: ({ details }) => Number(details['currentVersion']),
    }),
  }),
  PolicyInUse: (t) => ({
    assignments: t.int({
      description: 'How many devices and groups it is assigned to.',
      resolve: ({ details }) => Number(details['assignments']),
    }),
  }),
  ServiceReportRefused: (t) => ({
    state: t.string({
      nullable: true,
      description: 'The state that the service is in on the device; null where it never was on it.',
      resolve: ({ details }) => (typeof details['state'] === 'string' ? details['state'] : null),
    }),
    generation: t.int({
      nullable: true,
      description: 'The generation of the present activation, where the report was about another; null otherwise.',
      resolve: ({ details }) => (typeof details['generation'] === 'number' ? details['generation'] : null),
    }),
  }),
  BackupRefused: (t) => ({
    state: t.string({
      nullable: true,
      description: 'The state of Backup on the device where it is the reason; null otherwise.',
      resolve: ({ details }) => (typeof details['state'] === 'string' ? details['state'] : null),
    }),
  }),
  SecondFactorNeeded: (t) => ({
    token: t.string({
      description: 'What `completeSignIn` takes, `bkn_sgn_…`: good for this one sign-in, once. Keep it secret.',
      resolve: ({ details }) => String(details['token']),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'From when on it is refused: ten minutes after the password.',
      resolve: ({ details }) => Number(details['expiresAt']),
    }),
  }),
  SignInRefused: (t) => ({
    retryAfterSeconds: t.int({
      nullable: true,
      description: 'Seconds to wait before the next try counts; null where there is no need to wait.',
      resolve: ({ details }) =>
        typeof details['retryAfterSeconds'] === 'number' ? details['retryAfterSeconds'] : null,
    }),
  }),
};

function refusalObject(type: RefusalType): Ref {
  const ref = builder.objectRef<Refused>(type);
  const fields = FIELDS[type];
  ref.implement({ description: DESCRIPTIONS[type], interfaces: [UserError], ...(fields ? { fields } : {}) });
  return ref;
}

/** The object type of each refusal, for the result unions of mutations. */
export const refusalTypes = Object.fromEntries(
  (Object.keys(REFUSALS) as RefusalType[]).map((type) => [type, refusalObject(type)]),
) as Readonly<Record<RefusalType, Ref>>;
