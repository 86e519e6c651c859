import { buildSchema, execute, type GraphQLResolveInfo, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selects } from './look-ahead.ts';

const schema = buildSchema(`
  type Query { page: Page }
  type Page { nodes: [Row!]! edges: [Edge!]! total: Int }
  type Edge { node: Row! }
  interface Named { name: String }
  type Row implements Named { name: String groups: [String!] }
`);

/** What the look-ahead says at `page` in this document. */
async function selected(document: string, variableValues: Record<string, unknown> = {}): Promise<boolean> {
  let answer: boolean | null = null;
  const rootValue = {
    page: (_args: unknown, _ctx: unknown, info: GraphQLResolveInfo) => {
      answer = selects(info, [['nodes'], ['edges', 'node']], 'groups');
      return { nodes: [], edges: [] };
    },
  };
  const { errors } = await execute({ schema, document: parse(document), rootValue, variableValues });
  expect(errors).toBeUndefined();
  if (answer === null) throw new Error('page was not asked for');
  return answer;
}

describe('look-ahead', () => {
  it.each([
    ['{ page { nodes { groups } } }', true],
    ['{ page { edges { node { g: groups } } } }', true],
    ['{ page { nodes { name } edges { node { groups } } } }', true],
    ['{ page { nodes { name } total } page { nodes { groups } } }', true],
    ['{ p: page { total } }', false],
    ['{ page { nodes { name } edges { node { name } } } }', false],
    ['{ page { ...P } } fragment P on Page { nodes { ...R } } fragment R on Row { groups }', true],
    ['{ page { nodes { ... { ... on Named { ... on Row { groups } } } } } }', true],
    ['{ page { nodes { groups @skip(if: true) } } }', false],
    ['{ page { nodes { groups @include(if: false) } } }', false],
    ['{ page { nodes @skip(if: false) { groups @include(if: true) } } }', true],
    ['{ page { ...P @skip(if: true) } } fragment P on Page { nodes { groups } }', false],
    ['{ page { ... @include(if: false) { nodes { groups } } } }', false],
  ])('%s: %s', async (document, expected) => {
    expect(await selected(document)).toBe(expected);
  });

  it.each([true, false])('a variable of @include decides: %s', async (wanted) => {
    const document = 'query Q($wanted: Boolean!) { page { nodes { groups @include(if: $wanted) } } }';
    expect(await selected(document, { wanted })).toBe(wanted);
  });

  it.each([true, false, undefined])('a variable of @skip decides, by its default where absent: %s', async (skip) => {
    const document = 'query Q($skip: Boolean = true) { page { nodes { groups @skip(if: $skip) } } }';
    expect(await selected(document, skip === undefined ? {} : { skip })).toBe(skip === false);
  });
});
