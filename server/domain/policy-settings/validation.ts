import { UNFIT } from '../input.ts';
import { labelAt } from './path-labels.ts';
import {
  type EntrySetting,
  type Setting,
  type SettingsSchema,
  TEXT_MOST,
  type TextFormat,
  type Unit,
  type Words,
} from './setting.ts';

/** One setting that cannot be as it is given. */
export interface SettingProblem {
  /** From the outside in, with positions in lists: `checks.2.timeoutSeconds`. */
  readonly path: string;
  /** The same in words: “Checks 3 › Longest answer”. */
  readonly label: Words;
  readonly code:
    | 'REQUIRED'
    | 'OUT_OF_RANGE'
    | 'TOO_LONG'
    | 'TOO_MANY'
    | 'INVALID_CHARACTERS'
    | 'INVALID_PATH'
    | 'INVALID_URL'
    | 'INVALID_TIME_OF_DAY'
    | 'DUPLICATE'
    | 'UNKNOWN_SETTING';
  readonly min: number | null;
  /** The bound that was not kept: a number in the setting's unit, characters, or entries. */
  readonly limit: number | null;
  readonly unit: Unit | null;
}

export interface Checked {
  /** Only what is set, in the form that is kept: texts trimmed, entries with all their fields. */
  readonly values: Record<string, unknown>;
  /** All that is wrong, in the order of the schema. */
  readonly problems: readonly SettingProblem[];
}

/** Judges all settings of a policy; null and absent ones are left open. */
export function checkSettings(schema: SettingsSchema, given: Readonly<Record<string, unknown>>): Checked {
  const check = new Check(schema);
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(schema)) {
    const value = own(given, name);
    if (value !== undefined && value !== null) values[name] = check.valueOf(setting, value, name);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) check.problem(name, 'UNKNOWN_SETTING');
  }
  return { values, problems: check.problems };
}

class Check {
  readonly problems: SettingProblem[] = [];
  readonly #schema: SettingsSchema;

  constructor(schema: SettingsSchema) {
    this.#schema = schema;
  }

  problem(path: string, code: SettingProblem['code'], bound: Partial<SettingProblem> = {}): void {
    const label = labelAt(this.#schema, path);
    this.problems.push({ path, label, code, min: null, limit: null, unit: null, ...bound });
  }

  valueOf(setting: Setting, value: unknown, path: string): unknown {
    switch (setting.kind) {
      case 'NUMBER': {
        const { min, max, unit } = setting;
        const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
        if (!fits) this.problem(path, 'OUT_OF_RANGE', { min, limit: max, unit });
        return value;
      }
      case 'BOOLEAN':
        if (typeof value !== 'boolean') this.problem(path, 'REQUIRED');
        return value;
      case 'CHOICE':
        if (typeof value !== 'string' || !Object.hasOwn(setting.options, value)) this.problem(path, 'OUT_OF_RANGE');
        return value;
      case 'CHOICES': {
        const chosen = new Set(listOf(value));
        for (const choice of chosen) {
          if (!Object.hasOwn(setting.options, String(choice))) this.problem(path, 'OUT_OF_RANGE');
        }
        // Always in the order of the options, so that equal choices are equal.
        return Object.keys(setting.options).filter((option) => chosen.has(option));
      }
      case 'TEXT':
        return this.text(value, setting.format, path, setting.default === '');
      case 'TEXTS': {
        const texts = listOf(value);
        if (texts.length < (setting.least ?? 0)) this.problem(path, 'REQUIRED');
        if (!this.#count(texts, setting.most, path)) return [];
        const kept = texts.map((text, at) => this.text(text, setting.format, `${path}.${at}`, false));
        this.#distinct(kept, (at) => `${path}.${at}`);
        return kept;
      }
      case 'LIST': {
        const entries = listOf(value);
        if (!this.#count(entries, setting.most, path)) return [];
        const kept = entries.map((entry, at) => this.#entry(setting.fields, entry, `${path}.${at}`));
        const { unique } = setting;
        if (unique) {
          const keys = kept.map((entry) => String(entry[unique] ?? '').toLowerCase());
          this.#distinct(keys, (at) => `${path}.${at}.${unique}`);
        }
        return kept;
      }
    }
  }

  #entry(fields: Readonly<Record<string, EntrySetting>>, entry: unknown, path: string): Record<string, unknown> {
    const given = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      Object.entries(fields).map(([name, setting]) => {
        const value = own(given, name) ?? setting.default;
        if (value === undefined) {
          this.problem(`${path}.${name}`, 'REQUIRED');
          return [name, null];
        }
        return [name, this.valueOf(setting, value, `${path}.${name}`)];
      }),
    );
  }

  text(value: unknown, format: TextFormat, path: string, mayBeEmpty: boolean): string {
    const text = typeof value === 'string' ? value.normalize('NFC').trim() : '';
    if (text === '') {
      if (!mayBeEmpty) this.problem(path, 'REQUIRED');
      return text;
    }
    if (UNFIT.test(text)) this.problem(path, 'INVALID_CHARACTERS');
    else if ([...text].length > TEXT_MOST[format]) this.problem(path, 'TOO_LONG', { limit: TEXT_MOST[format] });
    else if (format === 'PATH' && !ABSOLUTE.test(text)) this.problem(path, 'INVALID_PATH');
    else if (format === 'TIME_OF_DAY' && !TIME_OF_DAY.test(text)) this.problem(path, 'INVALID_TIME_OF_DAY');
    else if (format === 'HTTP_URL' && !isHttpUrl(text)) this.problem(path, 'INVALID_URL');
    return text;
  }

  #count(values: readonly unknown[], most: number, path: string): boolean {
    if (values.length > most) this.problem(path, 'TOO_MANY', { limit: most });
    return values.length <= most;
  }

  #distinct(keys: readonly string[], pathAt: (at: number) => string): void {
    keys.forEach((key, at) => {
      if (key !== '' && keys.indexOf(key) < at) this.problem(pathAt(at), 'DUPLICATE');
    });
  }
}

/** `/…`, `~/…`, `C:\…`, `C:/…`, `\\server\share`. */
const ABSOLUTE = /^(?:\/|~(?:\/|\\|$)|[A-Za-z]:[\\/]|\\\\)/;
const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:\/\//i.test(text) && url.username === '' && url.password === '';
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
