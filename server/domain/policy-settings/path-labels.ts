import type { Language } from '../../db/tables/accounts.ts';
import type { Setting, SettingsSchema, Words } from './setting.ts';

/**
 * What a setting is called by its path from the outside in, positions counted from 1: `checks.2.timeoutSeconds` is
 * “Checks 3 › Longest answer”. A name that no setting has stands for itself.
 */
export function labelAt(schema: SettingsSchema, path: string): Words {
  return { en: inLanguage(schema, path, 'en'), fr: inLanguage(schema, path, 'fr') };
}

function inLanguage(schema: SettingsSchema, path: string, language: Language): string {
  let settings: Readonly<Record<string, Setting>> = schema;
  const names: string[] = [];
  for (const part of path.split('.')) {
    if (/^\d+$/.test(part)) {
      names.push(`${names.pop()} ${Number(part) + 1}`);
      continue;
    }
    const setting: Setting | undefined = Object.hasOwn(settings, part) ? settings[part] : undefined;
    names.push(setting?.label[language] ?? part);
    settings = setting?.kind === 'LIST' ? setting.fields : {};
  }
  return names.join(' › ');
}
