import { type Formats, formatsOf } from '../../cli/formats.ts';
import type { Language } from '../../cli/language.ts';
import { HELP } from './help.ts';
import { WORDS } from './words.ts';

/** Everything that the operator's command line says to people, in a language (API-08); as the agent's catalogue is. */
function wordsOf<L extends Language>(language: L) {
  return {
    language: language as Language,
    formats: formatsOf(language) as Formats,
    help: HELP[language],
    ...WORDS[language],
  };
}

export const EN = wordsOf('en');
export type OperatorWords = typeof EN;
export const FR: OperatorWords = wordsOf('fr');

export const OPERATOR_WORDS: Readonly<Record<Language, OperatorWords>> = { en: EN, fr: FR };

/** Something to say, in whichever language it is said in the end. */
export type Sentence = (words: OperatorWords) => string;
