import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripIgnoredCharacters } from 'graphql';
import type { Plugin } from 'vite';

const CLIENT = join(import.meta.dirname, '..', 'client');
const DOCUMENT = /\bgraphql\(`\s*(query|mutation|subscription|fragment) (\w+)([^`]*)`\)/g;
const SPREAD = /\.\.\.\s*(?!on\b)(\w+)/g;

/** The text of every fragment in the client, by its name. */
function allFragments(): Map<string, string> {
  const fragments = new Map<string, string>();
  for (const path of globSync('{api,dashboard}/**/*.{ts,tsx}', { cwd: CLIENT })) {
    for (const [, kind, name = '', rest] of readFileSync(join(CLIENT, path), 'utf8').matchAll(DOCUMENT)) {
      if (kind === 'fragment') fragments.set(name, `fragment ${name}${rest}`);
    }
  }
  return fragments;
}

/** A document and all fragments that it spreads, each once. */
function whole(text: string, fragments: ReadonlyMap<string, string>): string {
  const parts = new Map<string, string>();
  const add = (part: string): void => {
    for (const [, name = ''] of part.matchAll(SPREAD)) {
      const fragment = fragments.get(name);
      if (fragment === undefined) throw new Error(`there is no fragment ${name}`);
      if (parts.has(name)) continue;
      parts.set(name, fragment);
      add(fragment);
    }
  };
  add(text);
  return stripIgnoredCharacters([text, ...parts.values()].join('\n'));
}

/** The source of a module with its documents as the texts that are sent, in place of `graphql(`query Name …`)`. */
export function inlineDocuments(code: string, fragments: ReadonlyMap<string, string> = allFragments()): string {
  return code
    .replace(DOCUMENT, (_all, kind: string, name: string, rest: string) =>
      // Fragments go with the documents that spread them.
      kind === 'fragment' ? '""' : JSON.stringify(whole(`${kind} ${name}${rest}`, fragments)),
    )
    .replace(/^import \{ graphql \} from '[^']*graphql\/gql\.ts';$/m, '');
}

/**
 * Sends each page its own documents, as texts, and nothing of the generated module: that one holds the documents of all
 * pages, as trees of ten times the size, and could only be loaded as a whole.
 */
export function documents(): Plugin {
  let fragments: ReadonlyMap<string, string> = new Map();
  return {
    name: 'beckon:documents',
    enforce: 'pre',
    buildStart() {
      fragments = allFragments();
    },
    transform(code, id) {
      if (!id.startsWith(CLIENT) || !code.includes('graphql(`')) return null;
      return { code: inlineDocuments(code, fragments), map: null };
    },
  };
}
