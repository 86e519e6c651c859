import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { DocumentJudge } from './document-limits.ts';

const judge = new DocumentJudge(readConfig({}));

/** What breaks a limit first, and the limit; null where none is broken. */
function judged(source: string, variables: Record<string, unknown> = {}): unknown {
  const document = parse(source);
  const broken = judge.document(document).broken ?? judge.variables(document, variables);
  return broken && [broken.what, broken.limit];
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
    expect(judged(`query ($a: Int ${times(51, () => '@d')}) { a }`)).toEqual(['directives', 50]);
    expect(judged(`{ ...F } fragment F on Q ${times(51, () => '@d')} { b }`)).toEqual(['directives', 50]);
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

  it('what it costs is told of the operation that is asked for, with its variables', () => {
    const costOf = (source: string, name: string | null = null, variables: Record<string, unknown> = {}) =>
      judge.cost(parse(source), name, variables)?.cost.requested;
    expect(costOf('{ a b }')).toBe(0);
    expect(costOf('{ a { b } list { pageInfo { x } nodes { x } } }')).toBe(1 + 1 + 1 + 25);
    const two = 'query A { a { b } } query B ($n: Int = 7) { list(first: $n) { edges { node { x } } } }';
    expect([costOf(two, 'A'), costOf(two, 'B'), costOf(two, 'B', { n: 3 })]).toEqual([1, 1 + 7 + 7, 1 + 3 + 3]);
    expect([costOf(two, 'C'), costOf(two)]).toEqual([undefined, undefined]);
  });
});
