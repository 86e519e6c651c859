import type { Language } from '../db/tables/accounts.ts';
import type { DenialCode } from '../domain/denials.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { DENIAL_MESSAGES, INTERNAL_MESSAGES } from './denial-messages.ts';
import { REFUSAL_MESSAGES } from './refusal-messages.ts';
import type { Catalogue, Details } from './wording.ts';

function render<Code extends string>(
  catalogue: Catalogue<Code>,
  language: Language,
  code: Code,
  details: Details,
): string {
  const sentence = catalogue[code][language];
  return typeof sentence === 'string' ? sentence : sentence(details);
}

/** The refusal in one sentence for a person. */
export function refusalMessage(language: Language, code: string, details: Details): string {
  return render(REFUSAL_MESSAGES, language, code as RefusalCode, details);
}

/** The denial in one sentence for a person. */
export function denialMessage(language: Language, code: DenialCode, details: Details): string {
  return render(DENIAL_MESSAGES, language, code, details);
}

/** What nobody expected, in one sentence for a person: nothing of it but the reference, under which the operator finds it. */
export function internalMessage(language: Language, reference: string): string {
  return INTERNAL_MESSAGES[language](reference);
}
