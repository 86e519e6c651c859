import {
  GraphQLError,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import { newId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { operate } from '../testing/operations.ts';
import { giveLicence, givePolicy } from '../testing/services.ts';
import { buildSchema } from './schema.ts';

/** What people send to see what breaks (security.md, section 4). */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '%_\\',
  'a\r\nBcc: b@c.d',
  "' or 1=1 --",
  '9007199254740993',
  'x'.repeat(5_000),
  '😀',
];
const IDS = [...TEXTS, newId('Device'), newId('DirectInvitation'), 'dev_\u0000aaaaaaaaaaaaaaaaaaaaaaa', '__proto__'];
const INTEGERS = [-1, 0, 1, 2_147_483_647, -2_147_483_648];
const FRACTIONS = [...INTEGERS, 0.5, -0.1, 2 ** 60, 1e308];
const INSTANTS = ['1970-01-01T00:00:00.000Z', '2100-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z'];

const schema = buildSchema();

/** Makes input of every kind: the values that `turn` names, all the way down; ids out of these and out of bad ones. */
class Hostile {
  readonly #ids: readonly string[];

  constructor(known: readonly string[]) {
    this.#ids = [...IDS, ...known];
  }

  /** After so many turns every id was tried, and with it every other value. */
  get turns(): number {
    return this.#ids.length;
  }

  /** What may be left out is null now and then, or absent. */
  valueFor(type: GraphQLInputType, turn: number): unknown {
    if (isNonNullType(type)) return this.#given(type.ofType, turn);
    if (turn % 7 === 5) return null;
    return turn % 7 === 6 ? undefined : this.#given(type, turn);
  }

  #given(type: GraphQLInputType, turn: number): unknown {
    if (isListType(type)) {
      return turn % 5 === 4 ? [] : [this.valueFor(type.ofType, turn), this.valueFor(type.ofType, turn + 1)];
    }
    if (isInputObjectType(type)) return this.#objectFor(type, turn);
    const pick = <T>(values: readonly T[]): T | undefined => values[turn % values.length];
    if (isEnumType(type)) return pick(type.getValues())?.name;
    switch (isNonNullType(type) ? '' : type.name) {
      case 'ID':
        return pick(this.#ids);
      case 'Int':
        return pick(INTEGERS);
      case 'Float':
        return pick(FRACTIONS);
      case 'Boolean':
        return turn % 2 === 0;
      case 'DateTime':
        return pick(INSTANTS);
      default:
        return pick(TEXTS);
    }
  }

  #objectFor(type: GraphQLInputObjectType, turn: number): Record<string, unknown> {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(
      // Of a @oneOf input there may be one only: each in its turn.
      (type.isOneOf ? fields.slice(turn % fields.length).slice(0, 1) : fields)
        .filter(({ name }) => name !== 'idempotencyKey')
        .map((field, i) => [field.name, this.valueFor(field.type, turn + i * 3)]),
    );
  }
}

/** A field that takes arguments, and the selections that lead to it. */
interface Place {
  readonly field: GraphQLField<unknown, unknown>;
  readonly path: readonly string[];
}

/** Every field with arguments that a query or subscription comes to without any, each once, by the shortest way. */
function placesFrom(root: GraphQLObjectType): Place[] {
  const places: Place[] = [];
  const seen = new Set<GraphQLObjectType>([root]);
  const left: { type: GraphQLObjectType; path: readonly string[] }[] = [{ type: root, path: [] }];
  for (const { type, path } of left) {
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) places.push({ field, path });
      const to = getNamedType(field.type);
      if (isLeafType(to) || field.args.some(isRequiredArgument)) continue;
      for (const inner of isAbstractType(to) ? schema.getPossibleTypes(to) : isObjectType(to) ? [to] : []) {
        if (seen.has(inner) || path.length >= 6) continue;
        seen.add(inner);
        left.push({ type: inner, path: [...path, field.name, `... on ${inner.name}`] });
      }
    }
  }
  return places;
}

/** As a document; what the field takes comes as variables. */
function documentFor(operation: 'query' | 'subscription', { field, path }: Place): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const to = getNamedType(field.type);
  const isConnection = isObjectType(to) && 'nodes' in to.getFields();
  const selection = isLeafType(to) ? '' : isConnection ? '{ nodes { __typename } totalCount }' : '{ __typename }';
  const before = path.map((step) => `${step} { `).join('');
  return `${operation} (${variables}) { ${before}${field.name}(${given}) ${selection} ${'}'.repeat(path.length)} }`;
}

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const asked = placesFrom(schema.getQueryType() as GraphQLObjectType);

describe('bad input', () => {
  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s answers whatever it is sent by a typed refusal, never by a masked error',
    async (name, field) => {
      const app = await testApp();
      const { companyId, admin } = await buildCompany(app);
      const member = await buildAccount(app);
      const memberId = await addMember(app, companyId, member, 'USER');
      const device = await buildDevice(app);
      await setDevice(app, device, { companyId, accountId: admin.account.id });
      const callers: Context[] = [
        admin.ctx,
        member.ctx,
        device.ctx,
        app.as({ kind: 'anonymous' }),
        app.as({ kind: 'operator' }),
      ];
      const type = field.args[0]?.type;
      if (!type) throw new Error(`${name} takes no input`);
      const document = `mutation ($input: ${type}) { ${name}(input: $input) { __typename } }`;
      const policyId = await givePolicy(app, companyId, 'MONITORING');
      const licenceId = await giveLicence(app, { companyId, admin }, 'MONITORING');
      const hostile = new Hostile([device.device.id, companyId, admin.account.id, memberId, policyId, licenceId]);
      let reached = 0;
      for (let turn = 0; turn < hostile.turns; turn++) {
        for (const ctx of callers) {
          const { data, errors = [] } = await operate(ctx, document, { input: hostile.valueFor(type, turn) });
          for (const error of errors) {
            const cause = error.originalError;
            const typed = !cause || cause instanceof GraphQLError || cause instanceof Denial;
            expect(typed, `${name}, turn ${turn}, ${ctx.principal.kind}: ${cause?.stack}`).toBe(true);
          }
          if (data || errors.some(({ originalError }) => originalError instanceof Denial)) reached += 1;
        }
      }
      // Input that never gets past the types of the schema would try nothing.
      expect(reached).toBeGreaterThan(callers.length);
    },
  );

  it('every field of a query that takes arguments answers whatever it is sent, never by a masked error', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const device = await buildDevice(app);
    await setDevice(app, device, { companyId, accountId: admin.account.id });
    const policyId = await givePolicy(app, companyId, 'MONITORING');
    const hostile = new Hostile([device.device.id, companyId, admin.account.id, policyId]);
    expect(asked.length).toBeGreaterThan(40);
    for (const place of asked) {
      const document = documentFor('query', place);
      let reached = 0;
      for (let turn = 0; turn < hostile.turns; turn++) {
        const variables = Object.fromEntries(
          place.field.args.map(({ name, type }, i) => [name, hostile.valueFor(type, turn + i * 3)]),
        );
        for (const ctx of [admin.ctx, device.ctx]) {
          const { data, errors = [] } = await operate(ctx, document, variables);
          for (const error of errors) {
            const cause = error.originalError;
            const typed = !cause || cause instanceof GraphQLError || cause instanceof Denial;
            expect(typed, `${document}, ${JSON.stringify(variables)}, ${ctx.principal.kind}: ${cause?.stack}`).toBe(
              true,
            );
          }
          if (data || errors.some(({ originalError }) => originalError instanceof Denial)) reached += 1;
        }
      }
      expect(reached, document).toBeGreaterThan(0);
    }
  });
});
