import type { Language } from '../db/tables/accounts.ts';
import type { BuiltInRole } from '../db/tables/roles.ts';

const ROLE_NAMES: Readonly<Record<BuiltInRole, Readonly<Record<Language, string>>>> = {
  COMPANY_ADMINISTRATOR: { en: 'Company administrator', fr: 'Administrateur de l’entreprise' },
  USER: { en: 'User', fr: 'Utilisateur' },
};

/** What a built-in role is called. */
export function roleName(language: Language, builtIn: BuiltInRole): string {
  return ROLE_NAMES[builtIn][language];
}
