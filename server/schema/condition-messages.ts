import type { Language } from '../db/tables/accounts.ts';
import type { Condition } from '../domain/activation-conditions.ts';

/** What people read of each condition that is not met (PRE-05), in both languages (API-08). */
const CONDITION_MESSAGES: Readonly<Record<Condition | 'NOT_ACTIVE', Readonly<Record<Language, string>>>> = {
  DEVICE_UNKNOWN: {
    en: 'There is no such device that you may see.',
    fr: 'Aucun appareil visible pour vous ne correspond.',
  },
  NOT_MANAGED: {
    en: 'The company does not manage this device: it has to redeem an enrolment code first.',
    fr: 'L’entreprise ne gère pas cet appareil : il doit d’abord utiliser un code d’inscription.',
  },
  CLIENT_KIND: {
    en: 'The device runs a quick-support module; this takes the host or the full client.',
    fr: 'L’appareil exécute un module d’assistance rapide ; il faut l’hôte ou le client complet.',
  },
  NO_PERMISSION: {
    en: 'None of your roles lets you assign this service’s policies.',
    fr: 'Aucun de vos rôles ne permet d’attribuer les stratégies de ce service.',
  },
  BACKUP_NOT_ASSIGNED: {
    en: 'Only the account that the device is assigned to may put Backup on it, signed in by itself.',
    fr: 'Seul le compte auquel l’appareil est attribué peut y installer la sauvegarde, en se connectant lui-même.',
  },
  NO_LICENCE: {
    en: 'The company has no activated licence for this service.',
    fr: 'L’entreprise n’a aucune licence activée pour ce service.',
  },
  LICENCE_SUSPENDED: { en: 'The licence is suspended.', fr: 'La licence est suspendue.' },
  LICENCE_EXPIRED: { en: 'The term of the licence is over.', fr: 'La licence est arrivée à son terme.' },
  NO_SEAT: { en: 'No seat of the licence is free.', fr: 'La licence n’a plus de place libre.' },
  ALREADY_ACTIVE: {
    en: 'The service is on this device already, or about to be.',
    fr: 'Le service est déjà sur cet appareil, ou sur le point de l’être.',
  },
  POLICY_OF_OTHER_SERVICE: {
    en: 'The policy belongs to another service.',
    fr: 'La stratégie appartient à un autre service.',
  },
  NOT_ACTIVE: { en: 'The service is not on this device.', fr: 'Le service n’est pas sur cet appareil.' },
};

export function conditionMessage(language: Language, condition: Condition | 'NOT_ACTIVE'): string {
  return CONDITION_MESSAGES[condition][language];
}
