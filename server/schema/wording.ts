import type { Language } from '../db/tables/accounts.ts';
import type { RefusalDetails } from '../domain/refusals.ts';
import { SERVICE_NAMES } from '../domain/service-names.ts';

/** What a message is made with. */
export type Details = RefusalDetails;
type Sentence = (details: Details) => string;

/** One sentence for each code, in both languages; TypeScript sees to it that none is missing. */
export type Catalogue<Code extends string> = Readonly<Record<Code, Readonly<Record<Language, string | Sentence>>>>;

export const list = (value: Details[string] | undefined): string =>
  Array.isArray(value) ? value.join(', ') : String(value ?? '');
/** The names of settings that are wrong, or undefined where none are told. */
export const pathsOf = (value: Details[string] | undefined): string | undefined =>
  Array.isArray(value) ? value.map((each) => (typeof each === 'object' ? each.path : each)).join(', ') : undefined;
export const given = (
  value: Details[string] | undefined,
  sentence: (text: string) => string,
  otherwise: string,
): string => (value === undefined || value === null ? otherwise : sentence(list(value)));

export const SIDES_FR: Readonly<Record<string, string>> = { INVITER: 'qui invite', RECIPIENT: 'invité' };
export const SIDES_EN: Readonly<Record<string, string>> = { INVITER: 'inviting', RECIPIENT: 'invited' };

/** Words that the domain names things by, as people read them. */
const NAMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  account: { en: 'people who are signed in', fr: 'personnes connectées' },
  anonymous: { en: 'visitors who are not signed in', fr: 'visiteurs non connectés' },
  device: { en: 'devices', fr: 'appareils' },
  operator: { en: 'the operator', fr: 'l’exploitant' },
  session: { en: 'a sign-in by password, not by token', fr: 'une connexion par mot de passe, non par jeton' },
  system: { en: 'the server itself', fr: 'le serveur lui-même' },
  owner: { en: 'the owner', fr: 'le propriétaire' },
  COMPANY_ADMINISTRATOR: { en: 'company administrators', fr: 'administrateurs de l’entreprise' },
  'the account that the backup is assigned to': {
    en: 'the account that the backup is assigned to',
    fr: 'le compte auquel la sauvegarde est attribuée',
  },
  'company administrators': { en: 'company administrators', fr: 'administrateurs de l’entreprise' },
  'members of a company': { en: 'members of a company', fr: 'membres d’une entreprise' },
  INVITER: { en: 'inviting', fr: 'qui invite' },
  RECIPIENT: { en: 'invited', fr: 'invité' },
  HOST: { en: 'host', fr: 'de l’hôte' },
  GUEST: { en: 'guest', fr: 'de l’invité' },
  ACCEPTED: { en: 'it was accepted', fr: 'acceptée' },
  REJECTED: { en: 'it was rejected', fr: 'rejetée' },
  CANCELLED: { en: 'it was cancelled', fr: 'annulée' },
  EXPIRED: { en: 'it has expired', fr: 'expirée' },
  DISMISSED: { en: 'it was dismissed', fr: 'écartée' },
  WITHDRAWN: { en: 'it was withdrawn', fr: 'retirée' },
  GRANTED: { en: 'it was granted', fr: 'accordée' },
  REFUSED: { en: 'it was refused', fr: 'refusée' },
  LAPSED: { en: 'the session has ended', fr: 'la session est terminée' },
  MANAGE_POLICIES: { en: 'manage policies', fr: 'gérer les stratégies' },
  ASSIGN_POLICIES: { en: 'assign policies', fr: 'attribuer les stratégies' },
  HANDLE_ALL_ALERTS: { en: 'handle all alerts', fr: 'traiter toutes les alertes' },
  HANDLE_OWN_ALERTS: { en: 'handle own alerts', fr: 'traiter ses propres alertes' },
  ...SERVICE_NAMES,
};

/** Names of the domain, as people read them. */
export function named(language: Language, names: string): string {
  return names
    .split(', ')
    .map((name) => NAMES[name]?.[language] ?? name)
    .join(', ');
}
