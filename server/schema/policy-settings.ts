import type { EnumRef, InputObjectRef } from '@pothos/core';
import type { Service } from '../db/tables/roles.ts';
import type { GivenSettings } from '../domain/policies.ts';
import { boundsOf } from '../domain/policy-settings/bounds.ts';
import { POLICY_SETTINGS } from '../domain/policy-settings/services.ts';
import type { EntrySetting, Options, Setting } from '../domain/policy-settings/setting.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';

/** The GraphQL types of settings, made of what `domain/policy-settings` says, so that none can differ from it. */

type SchemaTypes = typeof builder.$inferSchemaTypes;
type Values = Readonly<Record<string, unknown>>;
type OutputRef = ReturnType<typeof builder.objectRef<Values>>;
type InputRef = InputObjectRef<SchemaTypes, Values>;
type OutputFields = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Values>;
type InputFields = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;

/** Types that more than one service uses, such as Weekday, are made once. */
const enums = new Map<string, EnumRef<SchemaTypes, string>>();
const entries = new Map<string, { output: OutputRef; input: InputRef }>();

function enumOf({ type, options }: { type: string; options: Options }) {
  const known = enums.get(type);
  if (known) return known;
  const values = Object.entries(options).map(([value, { description }]) => [value, description.en]);
  const description = `${spaced(type)}: one of the choices in the settings of a policy.`;
  const made = describedEnum<string>(type, description, Object.fromEntries(values));
  enums.set(type, made as EnumRef<SchemaTypes, string>);
  return made as EnumRef<SchemaTypes, string>;
}

const spaced = (name: string): string =>
  name.charAt(0) +
  name
    .slice(1)
    .replace(/[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();

const describe = (setting: Setting): string => `${setting.description.en} ${capital(boundsOf(setting))}.`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function entryOf(setting: Extract<Setting, { kind: 'LIST' }>) {
  const known = entries.get(setting.type);
  if (known) return known;
  const output = builder.objectRef<Values>(setting.type);
  output.implement({
    description: `An entry of a list in the settings of a policy: ${setting.description.en}`,
    fields: (t) => outputFields(t as OutputFields, setting.fields, false) as never,
  });
  const input = builder.inputType(`${setting.type}Input`, {
    description: `An entry of a list in the settings of a policy: ${setting.description.en}`,
    fields: (t) => inputFields(t as InputFields, setting.fields, true) as never,
  }) as unknown as InputRef;
  const made = { output, input };
  entries.set(setting.type, made);
  return made;
}

function outputFields(t: OutputFields, settings: Readonly<Record<string, Setting>>, nullable: boolean) {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => {
      const open = nullable ? ' Null: left open.' : '';
      const options = {
        nullable,
        description: `${describe(setting)}${open}`,
        resolve: (values: Values) => values[name] ?? null,
      };
      return [name, t.field({ ...options, type: outputType(setting) } as never)];
    }),
  );
}

function outputType(setting: Setting): unknown {
  switch (setting.kind) {
    case 'NUMBER':
      return 'Int';
    case 'BOOLEAN':
      return 'Boolean';
    case 'CHOICE':
      return enumOf(setting);
    case 'CHOICES':
      return [enumOf(setting)];
    case 'TEXT':
      return 'String';
    case 'TEXTS':
      return ['String'];
    case 'LIST':
      return [entryOf(setting).output];
  }
}

function inputFields(t: InputFields, settings: Readonly<Record<string, Setting>>, entry: boolean) {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => {
      const required = entry && (setting as EntrySetting).default === undefined;
      const absent = required ? '' : entry ? ' Absent or null: the default.' : ' Absent or null: left open.';
      const type = setting.kind === 'LIST' ? [entryOf(setting).input] : outputType(setting);
      return [name, t.field({ type, required, description: `${describe(setting)}${absent}` } as never)];
    }),
  );
}

const NAMES: Readonly<Record<Service, { readonly type: string; readonly field: string; readonly words: string }>> = {
  MONITORING: { type: 'Monitoring', field: 'monitoring', words: 'Monitoring' },
  ASSET_MANAGEMENT: { type: 'AssetManagement', field: 'assetManagement', words: 'Asset management' },
  PATCH_MANAGEMENT: { type: 'PatchManagement', field: 'patchManagement', words: 'Patch management' },
  ENDPOINT_PROTECTION: { type: 'EndpointProtection', field: 'endpointProtection', words: 'Endpoint protection' },
  BACKUP: { type: 'Backup', field: 'backup', words: 'Backup' },
  WEB_MONITORING: { type: 'WebMonitoring', field: 'webMonitoring', words: 'Web monitoring' },
};

const services = Object.keys(POLICY_SETTINGS) as Service[];

const outputs = services.map((service) => {
  const { type, words } = NAMES[service];
  const ref = builder.objectRef<Values>(`${type}Settings`);
  ref.implement({
    description: `Settings of ${words}. In a policy, null is what it leaves open; of what holds on a device, none is null.`,
    fields: (t) => outputFields(t as OutputFields, POLICY_SETTINGS[service], true) as never,
  });
  return ref;
});

/** What a union's member cannot tell by itself: of which service these values are. */
const serviceOfValues = new WeakMap<object, Service>();

/** The values as a member of `PolicySettings`. */
export function settingsValue(service: Service, values: Values): Values {
  const own = { ...values };
  serviceOfValues.set(own, service);
  return own;
}

export const PolicySettings = builder.unionType('PolicySettings', {
  description: 'The settings of a policy, or what holds on a device: each service has its own (SVC-09).',
  types: outputs,
  resolveType: (values: Values) => {
    const service = serviceOfValues.get(values);
    return service && `${NAMES[service].type}Settings`;
  },
});

export const PolicySettingsInput = builder.inputType('PolicySettingsInput', {
  description: 'The settings of a policy: exactly one of these, which is the service that the policy is of.',
  isOneOf: true,
  fields: (t) =>
    Object.fromEntries(
      services.map((service) => {
        const { type, field, words } = NAMES[service];
        const input = builder.inputType(`${type}SettingsInput`, {
          description: `Settings of ${words}. What is absent or null is left open: a wider layer or the default decides.`,
          fields: (inner) => inputFields(inner as InputFields, POLICY_SETTINGS[service], false) as never,
        });
        return [field, t.field({ type: input, required: false, description: `A policy of ${words}.` })];
      }),
    ) as never,
});

const SERVICE_OF_FIELD = new Map(services.map((service) => [NAMES[service].field, service]));

/** What came in as `PolicySettingsInput`; GraphQL has seen to it that it is exactly one. */
export function givenSettings(input: object): GivenSettings {
  const [[field, values] = []] = Object.entries(input);
  const service = SERVICE_OF_FIELD.get(field ?? '');
  if (!service) throw new Error('settings of no service');
  return { service, values: { ...(values as Values) } };
}
