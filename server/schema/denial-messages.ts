import type { Language } from '../db/tables/accounts.ts';
import type { DenialCode } from '../domain/denials.ts';
import { type Catalogue, given, named } from './wording.ts';

/** What people read when an operation is denied: one sentence for each code, in both languages (API-08). */
export const DENIAL_MESSAGES: Catalogue<DenialCode> = {
  UNAUTHENTICATED: { en: 'Sign in first.', fr: 'Connectez-vous d’abord.' },
  EMAIL_NOT_VERIFIED: {
    en: 'Verify your e-mail address first: open the link that was mailed to you.',
    fr: 'Vérifiez d’abord votre adresse e-mail : ouvrez le lien qui vous a été envoyé.',
  },
  SECOND_FACTOR_REQUIRED: {
    en: 'Your company requires a second factor: set up an authenticator app first.',
    fr: 'Votre entreprise exige un second facteur : configurez d’abord une application d’authentification.',
  },
  FORBIDDEN: {
    en: (d) =>
      given(
        d['scope'],
        (scope) => `This takes a token with the scope ${scope}.`,
        given(
          d['side'],
          (side) => `Only the ${named('en', side)} side may do this.`,
          given(
            d['permission'],
            (name) =>
              `This takes the permission “${named('en', name)}”${given(d['service'], (s) => ` for ${named('en', s)}`, '')}.`,
            given(d['allowed'], (kinds) => `Only for: ${named('en', kinds)}.`, 'This is not yours to do.'),
          ),
        ),
      ),
    fr: (d) =>
      given(
        d['scope'],
        (scope) => `Il faut un jeton de portée ${scope}.`,
        given(
          d['side'],
          (side) => `Réservé au côté ${named('fr', side)}.`,
          given(
            d['permission'],
            (name) =>
              `Il faut la permission « ${named('fr', name)} »${given(d['service'], (s) => ` pour ${named('fr', s)}`, '')}.`,
            given(d['allowed'], (kinds) => `Réservé à : ${named('fr', kinds)}.`, 'Cela ne vous revient pas.'),
          ),
        ),
      ),
  },
  NOT_FOUND: {
    en: (d) =>
      given(
        d['argument'],
        (name) => `Nothing that you may see goes by this ${name}.`,
        'There is no such thing that you may see.',
      ),
    fr: (d) =>
      given(
        d['argument'],
        (name) => `Rien de visible pour vous ne correspond à ${name}.`,
        'Rien de tel n’est visible pour vous.',
      ),
  },
  BAD_USER_INPUT: {
    en: (d) => given(d['argument'], (name) => `The value of ${name} cannot be used.`, 'The input cannot be used.'),
    fr: (d) => given(d['argument'], (name) => `La valeur de ${name} est inutilisable.`, 'La demande est inutilisable.'),
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: 'This idempotency key came with another input before.',
    fr: 'Cette clé d’idempotence a déjà servi avec une autre demande.',
  },
  TOO_MANY_REQUESTS: {
    en: (d) => given(d['retryAfterSeconds'], (s) => `Too many requests. Try again in ${s} s.`, 'Too many requests.'),
    fr: (d) => given(d['retryAfterSeconds'], (s) => `Trop de demandes. Réessayez dans ${s} s.`, 'Trop de demandes.'),
  },
  QUERY_TOO_LARGE: {
    en: (d) =>
      given(
        d['limit'],
        (n) => `The document is too large: at most ${n} ${named('en', String(d['what']))}.`,
        'The document is too large.',
      ),
    fr: (d) =>
      given(
        d['limit'],
        (n) => `Le document est trop grand : ${n} au plus (${named('fr', String(d['what']))}).`,
        'Le document est trop grand.',
      ),
  },
  TIMEOUT: { en: 'This took too long and was stopped.', fr: 'C’était trop long et a été arrêté.' },
};

/** What people read where the server failed: the reference stands in its log. */
export const INTERNAL_MESSAGES: Readonly<Record<Language, (reference: string) => string>> = {
  en: (reference) => `Something went wrong on the server. Reference: ${reference}`,
  fr: (reference) => `Une erreur s’est produite sur le serveur. Référence : ${reference}`,
};
