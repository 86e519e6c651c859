import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACCOUNT_CONCEPTS, COMPANY_CONCEPTS, choiceOf, patternsOf } from './events.ts';

const DOMAIN = join(import.meta.dirname, '..', '..', '..', 'server', 'domain');

/** What no webhook hears: a reader's own reset, and what only the operator's log tells. */
const UNHEARD = ['reset', 'operatorToken'];

test('the picker knows every concept that the server tells of, and no other', () => {
  const told = globSync('*.ts', { cwd: DOMAIN })
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) => [...readFileSync(join(DOMAIN, path), 'utf8').matchAll(/concept: '(\w+)'/g)])
    .map(([, concept = '']) => concept)
    .filter((concept) => !UNHEARD.includes(concept));
  expect([...new Set([...ACCOUNT_CONCEPTS, ...COMPANY_CONCEPTS])].sort()).toEqual([...new Set(told)].sort());
});

test.each([
  [['*'], { all: true, concepts: [], exact: [] }],
  [['invitation.*', 'device'], { all: false, concepts: ['invitation', 'device'], exact: [] }],
  [['invitation.ACCEPTED', '*.REMOVED'], { all: false, concepts: [], exact: ['invitation.ACCEPTED', '*.REMOVED'] }],
  [['policy.*'], { all: false, concepts: [], exact: ['policy.*'] }],
])('patterns %j are chosen and written back without loss', (patterns, choice) => {
  expect(choiceOf(patterns, ACCOUNT_CONCEPTS)).toEqual(choice);
  expect(choiceOf(patternsOf(choice), ACCOUNT_CONCEPTS)).toEqual(choice);
});
