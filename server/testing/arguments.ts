import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { EULA_VERSION } from '../domain/eula.ts';
import { ID_PREFIXES, type IdType, newId } from '../lib/ids.ts';

/** What an `id` is the id of, where neither the argument nor the operation says so by name. */
export type IdHints = Readonly<Record<string, IdType>>;

/** Ids of things that are there, by type; others are well-formed and unknown. */
export type KnownIds = { readonly [T in IdType]?: string };

/** What the ids of the API are the ids of, where their names do not tell. */
export const HINTS: IdHints = {
  acceptInvitation: 'DirectInvitation',
  'acceptMemberInvitation.invitationId': 'MemberInvitation',
  'acceptSessionRequest.profileId': 'PermissionProfile',
  acknowledgeAlerts: 'Alert',
  'addAddressBookEntry.bookId': 'AddressBook',
  'addDevicesToGroup.id': 'DeviceGroup',
  cancelInvitation: 'DirectInvitation',
  cancelRestore: 'RestoreRequest',
  changeSessionPermissions: 'SupportSession',
  'createEnrolmentCode.assignToId': 'Account',
  'createEnrolmentCode.groupId': 'DeviceGroup',
  'deleteRole.moveToId': 'Role',
  endSession: 'SupportSession',
  'inviteDevice.profileId': 'PermissionProfile',
  modifyInvitation: 'DirectInvitation',
  'modifyInvitation.profileId': 'PermissionProfile',
  'operatorAuditLog.subject': 'Licence',
  'passOnBackup.activationId': 'ServiceActivation',
  'redeliverWebhook.deliveryId': 'WebhookDelivery',
  rejectInvitation: 'DirectInvitation',
  'removeDevicesFromGroup.id': 'DeviceGroup',
  reportRestore: 'RestoreRequest',
  requestRestore: 'BackupSnapshot',
  requestSessionPermissions: 'SupportSession',
  resendLicenceLink: 'Licence',
  restorePolicyVersion: 'Policy',
  revokeLicenceLink: 'Licence',
  sessionEvents: 'SupportSession',
};

/** An argument, or a field of its input, where an id is taken. */
export interface IdPlace {
  /** Such as `input.deviceIds`. */
  readonly path: string;
  readonly type: IdType;
}

/** Each place among the arguments of a field where an id is taken, those that may be left out among them. */
export function idPlaces(field: Field, hints: IdHints): IdPlace[] {
  const within = (input: Input, path: string): IdPlace[] => {
    const type = bare(input.type);
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).flatMap((inner) => within(inner, `${path}.${inner.name}`));
    }
    return String(type) === 'ID' ? [{ path, type: idTypeOf(input.name, field.name, hints) }] : [];
  };
  return field.args.flatMap((arg) => within(arg, arg.name));
}

function bare(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) || isListType(type) ? bare(type.ofType) : type;
}

/** An id that is put in one place; in a list, behind the caller's own. */
export interface PutId {
  readonly place: IdPlace;
  readonly id: string;
}

/**
 * Arguments of the right form: those that have to be given, and what leads to `put`. Ids are `ids`, where there is one of
 * the type, and unknown otherwise.
 */
export function argumentsFor(field: Field, ids: KnownIds, hints: IdHints, put?: PutId): Record<string, unknown> {
  const making = new Making(field.name, ids, hints, put);
  const given = field.args.filter((arg) => isRequired(arg) || making.leadsToPut(arg.name));
  return Object.fromEntries(given.map((arg) => [arg.name, making.valueFor(arg, arg.type, arg.name)]));
}

type Field = Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>;
type Input = GraphQLArgument | GraphQLInputField;

const isRequired = (input: Input) => isNonNullType(input.type) && input.defaultValue === undefined;

/** What says which device is meant is given, too: the device itself may leave it out, nobody else. */
const isGiven = (input: GraphQLInputField) => isRequired(input) || input.name === 'deviceId';

const TEXTS: Readonly<Record<string, string>> = {
  email: 'somebody@example.test',
  to: 'somebody@example.test',
  eulaVersion: EULA_VERSION,
  clientVersion: '7.1.4',
  namespace: 'matrix',
  /** Of testing/estate.ts, where there is one. */
  recipient: 'alpha-device-1@alpha',
  url: 'https://example.test/hook',
};

/** 2100-01-01: later than the clock of any test. */
const FAR_FUTURE = '2100-01-01T00:00:00.000Z';

/** Makes the values of one field's arguments. */
class Making {
  readonly #operation: string;
  readonly #ids: KnownIds;
  readonly #hints: IdHints;
  readonly #put: PutId | undefined;

  constructor(operation: string, ids: KnownIds, hints: IdHints, put: PutId | undefined) {
    this.#operation = operation;
    this.#ids = ids;
    this.#hints = hints;
    this.#put = put;
  }

  leadsToPut(path: string): boolean {
    const wanted = this.#put?.place.path;
    return wanted !== undefined && `${wanted}.`.startsWith(`${path}.`);
  }

  /** What has to be said beside an id for it to be looked at. */
  #comesAlong({ name }: Input): boolean {
    return this.#put !== undefined && (name === 'policyId' || name === 'deliveryId');
  }

  valueFor(input: { readonly name: string }, type: GraphQLInputType, path: string): unknown {
    if (isNonNullType(type)) return this.valueFor(input, type.ofType, path);
    if (isListType(type)) return this.#listOf(input, type.ofType, path);
    if (isEnumType(type)) {
      return type.getValues().find(({ name }) => name === 'MONITORING')?.name ?? type.getValues()[0]?.name;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const preferred = fields.filter(({ name }) => name === 'monitoring' || this.leadsToPut(`${path}.${name}`));
      const wanted = type.isOneOf
        ? [...preferred, ...fields].slice(0, 1)
        : fields.filter(
            (field) => isGiven(field) || this.#comesAlong(field) || this.leadsToPut(`${path}.${field.name}`),
          );
      return Object.fromEntries(
        wanted.map((field) => [field.name, this.valueFor(field, field.type, `${path}.${field.name}`)]),
      );
    }
    switch (type.name) {
      case 'ID':
        return this.#put?.place.path === path ? this.#put.id : this.#ownId(input.name);
      case 'Int':
      case 'Float':
        return 1;
      case 'Boolean':
        return true;
      case 'DateTime':
        return FAR_FUTURE;
      case 'Cursor':
        return '';
      default:
        return TEXTS[input.name] ?? 'something';
    }
  }

  #listOf(input: { readonly name: string }, type: GraphQLInputType, path: string): unknown[] {
    const value = this.valueFor(input, type, path);
    const { place, id } = this.#put ?? {};
    return place?.path === path && value === id ? [this.#ownId(input.name), id] : [value];
  }

  #ownId(name: string): string {
    const type = idTypeOf(name, this.#operation, this.#hints);
    return this.#ids[type] ?? newId(type);
  }
}

function idTypeOf(argument: string, operation: string, hints: IdHints): IdType {
  const hint = hints[`${operation}.${argument}`] ?? hints[operation];
  if (hint) return hint;
  const types = Object.keys(ID_PREFIXES).sort((a, b) => b.length - a.length) as IdType[];
  const name = argument === 'id' || argument === 'ids' ? operation : argument.replace(/Ids?$/, '');
  return types.find((type) => name.toLowerCase().endsWith(type.toLowerCase())) ?? 'Device';
}
