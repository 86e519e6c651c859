import type { Language } from '../db/tables/accounts.ts';
import { unitLabel } from '../domain/policy-settings/bounds.ts';
import type { Unit } from '../domain/policy-settings/setting.ts';
import type { SettingProblem } from '../domain/policy-settings/validation.ts';

type Sentence = (problem: SettingProblem) => string;

/** What people read of each setting that is wrong (SVC-09), in both languages (API-08). */
const SETTING_PROBLEM_MESSAGES: Readonly<
  Record<SettingProblem['code'], Readonly<Record<Language, string | Sentence>>>
> = {
  REQUIRED: { en: 'This is required.', fr: 'Ce champ est obligatoire.' },
  OUT_OF_RANGE: {
    en: ({ min, limit, unit }) =>
      limit === null
        ? 'This is none of the options.'
        : `This takes a whole number from ${min ?? 0} to ${limit}${inUnit(unit, 'en')}.`,
    fr: ({ min, limit, unit }) =>
      limit === null
        ? 'Ce n’est aucune des options.'
        : `Il faut un nombre entier de ${min ?? 0} à ${limit}${inUnit(unit, 'fr')}.`,
  },
  TOO_LONG: {
    en: ({ limit }) => `This takes at most ${limit} characters.`,
    fr: ({ limit }) => `Pas plus de ${limit} caractères.`,
  },
  TOO_MANY: {
    en: ({ limit }) => `At most ${limit} are possible.`,
    fr: ({ limit }) => `${limit} au plus sont possibles.`,
  },
  INVALID_CHARACTERS: {
    en: 'This has characters that cannot be used here, such as control characters.',
    fr: 'Il y a ici des caractères inutilisables, par exemple des caractères de contrôle.',
  },
  INVALID_PATH: {
    en: 'A path is absolute, or begins with ~/.',
    fr: 'Un chemin est absolu, ou commence par ~/.',
  },
  INVALID_URL: {
    en: 'An address begins with http:// or https:// and has no credentials in it.',
    fr: 'Une adresse commence par http:// ou https:// et ne contient pas d’identifiants.',
  },
  INVALID_TIME_OF_DAY: {
    en: 'A time of day is written HH:MM, from 00:00 to 23:59.',
    fr: 'Une heure s’écrit HH:MM, de 00:00 à 23:59.',
  },
  DUPLICATE: {
    en: 'An entry before it is the same, or has the same name.',
    fr: 'Une entrée précédente est la même, ou porte le même nom.',
  },
  UNKNOWN_SETTING: { en: 'The service has no such setting.', fr: 'Le service n’a pas ce réglage.' },
};

export function settingProblemMessage(language: Language, problem: SettingProblem): string {
  const sentence = SETTING_PROBLEM_MESSAGES[problem.code][language];
  return typeof sentence === 'string' ? sentence : sentence(problem);
}

/** A status is no amount of anything. */
function inUnit(unit: Unit | null, language: Language): string {
  return unit === null || unit === 'HTTP status' ? '' : ` ${unitLabel(unit, language)}`;
}
