import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, it } from 'vitest';
import type { Language } from '../db/tables/accounts.ts';
import { DENIAL_CODES } from '../domain/denials.ts';
import { REFUSALS } from '../domain/refusals.ts';
import { denialMessage, refusalMessage } from './messages.ts';
import { buildSchema } from './schema.ts';

/** schema.graphql is the manual: whoever builds on Beckon reads nothing else. */

const ROOT = join(import.meta.dirname, '..', '..');
const schema = buildSchema();
const OWN_TYPES = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

interface Element {
  readonly name: string;
  readonly description: string | null | undefined;
}

function elementsOf(type: GraphQLNamedType): Element[] {
  const elements: Element[] = [{ name: type.name, description: type.description }];
  const at = (name: string) => `${type.name}.${name}`;
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      elements.push({ name: at(field.name), description: field.description });
      for (const argument of field.args) {
        elements.push({ name: `${at(field.name)}(${argument.name})`, description: argument.description });
      }
    }
  } else if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      elements.push({ name: at(field.name), description: field.description });
    }
  } else if (isEnumType(type)) {
    for (const value of type.getValues()) elements.push({ name: at(value.name), description: value.description });
  }
  return elements;
}

const ELEMENTS = OWN_TYPES.flatMap(elementsOf);

/** Whether a description says more than the name does: it is a sentence, and not only the name in other letters. */
function saysSomething({ name, description }: Element): boolean {
  const text = description?.trim() ?? '';
  const letters = (words: string) => words.toLowerCase().replace(/[^a-z]/g, '');
  const own = letters(name.split(/[.(]/).filter(Boolean).at(-1) ?? '');
  return text.length >= 5 && /[.…:!?`)]$/.test(text) && letters(text) !== own;
}

it('every type, field, argument, input field and enum value has a description that says something', () => {
  expect(ELEMENTS.length).toBeGreaterThan(500);
  expect(ELEMENTS.filter((element) => !saysSomething(element)).map(({ name }) => name)).toEqual([]);
});

it('no description holds what a template left behind', () => {
  const broken = ELEMENTS.filter(({ description }) => /undefined|\[object|NaN|\$\{/.test(description ?? ''));
  expect(broken).toEqual([]);
});

it('schema.graphql is what the code says', () => {
  const committed = readFileSync(join(ROOT, 'schema.graphql'), 'utf8');
  // Compared as a flag, because a difference of thousands of lines helps nobody.
  expect(committed === `${printSchema(lexicographicSortSchema(schema))}\n`, 'run `npm run generate`').toBe(true);
});

it('importing the schema needs no environment, writes nothing, starts nothing and leaves nothing open', async () => {
  const program = `
    import { buildSchema } from ${JSON.stringify(new URL('./schema.ts', import.meta.url).href)};
    buildSchema();
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY|File|FS)/.test(name))));
  `;
  // Under Node's permission model, a write or a child process throws.
  const allowed = ['--permission', '--allow-fs-read=*', '--allow-addons'];
  const args = [...allowed, '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: {}, cwd: ROOT });
  expect(JSON.parse(stdout)).toEqual([]);
});

it('mutations take one input with an idempotency key, and answer their payload or a union of it and refusals', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(0);
  for (const { name, args, type } of mutations) {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    expect(args.map((argument) => `${argument.name}: ${argument.type}`)).toEqual([`input: ${Name}Input!`]);
    const input = schema.getType(`${Name}Input`);
    expect(isInputObjectType(input) && 'idempotencyKey' in input.getFields(), name).toBe(true);
    expect([`${Name}Result!`, `${Name}Payload!`]).toContain(String(type));
  }
});

const LANGUAGES: readonly Language[] = ['en', 'fr'];
const REFUSAL_CODES = [...new Set(Object.values(REFUSALS).flat())];

/** Every detail that the domain gives with a refusal or denial, so that each sentence can be filled in. */
const DETAILS = {
  allowed: 'account, device',
  argument: 'id',
  clientVersion: '6.3.1',
  currentRevision: 2,
  leastMajorVersion: 7,
  limit: 100,
  min: 1,
  permissions: ['INPUT', 'AUDIO'],
  platform: 'LINUX',
  profile: 'Default',
  retryAfterSeconds: 30,
  state: 'INSTALLING',
  status: 'EXPIRED',
  supportedPlatforms: ['WINDOWS'],
  to: 'ACTIVE',
  what: 'tokens',
};

/** What people read is in words: the codes that the API names things by mean nothing to them. */
const CODES = /\b(INPUT|AUDIO|LINUX|WINDOWS|INSTALLING|ACTIVE|EXPIRED|INVITER|RECIPIENT)\b/;

/** Nothing known, all known about either side, and what chooses another sentence for the same code. */
const SITUATIONS = [
  {},
  { ...DETAILS, side: 'INVITER' },
  { ...DETAILS, side: 'RECIPIENT' },
  { allowed: DETAILS.allowed },
  { scope: 'READ' },
];

it.each([
  ['refusal', REFUSAL_CODES, refusalMessage],
  ['denial', DENIAL_CODES, denialMessage],
] as const)('API-08 every %s has one whole sentence in English and another in French', (_what, codes, message) => {
  for (const code of codes) {
    for (const details of SITUATIONS) {
      const [english = '', french = ''] = LANGUAGES.map((language) => message(language, code as never, details));
      expect(english, code).not.toBe(french);
      for (const sentence of [english, french]) {
        expect(sentence, code).toMatch(/^[\p{Lu}\p{N}].+[.!?]$/u);
        expect(sentence, code).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
        expect(sentence, code).not.toMatch(CODES);
      }
    }
  }
});

it('API-08 a refusal says how many there are as people do, and what an input that contradicts itself is to be', () => {
  const told = (code: (typeof REFUSAL_CODES)[number], details: Parameters<typeof refusalMessage>[2]) =>
    LANGUAGES.map((language) => refusalMessage(language, code, details)).join(' ');
  expect(told('ROLE_HELD', { members: 1 })).toMatch(/^One member holds this role.* Un membre a ce rôle/);
  expect(told('ROLE_HELD', { members: 2 })).toMatch(/^2 members hold this role.* 2 membres ont ce rôle/);
  expect(told('POLICY_IN_USE', { assignments: 1 })).toMatch(/to one device or group\..* à un appareil ou groupe\./);
  expect(told('POLICY_IN_USE', { assignments: 2 })).toMatch(/to 2 devices and groups\..* à 2 appareils et groupes\./);
  expect(told('CONTRADICTION', { oneOf: ['months', 'expiresAt'] })).toMatch(
    /months, expiresAt\. .*months, expiresAt\.$/,
  );
  expect(told('INVALID_ALIAS', { namespace: 'acme' })).toMatch(/with @acme\. .* par @acme\.$/);
  expect(told('INVALID_ALIAS', { namespace: null })).toMatch(/belongs to none\. .* n’en a aucune\.$/);
  expect(told('CONTRADICTION', { service: 'BACKUP' })).toMatch(/one of Backup: .* «\sSauvegarde\s»/u);
});

it('every type of refusal says in the schema what it is, and implements UserError', () => {
  for (const type of Object.keys(REFUSALS)) {
    const object = schema.getType(type);
    expect(isObjectType(object) && object.getInterfaces().map(({ name }) => name), type).toEqual(['UserError']);
  }
});
