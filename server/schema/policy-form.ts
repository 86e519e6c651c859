import type { Service } from '../db/tables/roles.ts';
import { boundsInWords, unitLabel, unitLabelOfOne } from '../domain/policy-settings/bounds.ts';
import { settingsSchemaOf } from '../domain/policy-settings/services.ts';
import { type Options, type Setting, TEXT_MOST } from '../domain/policy-settings/setting.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { ServiceEnum } from './roles.ts';

interface NamedSetting {
  readonly name: string;
  readonly setting: Setting;
}

const SettingKind = describedEnum<Setting['kind']>('SettingKind', 'What a setting takes.', {
  NUMBER: 'A whole number, in a unit and within bounds.',
  BOOLEAN: 'Yes or no.',
  CHOICE: 'One of the options.',
  CHOICES: 'Any of the options, each once.',
  TEXT: 'A text of a certain format.',
  TEXTS: 'Several texts, each once.',
  LIST: 'Several entries, each with fields of its own.',
});

const SettingFormat = describedEnum<keyof typeof TEXT_MOST>('SettingFormat', 'What a text has to look like.', {
  LINE: 'Any single line.',
  PATH: 'An absolute path, or one that begins with `~/`.',
  PATTERN: 'A path or name in which `*` and `?` stand for other characters.',
  HTTP_URL: 'An address that begins with `http://` or `https://`.',
  TIME_OF_DAY: 'A time of day, `HH:MM`.',
});

type NamedOption = Options[string] & { readonly value: string };

const SettingOption = builder.objectRef<NamedOption>('SettingOption').implement({
  description: 'One of the options of a setting, told in the language of the account, else of the request.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value, as the API takes it.' }),
    label: t.string({
      description: 'What it is called.',
      resolve: ({ label }, _args, ctx) => label[ctx.request.language],
    }),
    description: t.string({
      description: 'What it means.',
      resolve: ({ description }, _args, ctx) => description[ctx.request.language],
    }),
  }),
});

const SettingForm = builder.objectRef<NamedSetting>('SettingForm');

SettingForm.implement({
  description: 'A setting, as a form asks for it, told in the language of the account, else of the request.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name in the API.' }),
    kind: t.field({ type: SettingKind, description: 'What it takes.', resolve: ({ setting }) => setting.kind }),
    label: t.string({
      description: 'What it is called, in a few words: `Processor load`.',
      resolve: ({ setting }, _args, ctx) => setting.label[ctx.request.language],
    }),
    description: t.string({
      description: 'What it does, in a sentence.',
      resolve: ({ setting }, _args, ctx) => setting.description[ctx.request.language],
    }),
    bounds: t.string({
      description: 'Its bounds and default in words: `1 to 100 %; default 90`.',
      resolve: ({ setting }, _args, ctx) => boundsInWords(setting, ctx.request.language),
    }),
    unit: t.string({
      nullable: true,
      description: 'The unit of a number, the same in every language; null otherwise.',
      resolve: ({ setting }) => (setting.kind === 'NUMBER' ? setting.unit : null),
    }),
    unitLabel: t.string({
      nullable: true,
      description: 'The unit as people say it, such as `seconds` for `s`; null where there is none.',
      resolve: ({ setting }, _args, ctx) =>
        setting.kind === 'NUMBER' ? unitLabel(setting.unit, ctx.request.language) : null,
    }),
    unitLabelOfOne: t.string({
      nullable: true,
      description: 'The unit as people say it after the number one, such as `second`; null where there is none.',
      resolve: ({ setting }, _args, ctx) =>
        setting.kind === 'NUMBER' ? unitLabelOfOne(setting.unit, ctx.request.language) : null,
    }),
    min: t.int({
      nullable: true,
      description: 'The least number, or the least entries; null where there is no such bound.',
      resolve: ({ setting }) => {
        if (setting.kind === 'NUMBER') return setting.min;
        return setting.kind === 'TEXTS' ? (setting.least ?? 0) : null;
      },
    }),
    max: t.int({
      nullable: true,
      description: 'The largest number, or the most entries; null where there is no such bound.',
      resolve: ({ setting }) => {
        if (setting.kind === 'NUMBER') return setting.max;
        return setting.kind === 'TEXTS' || setting.kind === 'LIST' ? setting.most : null;
      },
    }),
    format: t.field({
      type: SettingFormat,
      nullable: true,
      description: 'What texts have to look like; null where it takes none.',
      resolve: ({ setting }) => ('format' in setting ? setting.format : null),
    }),
    longest: t.int({
      nullable: true,
      description: 'The most characters of a text; null where it takes none.',
      resolve: ({ setting }) => ('format' in setting ? TEXT_MOST[setting.format] : null),
    }),
    options: t.field({
      type: [SettingOption],
      description: 'What there is to choose from; empty where it is no choice.',
      resolve: ({ setting }) =>
        'options' in setting
          ? Object.entries<Options[string]>(setting.options).map(([value, option]) => ({ value, ...option }))
          : [],
    }),
    fields: t.field({
      type: [SettingForm],
      description: 'What each entry of a list takes; empty where it is no list of entries.',
      resolve: ({ setting }) => (setting.kind === 'LIST' ? named(setting.fields) : []),
    }),
    default: t.string({
      nullable: true,
      description: 'What holds where nothing sets it, as JSON; null where it has to be given.',
      resolve: ({ setting }) => (setting.default === undefined ? null : JSON.stringify(setting.default)),
    }),
  }),
});

const named = (settings: Readonly<Record<string, Setting>>): NamedSetting[] =>
  Object.entries(settings).map(([name, setting]) => ({ name, setting }));

const PolicyForm = builder.objectRef<{ service: Service }>('PolicyForm').implement({
  description: 'All that a policy of a service can set, as a form asks for it.',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'The service.' }),
    settings: t.field({
      type: [SettingForm],
      description: 'Its settings, in the order of a form.',
      resolve: ({ service }) => named(settingsSchemaOf(service)),
    }),
  }),
});

builder.queryField('policySettings', (t) =>
  t.field({
    type: PolicyForm,
    description: 'What policies of a service can set: kinds, units, bounds and defaults (SVC-09). For everybody.',
    args: { service: t.arg({ type: ServiceEnum, required: true, description: 'The service.' }) },
    resolve: (_root, { service }) => ({ service }),
  }),
);
