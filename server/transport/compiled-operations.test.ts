import {
  type DocumentNode,
  execute,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDevicesToGroup, createDeviceGroup } from '../domain/device-groups.ts';
import { inviteDevice } from '../domain/invitations.ts';
import type { Context } from '../schema/builder.ts';
import { createLoaders } from '../schema/loaders.ts';
import { buildSchema } from '../schema/schema.ts';
import { testApp } from '../testing/app.ts';
import { buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { compileOperation } from './compiled-operations.ts';

let schema: GraphQLSchema;
beforeAll(() => {
  schema = buildSchema();
});

/** A company whose administrator is signed in on two of three devices, with groups, locks and an invitation. */
async function company() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const devices = [];
  for (let i = 0; i < 3; i++) {
    const accountId = i < 2 ? admin.account.id : null;
    const values = { companyId, accountId, enrolledAt: app.clock.now() };
    devices.push(await setDevice(app, await buildDevice(app), values));
  }
  const [first, second] = devices as [(typeof devices)[0], (typeof devices)[0]];
  await setDevice(app, second, { locks: [{ permission: 'VPN', allowed: false }] });
  const group = await createDeviceGroup(admin.ctx, { name: 'Shop' });
  await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [first.device.id, second.device.id] });
  const invitation = await inviteDevice(first.ctx, { recipient: second.device.address, origin: 'OWN_ID' });
  const context = (): Context => ({ ...admin.ctx, loaders: createLoaders(admin.ctx), setCookie: null, startedAt: 0 });
  return { ids: [companyId, admin.account.id, first.device.id, group.id, invitation.id], context };
}

/** The same query by the reference executor of graphql-js, and compiled: as bytes. */
async function both(document: DocumentNode, context: () => Context, variableValues: Record<string, unknown> = {}) {
  const args = { schema, document, variableValues };
  const reference = await execute({ ...args, contextValue: context() });
  const query = compileOperation(schema, document, null);
  const compiled = (await query?.({ ...args, contextValue: context() })) ?? null;
  return { reference, bytes: JSON.stringify(reference), compiled: compiled && JSON.stringify(compiled) };
}

const GENERATED = 300;

describe('operations that are compiled', () => {
  it(`API-06 answer the same bytes as the reference executor, for ${GENERATED} generated documents`, async () => {
    const { ids, context } = await company();
    const random = seeded(7);
    let compiledToo = 0;
    for (let i = 0; i < GENERATED; i++) {
      const source = generateQuery(random);
      const document = parse(source);
      expect(validate(schema, document), source).toEqual([]);
      const { reference, bytes, compiled } = await both(document, context, { id: ids[i % ids.length] });
      if (reference.errors) expect(compiled, source).toBeNull();
      else if (compiled !== null) {
        compiledToo += 1;
        expect(compiled, source).toBe(bytes);
      }
    }
    // Otherwise it would be the reference executor that was tested.
    expect(compiledToo).toBeGreaterThan(GENERATED / 2);
  });

  it.each([
    ['merged fields', '{ node(id: $id) { id ... on Company { devices { nodes { id } } } } node(id: $id) { ...C } }'],
    ['aliases', '{ a: node(id: $id) { b: id c: __typename } }'],
    ['null', '{ node(id: "dev_AAAAAAAAAAAAAAAAAAAAAAAA") { id } }'],
    ['lists of nulls and promises', '{ nodes(ids: [$id, "x", $id]) { __typename ... on Company { namespace } } }'],
    ['a type that does not apply', '{ node(id: $id) { ... on Device { alias } ... on Node { id } } }'],
  ])('answer the same with %s', async (_name, selections) => {
    const { ids, context } = await company();
    const fragment = selections.includes('...C')
      ? 'fragment C on Company { devices { nodes { name } totalCount } }'
      : '';
    const { bytes, compiled } = await both(parse(`query ($id: ID = "x") ${selections} ${fragment}`), context, {
      id: ids[0],
    });
    expect(compiled).toBe(bytes);
  });

  it('run the operation that is named, with the defaults of its variables', async () => {
    const { ids, context } = await company();
    const document = parse(
      `query A($first: Int = 1) { node(id: "${ids[0]}") { ... on Company { devices(first: $first) { nodes { id } } } } }
       query B { node(id: "${ids[1]}") { id } }`,
    );
    for (const operationName of ['A', 'B']) {
      const args = { schema, document, operationName };
      const compiled = await compileOperation(schema, document, operationName)?.({ ...args, contextValue: context() });
      expect(JSON.stringify(compiled)).toBe(JSON.stringify(await execute({ ...args, contextValue: context() })));
    }
    expect(compileOperation(schema, document, null)).toBeNull();
    expect(compileOperation(schema, document, 'C')).toBeNull();
  });

  it.each([
    ['directives', '{ node(id: "x") @skip(if: false) { id } }'],
    ['directives of fragments', '{ ... @include(if: true) { node(id: "x") { id } } }'],
    ['directives of an abstract type’s fields', '{ node(id: "x") { ... on Device { name @skip(if: true) } } }'],
    ['directives of variables', 'query ($id: ID! = "x" @later) { node(id: $id) { id } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a name that is none to JavaScript', '{ __proto__: node(id: "x") { id } }'],
    ['several mutations', 'mutation { signOut(input: {}) { __typename } again: signOut(input: {}) { __typename } }'],
  ])('are never those with %s', (_name, source) => {
    expect(compileOperation(schema, parse(source), null)).toBeNull();
  });

  it('are given up where there is an error to report', async () => {
    const { ids, context } = await company();
    for (const [source, variables] of [
      ['query ($id: ID!) { node(id: $id) { ... on Company { devices(first: 1000) { totalCount } } } }', { id: ids[0] }],
      ['query ($id: ID!) { node(id: $id) { id } }', {}],
      [
        'query ($id: ID!) { nodes(ids: [$id]) { id } node(id: $id) { ... on Company { devices(after: "?") { totalCount } } } }',
        { id: ids[0] },
      ],
    ] as const) {
      const { reference, compiled } = await both(parse(source), context, variables);
      expect(reference.errors, source).toHaveLength(1);
      expect(compiled, source).toBeNull();
    }
  });
});

/** Numbers from 0 up to a bound, the same in every run (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const DEEPEST = 5;

/** A query of whatever has an id: some fields of each type that it may be, to some depth, some of them twice. */
function generateQuery(random: (below: number) => number): string {
  const types = ['Company', 'Account', 'Device', 'DeviceGroup', 'DirectInvitation'];
  const parts = types.map((name) => {
    const type = schema.getType(name);
    return isObjectType(type) ? `... on ${name} { ${selectionOf(type, 1, random)} }` : '';
  });
  return `query ($id: ID!) { node(id: $id) { __typename ${parts.join(' ')} } }`;
}

function selectionOf(type: GraphQLCompositeType, depth: number, random: (below: number) => number): string {
  const chosen = ['__typename'];
  if (isAbstractType(type)) {
    for (const possible of schema.getPossibleTypes(type)) {
      if (random(2) === 0) chosen.push(`... on ${possible.name} { ${leavesOf(possible, random)} }`);
    }
    return chosen.join(' ');
  }
  chosen.push(leavesOf(type as GraphQLCompositeType, random));
  for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
    const named = getNamedType(field.type);
    if (!isCompositeType(named) || depth === DEEPEST || field.args.some(isRequiredArgument) || random(3) > 0) continue;
    // Fields of the same name in fragments on different types clash where their types do.
    const alias = depth === 1 || random(4) === 0 ? `${type.name}_${field.name}: ` : '';
    const first = field.args.some(({ name }) => name === 'first') && random(2) === 0 ? '(first: 2)' : '';
    chosen.push(`${alias}${field.name}${first} { ${selectionOf(named, depth + 1, random)} }`);
  }
  return chosen.join(' ');
}

function leavesOf(type: GraphQLCompositeType, random: (below: number) => number): string {
  if (!isObjectType(type)) return '';
  const leaves = Object.values(type.getFields()).filter(
    ({ type: of, args }) => isLeafType(getNamedType(of)) && !args.some(isRequiredArgument),
  );
  return leaves
    .filter(() => random(2) === 0)
    .map(({ name }) => (random(5) === 0 ? `l_${type.name}_${name}: ${name}` : `${type.name}_${name}: ${name}`))
    .join(' ');
}
