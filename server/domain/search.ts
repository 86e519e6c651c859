import { Denial } from './denials.ts';
import { UNFIT } from './input.ts';

/** Longest text that is searched for: as long as the longest name. */
const SEARCH_LENGTH = 100;

/** A text as it is compared: É and é, composed or not, are one. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What a device is found by. */
export function searchKeyOf({
  name,
  alias,
  address,
}: {
  name: string;
  alias?: string | null;
  address: string;
}): string {
  return [name, alias ?? '', address].map(folded).join('\n');
}

/** What is searched for, in small letters; '' for nothing. @throws Denial BAD_USER_INPUT. */
export function searchText(search: string | null | undefined): string {
  const text = folded(search ?? '').trim();
  if (text.length > SEARCH_LENGTH || UNFIT.test(text)) {
    throw new Denial('BAD_USER_INPUT', { argument: 'search', limit: SEARCH_LENGTH });
  }
  return text;
}

/** The pattern of LIKE for «contains», with what LIKE reads otherwise taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
