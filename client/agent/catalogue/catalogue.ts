import { type Formats, formatsOf } from '../../cli/formats.ts';
import type { Language } from '../../cli/language.ts';
import { CHECK_HELP } from './check-help.ts';
import { CHECKS } from './checks.ts';
import { COMMANDS } from './commands.ts';
import { EVENTS } from './events.ts';
import { FINDINGS } from './findings.ts';
import { HELP } from './help.ts';
import { LIVE } from './live.ts';
import { NEXT_STEPS } from './next-steps.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import { PROBLEMS } from './problems.ts';
import { RUN_HELP } from './run-help.ts';
import { SERVICE_PROBLEMS } from './service-problems.ts';
import { SERVICES } from './services.ts';

/**
 * Everything that the agent says to people, in a language (API-08). A sentence is a text, or a function of texts and
 * numbers, each of which stands in it.
 */
function wordsOf<L extends Language>(language: L) {
  return {
    language: language as Language,
    formats: formatsOf(language) as Formats,
    placeholders: PLACEHOLDERS[language],
    help: HELP[language],
    runHelp: RUN_HELP[language],
    checkHelp: CHECK_HELP[language],
    commands: COMMANDS[language],
    live: LIVE[language],
    events: EVENTS[language],
    problems: PROBLEMS[language],
    nextSteps: NEXT_STEPS[language],
    services: SERVICES[language],
    serviceProblems: SERVICE_PROBLEMS[language],
    findings: FINDINGS[language],
    checks: CHECKS[language],
  };
}

export const EN = wordsOf('en');
export type AgentWords = typeof EN;
export const FR: AgentWords = wordsOf('fr');

export const AGENT_WORDS: Readonly<Record<Language, AgentWords>> = { en: EN, fr: FR };

/** Something to say, in whichever language it is said in the end. */
export type Sentence = (words: AgentWords) => string;
