type Given = string | number;

/** What a catalogue says under one path: a text, or a sentence with each thing that it is given in it. */
export interface Entry {
  readonly path: string;
  readonly text: string;
  readonly given: readonly Given[];
}

/** The first thing that a sentence is given, and so on: numbers, which stand for texts as well. */
const FIRST_GIVEN = 11;

/** Everything that a catalogue says, whatever its shape; regular expressions are no words. */
export function entriesOf(words: unknown, path = ''): Entry[] {
  if (typeof words === 'string') return [{ path, text: words, given: [] }];
  if (typeof words === 'function') {
    const given = Array.from({ length: words.length }, (_, i) => FIRST_GIVEN + i);
    return [{ path, text: String(words(...given)), given }];
  }
  if (typeof words !== 'object' || words === null || words instanceof RegExp) return [];
  return Object.entries(words).flatMap(([name, value]) => entriesOf(value, path ? `${path}.${name}` : name));
}

/** What French typography does not allow: a space that a line may break at, a mark without one, a straight apostrophe. */
const FAULTS = [/ [:;!?»]/, /«[^\u00a0]/, /[\p{L}\p{N}»”)][;!?](\s|$)/u, /\p{L}:(\s|$)/u, /\p{L}'\p{L}/u];

export function typographyFaults(text: string): string[] {
  return FAULTS.flatMap((fault) => fault.exec(text)?.[0] ?? []);
}
