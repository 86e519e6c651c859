import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import * as generated from '../client/graphql/graphql.ts';
import { inlineDocuments } from './documents-plugin.ts';

const CLIENT = join(import.meta.dirname, '..', 'client');

/** Definitions in an order that does not depend on who wrote them. */
const printed = ({ definitions }: DocumentNode): string[] => definitions.map(print).sort();

test('API-07 the documents that pages are sent ask for the same as those that their types were generated from', () => {
  const sent = new Map<string, string>();
  for (const path of globSync('{api,dashboard}/**/*.{ts,tsx}', { cwd: CLIENT })) {
    const code = readFileSync(join(CLIENT, path), 'utf8');
    if (!code.includes('graphql(`')) continue;
    const inlined = inlineDocuments(code);
    expect(inlined, path).not.toContain('graphql(`');
    for (const [literal, name = ''] of inlined.matchAll(/"(?:query|mutation|subscription) (\w+)(?:[^"\\]|\\.)*"/g)) {
      sent.set(name, JSON.parse(literal) as string);
    }
  }
  const documents = Object.entries(generated).filter(([name]) => name.endsWith('Document'));
  expect(documents.length).toBeGreaterThan(20);
  for (const [name, document] of documents) {
    const text = sent.get(name.slice(0, -'Document'.length)) ?? '';
    expect(printed(parse(text)), name).toEqual(printed(document as unknown as DocumentNode));
  }
});
