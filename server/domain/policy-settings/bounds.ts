import type { Language } from '../../db/tables/accounts.ts';
import { type Setting, TEXT_MOST, type TextFormat, type Unit, type Words } from './setting.ts';

/** Units as people say them. */
const UNITS: Readonly<Record<Unit, Words>> = {
  '%': { en: '%', fr: '%' },
  s: { en: 'seconds', fr: 'secondes' },
  min: { en: 'minutes', fr: 'minutes' },
  h: { en: 'hours', fr: 'heures' },
  days: { en: 'days', fr: 'jours' },
  MiB: { en: 'MiB', fr: 'Mio' },
  copies: { en: 'snapshots', fr: 'instantanés' },
  attempts: { en: 'attempts', fr: 'tentatives' },
  'HTTP status': { en: 'HTTP status', fr: 'code HTTP' },
};

/** A unit in words, such as `seconds` for `s`. */
export function unitLabel(unit: Unit, language: Language): string {
  return UNITS[unit][language];
}

/** The word after the number one: `second`. Each plural above is its singular with an `s`. */
export function unitLabelOfOne(unit: Unit, language: Language): string {
  return unit === 'HTTP status' ? UNITS[unit][language] : UNITS[unit][language].replace(/s$/, '');
}

const FORMATS: Readonly<Record<TextFormat, Words>> = {
  LINE: { en: `one line, at most ${TEXT_MOST.LINE} characters`, fr: `une ligne, ${TEXT_MOST.LINE} caractères au plus` },
  PATH: {
    en: 'an absolute path (/…, C:\\…), or one in the users’ folders (~/…)',
    fr: 'un chemin absolu (/…, C:\\…), ou dans les dossiers des utilisateurs (~/…)',
  },
  PATTERN: {
    en: 'a path or a name, * and ? stand for other characters',
    fr: 'un chemin ou un nom, * et ? remplacent d’autres caractères',
  },
  HTTP_URL: {
    en: 'an address that begins with http:// or https://, without credentials',
    fr: 'une adresse commençant par http:// ou https://, sans identifiants',
  },
  TIME_OF_DAY: {
    en: 'HH:MM, in the device’s own time zone',
    fr: 'HH:MM, dans le fuseau horaire de l’appareil',
  },
};

/** How values of the API are named to whoever reads: options, fields of entries, yes and no, units. */
interface Names {
  readonly value: (setting: Setting, value: unknown) => string;
  readonly field: (setting: Extract<Setting, { kind: 'LIST' }>, name: string) => string;
  readonly unit: (unit: Unit) => string;
}

/** A setting's bounds and default in the schema, where values go by the names that the API takes. */
export function boundsOf(setting: Setting): string {
  return sentence(setting, 'en', {
    value: (_setting, value) => String(value),
    field: (_setting, name) => `\`${name}\``,
    unit: (unit) => ` (${unit})`,
  });
}

/** A setting's bounds and default for people, such as `1 to 100 %; default 90`. */
export function boundsInWords(setting: Setting, language: Language): string {
  return sentence(setting, language, {
    value: (of, value) => {
      if (typeof value === 'boolean') return YES_NO[String(value) as 'true'][language];
      return ('options' in of && of.options[String(value)]?.label[language]) || String(value);
    },
    field: ({ fields }, name) => fields[name]?.label[language] ?? name,
    // A status is no amount of anything.
    unit: (unit) => (unit === 'HTTP status' ? '' : ` ${unitLabel(unit, language)}`),
  });
}

const YES_NO = { true: { en: 'yes', fr: 'oui' }, false: { en: 'no', fr: 'non' } } as const;

/** The words that bounds are put together from; what stands before and after a value differs between languages. */
const WORDS = {
  en: {
    range: (min: number, max: number) => `${min} to ${max}`,
    most: (max: number) => `at most ${max}`,
    once: 'each once',
    uniqueBy: (field: string) => `each ${field} once`,
    required: 'required',
    byDefault: (value: string) => `default ${value}`,
    quoted: (text: string) => `“${text}”`,
    none: 'none',
    colon: ': ',
    semicolon: '; ',
  },
  fr: {
    range: (min: number, max: number) => `de ${min} à ${max}`,
    most: (max: number) => `${max} au plus`,
    once: 'sans doublon',
    uniqueBy: (field: string) => `sans doublon (${field})`,
    required: 'obligatoire',
    byDefault: (value: string) => `par défaut : ${value}`,
    quoted: (text: string) => `« ${text} »`,
    none: 'rien',
    colon: ' : ',
    semicolon: ' ; ',
  },
} as const;

function sentence(setting: Setting, language: Language, names: Names): string {
  const words = WORDS[language];
  const value = (one: unknown): string => names.value(setting, one);
  const all = (values: readonly unknown[]): string => values.map(value).join(', ') || words.none;
  const put = (bounds: string | null, byDefault: string): string =>
    [bounds, words.byDefault(byDefault)].filter((part) => part !== null).join(words.semicolon);
  switch (setting.kind) {
    case 'NUMBER':
      return put(`${words.range(setting.min, setting.max)}${names.unit(setting.unit)}`, value(setting.default));
    case 'BOOLEAN':
    case 'CHOICE':
      return put(null, value(setting.default));
    case 'CHOICES':
      return put(words.once, all(setting.default));
    case 'TEXT': {
      const format = FORMATS[setting.format][language];
      if (setting.default === undefined) return `${format}${words.semicolon}${words.required}`;
      return put(format, setting.default === '' ? words.none : words.quoted(setting.default));
    }
    case 'TEXTS': {
      const count = setting.least ? words.range(setting.least, setting.most) : words.most(setting.most);
      return put(`${count}, ${words.once}${words.colon}${FORMATS[setting.format][language]}`, all(setting.default));
    }
    case 'LIST': {
      const unique = setting.unique ? `, ${words.uniqueBy(names.field(setting, setting.unique))}` : '';
      return put(`${words.most(setting.most)}${unique}`, words.none);
    }
  }
}
