import type { Service } from '../../db/tables/roles.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { Refusal } from '../refusals.ts';
import { ASSET_MANAGEMENT } from './asset-management.ts';
import { BACKUP } from './backup.ts';
import { ENDPOINT_PROTECTION } from './endpoint-protection.ts';
import { MONITORING } from './monitoring.ts';
import { PATCH_MANAGEMENT } from './patch-management.ts';
import type { SettingsSchema, ValuesOf } from './setting.ts';
import { checkSettings } from './validation.ts';
import { WEB_MONITORING } from './web-monitoring.ts';

/** What the policies of each service can set (SVC-09). */
export const POLICY_SETTINGS = {
  MONITORING,
  ASSET_MANAGEMENT,
  PATCH_MANAGEMENT,
  ENDPOINT_PROTECTION,
  BACKUP,
  WEB_MONITORING,
} as const satisfies Readonly<Record<Service, SettingsSchema>>;

/** All settings of a service with their values, as they are in force on a device. */
export type SettingsOf<S extends Service> = ValuesOf<(typeof POLICY_SETTINGS)[S]>;

/** What a policy sets; what it does not name is left open. */
export type OpenSettings = Readonly<Record<string, unknown>>;

export function settingsSchemaOf(service: Service): SettingsSchema {
  return POLICY_SETTINGS[service];
}

/**
 * The settings in the form that is kept.
 * @throws Refusal SettingsRefused SETTINGS_INVALID, with every setting that is wrong.
 */
export function settingsOf(service: Service, given: OpenSettings): OpenSettings {
  const { values, problems } = checkSettings(settingsSchemaOf(service), given);
  if (problems.length > 0) throw new Refusal('SettingsRefused', 'SETTINGS_INVALID', ['settings'], { problems });
  return values;
}

/** One setting that is another in one version than in another; undefined: left open. */
export interface SettingDifference {
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs, in the order of the schema. */
export function settingDifferences(service: Service, before: OpenSettings, after: OpenSettings): SettingDifference[] {
  return Object.keys(settingsSchemaOf(service))
    .filter((name) => canonicalJson([before[name] ?? null]) !== canonicalJson([after[name] ?? null]))
    .map((setting) => ({ setting, before: before[setting], after: after[setting] }));
}
