import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { testApp } from '../testing/app.ts';
import { buildCompany } from '../testing/builders.ts';
import { httpApi, type WireError } from '../testing/http.ts';
import { signedIn } from '../testing/people.ts';
import { openSocket } from '../testing/sockets.ts';
import { judgeDocument, judgeVariables } from './document-limits.ts';

const LIMITS = readConfig({});

/** What breaks a limit first, and the limit; null where none is broken. */
function judged(source: string, variables?: Record<string, unknown>): unknown {
  const document = parse(source);
  const { errors, dependsOnVariables } = judgeDocument(document, LIMITS);
  const error = errors[0] ?? judgeVariables(document, variables ?? {}, LIMITS, dependsOnVariables, 'en');
  return error ? [error.extensions['what'], error.extensions['limit']] : null;
}

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const nested = (levels: number) => `{ ${'a { '.repeat(levels - 1)} b ${'} '.repeat(levels - 1)} }`;

describe('what a document may ask for', () => {
  it('at most 30 aliases, __typename among them', () => {
    expect(judged(`{ ${times(30, (i) => `a${i}: __typename`)} }`)).toBeNull();
    expect(judged(`{ ${times(31, (i) => `a${i}: __typename`)} }`)).toEqual(['aliases', 30]);
    // A fragment's aliases count each time that it is used.
    const used = `fragment F on Q { ${times(16, (i) => `a${i}: x`)} }`;
    expect(judged(`{ one { ...F } two { ...F } } ${used}`)).toEqual(['aliases', 30]);
  });

  it('at most 50 directives', () => {
    expect(judged(`{ a ${times(50, () => '@d')} }`)).toBeNull();
    expect(judged(`{ a ${times(51, () => '@d')} }`)).toEqual(['directives', 50]);
    expect(judged(`query ${times(51, () => '@d')} { a }`)).toEqual(['directives', 50]);
    expect(judged(`{ ...F ... @d { a } } fragment F on Q { b ${times(50, () => '@d')} }`)).toEqual(['directives', 50]);
  });

  it('at most 100 fields in one selection, however they come there', () => {
    expect(judged(`{ ${times(100, (i) => `f${i}`)} }`)).toBeNull();
    expect(judged(`{ ${times(101, (i) => `f${i}`)} }`)).toEqual(['fields in one selection', 100]);
    const half = `fragment F on Q { ${times(60, (i) => `f${i}`)} }`;
    expect(judged(`{ ...F ...F } ${half}`)).toEqual(['fields in one selection', 100]);
  });

  it('at most 10 levels, fragments followed', () => {
    expect(judged(nested(10))).toBeNull();
    expect(judged(nested(11))).toEqual(['levels', 10]);
    const deep = 'fragment F on Q { a { a { a { a { a { b } } } } } }';
    expect(judged(`{ a { a { a { a { ...F } } } } } ${deep}`)).toBeNull();
    expect(judged(`{ a { a { a { a { a { ...F } } } } } } ${deep}`)).toEqual(['levels', 10]);
  });

  it('at most 1000 objects, a page counted by its places', () => {
    expect(
      judged('{ list(first: 100) { nodes { a { x } b { x } c { x } d { x } e { x } f { x } g { x } h { x } } } }'),
    ).toBeNull();
    expect(
      judged(
        '{ list(first: 100) { nodes { a { x } b { x } c { x } d { x } e { x } f { x } g { x } h { x } i { x } } } }',
      ),
    ).toEqual(['points of cost', 1000]);
    expect(judged('{ list { nodes { list { nodes { x } } } } }')).toBeNull();
    expect(judged('{ list { nodes { list { nodes { list { nodes { x } } } } } } }')).toEqual(['points of cost', 1000]);
    expect(
      judged('{ list(first: 100) { edges { node { list(first: 100) { pageInfo { x } nodes { x } } } } } }'),
    ).toEqual(['points of cost', 1000]);
  });

  it('the entries of a page cost the same where a fragment asks for them', () => {
    const fragment =
      'fragment F on C { nodes { ...G } } fragment G on D { list { ...H } } fragment H on C { edges { ...I } }';
    expect(judged(`{ list { ...F } } ${fragment} fragment I on E { node { list { ... { nodes { x } } } } }`)).toEqual([
      'points of cost',
      1000,
    ]);
  });

  it('a size given by a variable counts as what the variable is', () => {
    const query = 'query ($n: Int) { list(first: $n) { nodes { list(first: $n) { nodes { x } } } } }';
    expect(judged(query, { n: 20 })).toBeNull();
    expect(judged(query, { n: 100 })).toEqual(['points of cost', 1000]);
    expect(judged(query, { n: 1e308 })).toEqual(['points of cost', 1000]);
    // 25 where nothing is said, and where what is said is no number, which is refused later.
    for (const n of [undefined, null, 'many', {}]) expect(judged(query, { n })).toBeNull();
    const withDefault = query.replace('$n: Int', '$n: Int = 100');
    expect(judged(withDefault)).toEqual(['points of cost', 1000]);
    expect(judged(withDefault, { n: 10 })).toBeNull();
    const byIds = 'query ($ids: [ID!]!) { nodes(ids: $ids) { list(first: 20) { nodes { x } } } }';
    expect(judged(byIds, { ids: ['a', 'b'] })).toBeNull();
    expect(judged(byIds, { ids: Array(100).fill('a') })).toEqual(['points of cost', 1000]);
  });

  it('at most 250 entries in a list among the variables, however deep', () => {
    expect(judged('{ a }', { input: { ids: Array(250).fill('a') } })).toBeNull();
    expect(judged('{ a }', { input: { ids: Array(251).fill('a') } })).toEqual(['entries of one list', 250]);
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(judged('{ a }', { deep })).toBeNull();
  });

  it('fragments that spread each other twice or themselves are judged at once', () => {
    const names = Array.from({ length: 60 }, (_, i) => `F${i}`);
    const doubling = names.map((name, i) => {
      const next = names[i + 1] ?? 'F0';
      return `fragment ${name} on Q { ...${next} ...${next} }`;
    });
    expect(judged(`{ ...F0 } ${doubling.join(' ')}`)).toEqual(['fields in one selection', 100]);
    const nesting = names.map((name, i) => `fragment ${name} on Q { a { ...${names[i + 1] ?? 'F0'} } b { ...F0 } }`);
    expect(judged(`{ ...F0 } ${nesting.join(' ')}`)).not.toBeNull();
    expect(judged('{ ...F } fragment F on Q { a { ...F } ...F }')).toBeNull();
  });

  it('every operation of a document, not only the first', () => {
    expect(judged(`query A { x } query B ${nested(11)}`)).toEqual(['levels', 10]);
  });
});

/** One operation after the other over one transport: the codes of its errors. */
type Ask = (query: string, variables?: Record<string, unknown>) => Promise<readonly WireError[]>;

describe.each(['HTTP', 'WebSocket'])('over %s', (transport) => {
  async function asked(): Promise<Ask> {
    const app = await testApp();
    const api = await httpApi(app);
    const { admin } = await buildCompany(app);
    const { secret } = await signedIn(app, admin);
    if (transport === 'HTTP')
      return async (query, variables) => (await api.post(query, variables, { session: secret })).errors;
    const socket = await openSocket(api.port, { headers: { cookie: `beckon=${secret}` } });
    await socket.init();
    return async (query, variables) => (await socket.ask(query, variables)).errors ?? [];
  }

  it('documents beyond a limit are refused, each time, with the limit; and the introspection of tools is not', async () => {
    const ask = await asked();
    const broken = async (query: string, variables?: Record<string, unknown>) =>
      (await ask(query, variables)).map(({ extensions }) => [extensions['code'], extensions['what']]);
    const accounts = times(10, (i) => `a${i}: account { name }`);
    const page = `viewer { account { company { devices(first: $n) { nodes { ${accounts} } } } } }`;
    for (const round of ['first', 'again']) {
      expect([round, await broken(`{ ${times(500, () => '__typename')} }`)]).toEqual([
        round,
        [['QUERY_TOO_LARGE', 'fields in one selection']],
      ]);
      expect(await broken(`{ ${times(1001, () => 'x')} }`)).toEqual([['QUERY_TOO_LARGE', 'tokens']]);
      expect(await broken(`{ ${times(31, (i) => `a${i}: __typename`)} }`)).toEqual([['QUERY_TOO_LARGE', 'aliases']]);
      expect(await broken(`{ __typename ${times(51, () => '@no')} }`)).toEqual([['QUERY_TOO_LARGE', 'directives']]);
      expect(await broken(nested(11))).toEqual([['QUERY_TOO_LARGE', 'levels']]);
      expect(await broken(`query ($n: Int) { ${page} }`, { n: 100 })).toEqual([['QUERY_TOO_LARGE', 'points of cost']]);
      expect(await broken(`query ($n: Int) { ${page} }`, { n: 5 })).toEqual([]);
      expect(await broken('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(251).fill('x') })).toEqual([
        ['QUERY_TOO_LARGE', 'entries of one list'],
      ]);
      expect(await broken('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')).toEqual([
        ['BAD_USER_INPUT', undefined],
      ]);
    }
    const [error] = await ask(nested(11));
    expect(error).toEqual({
      message: 'The document is too large: at most 10 levels.',
      extensions: { code: 'QUERY_TOO_LARGE', what: 'levels', limit: 10 },
    });
    for (const options of [
      {},
      { descriptions: true, inputValueDeprecation: true, specifiedByUrl: true, oneOf: true },
    ]) {
      expect(await ask(getIntrospectionQuery(options))).toEqual([]);
    }
    // Introspection that goes in circles is bounded by graphql-js.
    const circle =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expect((await ask(circle)).length).toBeGreaterThan(0);
  });

  it('a page may have 1 to 100 places', async () => {
    const ask = await asked();
    const query = 'query ($first: Int) { viewer { account { company { devices(first: $first) { nodes { id } } } } } }';
    for (const first of [1, 100]) expect(await ask(query, { first })).toEqual([]);
    for (const first of [0, -1, 101, 1.5, '10', true, [1]]) {
      const errors = await ask(query, { first });
      expect([first, errors.map(({ extensions }) => extensions['code'])]).toEqual([first, ['BAD_USER_INPUT']]);
    }
  });
});
