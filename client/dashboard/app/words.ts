import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { elided } from './elision.ts';

/**
 * The words of the dashboard in English and French. Each folder of pages has a catalogue of its own, `words/en/<name>.ts` and
 * `words/fr/<name>.ts`, which is loaded with its pages; `common` is there from the start. The English one declares its keys
 * to i18next; the French one is typed by it, so that none lacks a sentence.
 */

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A catalogue of the same sentences in another language. */
export type Translated<Catalogue> = {
  readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : Translated<Catalogue[Key]>;
};

const catalogues = import.meta.glob<{ default: object }>(['../words/*/*.ts', '!../words/**/*.test.ts']);
/** Where the browser remembers the language of someone who is not signed in. */
const REMEMBERED = 'beckon.language';

export const words = createInstance();

/** Loads what every page needs, in the language that was chosen last, else in the browser's. */
export async function startWords(): Promise<void> {
  words.use(initReactI18next);
  words.use({
    type: 'backend',
    read(language: string, namespace: string, done: (error: unknown, data: object | null) => void) {
      const load = catalogues[`../words/${language}/${namespace}.ts`];
      if (!load) return done(new Error(`there is no catalogue ${language}/${namespace}`), null);
      load().then(
        (catalogue) => done(null, catalogue.default),
        (error: unknown) => done(error, null),
      );
    },
  });
  words.use({
    type: 'postProcessor',
    name: 'elision',
    process: (text: string) => (presentLanguage() === 'fr' ? elided(text) : text),
  });
  words.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await words.init({
    lng: firstLanguage(),
    supportedLngs: LANGUAGES,
    fallbackLng: false,
    load: 'languageOnly',
    ns: ['common'],
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
    returnNull: false,
    postProcess: ['elision'],
  });
}

export function presentLanguage(): Language {
  return words.language === 'fr' ? 'fr' : 'en';
}

/** Changes to a language; `remember` for the next visit without a sign-in. */
export async function speak(language: Language, remember = true): Promise<void> {
  if (remember) localStorage.setItem(REMEMBERED, language);
  if (words.language !== language) await words.changeLanguage(language);
}

function firstLanguage(): Language {
  const chosen = localStorage.getItem(REMEMBERED);
  if (chosen === 'en' || chosen === 'fr') return chosen;
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'fr');
  return known === 'fr' ? 'fr' : 'en';
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    returnNull: false;
  }
}
