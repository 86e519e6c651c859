import type { PolicyFormQuery, Service, SettingFieldsFragment } from '../../../graphql/graphql.ts';

/** A setting, as the server describes it for forms. */
export type SettingForm = PolicyFormQuery['policySettings']['settings'][number];
/** A field of an entry of a list. */
export type FieldForm = SettingFieldsFragment;

/** What a policy sets; what is not in it is left open. */
export type Draft = Readonly<Record<string, unknown>>;

/** What is wrong with settings, by the path to each: `volumes.0.mount`. */
export type Problems = ReadonlyMap<string, string>;

/** In the order of the form: who reads a list of settings finds them as the form has them. */
export function draftOf(values: readonly { readonly setting: string; readonly value: string }[]): Draft {
  return Object.fromEntries(values.map(({ setting, value }) => [setting, JSON.parse(value) as unknown]));
}

const FIELDS = {
  MONITORING: 'monitoring',
  ASSET_MANAGEMENT: 'assetManagement',
  PATCH_MANAGEMENT: 'patchManagement',
  ENDPOINT_PROTECTION: 'endpointProtection',
  BACKUP: 'backup',
  WEB_MONITORING: 'webMonitoring',
} as const satisfies Readonly<Record<Service, string>>;

/** The settings as mutations take them: of exactly one service. */
export function settingsInput(service: Service, draft: Draft): { [field: string]: Draft } {
  return { [FIELDS[service]]: draft };
}

/** What holds where nothing sets it; what a field begins with. */
export function defaultOf({ default: json, kind }: FieldForm): unknown {
  if (json !== null) return JSON.parse(json);
  return kind === 'NUMBER' ? null : '';
}

/** An entry that was just added to a list. */
export function newEntry(fields: readonly FieldForm[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, defaultOf(field)]));
}

/** Bounds, which the server tells as a part of a sentence, as one of their own. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Settings that two drafts do not agree on. */
export function changed(form: readonly SettingForm[], before: Draft, after: Draft): SettingForm[] {
  return form.filter(({ name }) => !same(before[name], after[name]));
}

/** What somebody else has saved, with one's own changes on top. */
export function merged(form: readonly SettingForm[], base: Draft, theirs: Draft, mine: Draft): Draft {
  const own = new Set(changed(form, base, mine).map(({ name }) => name));
  return Object.fromEntries(
    form.flatMap(({ name }) => {
      const value = (own.has(name) ? mine : theirs)[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The largest whole number that the API takes (GraphQL's Int). */
const INT_MOST = 2_147_483_647;

/** Paths of numbers that the API could not even be asked about: nothing was typed, or far too much. */
export function noNumbers(form: readonly SettingForm[], draft: Draft): string[] {
  const unfit = (value: unknown): boolean => typeof value !== 'number' || Math.abs(value) > INT_MOST;
  return form.flatMap(({ name, kind, fields }) => {
    const value = draft[name];
    if (value === undefined) return [];
    if (kind === 'NUMBER') return unfit(value) ? [name] : [];
    if (kind !== 'LIST') return [];
    return (value as Draft[]).flatMap((entry, at) =>
      fields
        .filter((field) => field.kind === 'NUMBER' && unfit(entry[field.name]))
        .map((field) => `${name}.${at}.${field.name}`),
    );
  });
}
