import type { Language } from '../../db/tables/accounts.ts';

/**
 * What a policy can set, told once for each service: validation, defaults, GraphQL types, differences and forms all
 * come from these. Kept apart from validation libraries because bounds and units have to be read back from it, for the
 * schema's descriptions and for forms.
 */

/** What a number counts; `%` and `MiB` as people write them. */
export type Unit = '%' | 's' | 'min' | 'h' | 'days' | 'MiB' | 'copies' | 'attempts' | 'HTTP status';

/** What a text has to look like. PATTERN is a path in which `*` and `?` stand for others. */
export type TextFormat = 'LINE' | 'PATH' | 'PATTERN' | 'HTTP_URL' | 'TIME_OF_DAY';

/** The same in both languages (API-08). */
export type Words = Readonly<Record<Language, string>>;

interface Described {
  /** What it is called in forms: a few words. */
  readonly label: Words;
  /** What it does, for the schema and for forms: a sentence, without its bounds. */
  readonly description: Words;
}

/** What can be chosen, by the value that the API takes. */
export type Options = Readonly<Record<string, Described>>;

/** A whole number from `min` to `max`. */
export interface NumberSetting extends Described {
  readonly kind: 'NUMBER';
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

export interface BooleanSetting extends Described {
  readonly kind: 'BOOLEAN';
  readonly default: boolean;
}

/** One of several. */
export interface ChoiceSetting extends Described {
  readonly kind: 'CHOICE';
  /** The name of its GraphQL enum. */
  readonly type: string;
  readonly options: Options;
  readonly default: string;
}

/** Any of several, each once. */
export interface ChoicesSetting extends Described {
  readonly kind: 'CHOICES';
  readonly type: string;
  readonly options: Options;
  readonly default: readonly string[];
}

export interface TextSetting extends Described {
  readonly kind: 'TEXT';
  readonly format: TextFormat;
  /** Absent: it has to be given (in entries of a list only). */
  readonly default?: string;
}

/** Several texts, each once. */
export interface TextsSetting extends Described {
  readonly kind: 'TEXTS';
  readonly format: TextFormat;
  readonly least?: number;
  readonly most: number;
  readonly default: readonly string[];
}

/** Several entries, each with fields of its own. */
export interface ListSetting extends Described {
  readonly kind: 'LIST';
  /** The name of an entry's GraphQL type. */
  readonly type: string;
  readonly most: number;
  readonly fields: Readonly<Record<string, EntrySetting>>;
  /** The field by which entries are told apart, case ignored. */
  readonly unique?: string;
  readonly default: readonly never[];
}

export type EntrySetting = NumberSetting | BooleanSetting | ChoiceSetting | ChoicesSetting | TextSetting | TextsSetting;
export type Setting = EntrySetting | ListSetting;
export type SettingsSchema = Readonly<Record<string, Setting>>;

/** Longest texts, in characters (Unicode code points). PATH: Linux' PATH_MAX; HTTP_URL: what every browser takes. */
export const TEXT_MOST: Readonly<Record<TextFormat, number>> = {
  LINE: 200,
  PATH: 4096,
  PATTERN: 4096,
  HTTP_URL: 2048,
  TIME_OF_DAY: 5,
};

type ValueOf<S> = S extends { kind: 'NUMBER' }
  ? number
  : S extends { kind: 'BOOLEAN' }
    ? boolean
    : S extends { kind: 'CHOICE'; options: infer O }
      ? keyof O & string
      : S extends { kind: 'CHOICES'; options: infer O }
        ? readonly (keyof O & string)[]
        : S extends { kind: 'TEXT' }
          ? string
          : S extends { kind: 'TEXTS' }
            ? readonly string[]
            : S extends { kind: 'LIST'; fields: infer F }
              ? readonly ValuesOf<F>[]
              : never;

/** The values of all settings of a schema. */
export type ValuesOf<Schema> = { readonly [Name in keyof Schema]: ValueOf<Schema[Name]> };

/** The values that hold where no policy sets anything. */
export function defaultsOf<Schema extends SettingsSchema>(schema: Schema): ValuesOf<Schema> {
  const entries = Object.entries(schema).map(([name, setting]) => [name, setting.default]);
  return Object.fromEntries(entries) as ValuesOf<Schema>;
}
