import { BeckonError } from '../api/errors.ts';
import { type AgentWords, EN, type Sentence } from './catalogue/catalogue.ts';

/** An error that people are meant to read, in their language; its `message` is the English one. */
export class SpokenError extends Error {
  override name = 'SpokenError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence(EN));
    this.sentence = sentence;
  }
}

/** What an error says, in a language as far as it is ours to say. */
export function messageOf(error: unknown, words: AgentWords): string {
  if (error instanceof SpokenError) return error.sentence(words);
  if (error instanceof BeckonError) return error.messageIn(words.language);
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const system: Readonly<Record<string, ((path: string) => string) | undefined>> = words.serviceProblems.system;
  return (path !== undefined && code !== undefined && system[code]?.(path)) || error.message;
}
