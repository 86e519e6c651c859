import type { Platform } from '../config.ts';
import type { Language } from '../db/tables/accounts.ts';
import type { SessionPermission } from '../db/tables/permission-profiles.ts';
import type { ActivationState } from '../db/tables/service-activations.ts';
import type { RefusalDetails } from '../domain/refusals.ts';
import { SERVICE_NAMES } from '../domain/service-names.ts';

/** What a message is made with. */
export type Details = RefusalDetails;
type Sentence = (details: Details) => string;

/** One sentence for each code, in both languages; TypeScript sees to it that none is missing. */
export type Catalogue<Code extends string> = Readonly<Record<Code, Readonly<Record<Language, string | Sentence>>>>;

export const list = (value: Details[string] | undefined): string =>
  Array.isArray(value) ? value.join(', ') : String(value ?? '');
/** The settings that are wrong as people call them, or undefined where none are told. */
export const labelsOf = (language: Language, value: Details[string] | undefined): string | undefined =>
  Array.isArray(value)
    ? value.map((each) => (typeof each === 'object' ? each.label[language] : each)).join(', ')
    : undefined;

export const given = (
  value: Details[string] | undefined,
  sentence: (text: string) => string,
  otherwise: string,
): string => (value === undefined || value === null ? otherwise : sentence(list(value)));

type Names<Name extends string> = Readonly<Record<Name, Readonly<Record<Language, string>>>>;

const PLATFORMS: Names<Platform> = {
  WINDOWS: { en: 'Windows', fr: 'Windows' },
  MACOS: { en: 'macOS', fr: 'macOS' },
  LINUX: { en: 'Linux', fr: 'Linux' },
  ANDROID: { en: 'Android', fr: 'Android' },
  IOS: { en: 'iOS', fr: 'iOS' },
  OTHER: { en: 'another platform', fr: 'une autre plateforme' },
};

const SESSION_PERMISSIONS: Names<SessionPermission> = {
  AUDIO: { en: 'sound', fr: 'son' },
  INPUT: { en: 'keyboard and mouse', fr: 'clavier et souris' },
  CLIPBOARD: { en: 'clipboard', fr: 'presse-papiers' },
  CLIPBOARD_FILES: { en: 'files in the clipboard', fr: 'fichiers du presse-papiers' },
  BLOCK_INPUT: { en: 'blocking of local input', fr: 'blocage des saisies locales' },
  RESTART: { en: 'restart', fr: 'redémarrage' },
  FILE_MANAGER: { en: 'file manager', fr: 'gestionnaire de fichiers' },
  LOCK_ON_END: { en: 'lock at the end', fr: 'verrouillage à la fin' },
  SYSTEM_INFO: { en: 'system information', fr: 'informations système' },
  PRINT: { en: 'print', fr: 'impression' },
  WHITEBOARD: { en: 'whiteboard', fr: 'tableau blanc' },
  TCP_TUNNEL: { en: 'TCP tunnel', fr: 'tunnel TCP' },
  PRIVACY_MODE: { en: 'privacy mode', fr: 'mode confidentiel' },
  USER_POINTER: { en: 'pointer of the guest', fr: 'pointeur de l’invité' },
  RECORD_SESSION: { en: 'recording', fr: 'enregistrement' },
  SEND_CTRL_ALT_DEL: { en: 'Ctrl+Alt+Del', fr: 'Ctrl+Alt+Suppr' },
  VPN: { en: 'virtual private network', fr: 'réseau privé virtuel' },
};

const SERVICE_STATES: Names<ActivationState> = {
  PENDING: { en: 'pending', fr: 'en attente' },
  INSTALLING: { en: 'being installed', fr: 'en cours d’installation' },
  ACTIVE: { en: 'active', fr: 'actif' },
  FAILED: { en: 'failed', fr: 'échoué' },
  DEACTIVATED: { en: 'deactivated', fr: 'désactivé' },
  RETIRED: { en: 'retired', fr: 'retiré' },
};

/** Words that the domain names things by, as people read them. */
const NAMES: Names<string> = {
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
  tokens: { en: 'tokens', fr: 'jetons' },
  levels: { en: 'levels', fr: 'niveaux' },
  'fields in one selection': { en: 'fields in one selection', fr: 'champs dans une sélection' },
  'points of cost': { en: 'points of cost', fr: 'points de coût' },
  'entries of one list': { en: 'entries of one list', fr: 'éléments d’une liste' },
  ...SERVICE_NAMES,
  ...PLATFORMS,
  ...SESSION_PERMISSIONS,
  ...SERVICE_STATES,
};

/** Names of the domain, as people read them. */
export function named(language: Language, names: string): string {
  return names
    .split(', ')
    .map((name) => NAMES[name]?.[language] ?? name)
    .join(', ');
}
