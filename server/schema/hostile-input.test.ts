import {
  type GraphQLEnumType,
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import { newId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { operate } from '../testing/operations.ts';
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
const NUMBERS = [-1, 0, 1, 2_147_483_647, -2_147_483_648];
const INSTANTS = ['1970-01-01T00:00:00.000Z', '2100-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z'];

const schema = buildSchema();

/** A value for an input type: the one of its kind that `turn` names, all the way down. */
function valueFor(type: GraphQLInputType, turn: number): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, turn) ?? '';
  if (isListType(type)) return [valueFor(type.ofType, turn), valueFor(type.ofType, turn + 1)];
  if (isEnumType(type)) return enumValue(type, turn);
  if (isInputObjectType(type)) return objectFor(type, turn);
  const pick = <T>(values: readonly T[]): T | undefined => values[turn % values.length];
  switch (type.name) {
    case 'ID':
      return pick(IDS);
    case 'Int':
      return pick(NUMBERS);
    case 'Boolean':
      return turn % 2 === 0;
    case 'DateTime':
      return pick(INSTANTS);
    default:
      return pick(TEXTS);
  }
}

const enumValue = (type: GraphQLEnumType, turn: number) => type.getValues()[turn % type.getValues().length]?.name;

function objectFor(type: GraphQLInputObjectType, turn: number): Record<string, unknown> {
  const fields = Object.values(type.getFields());
  return Object.fromEntries(
    // Of a @oneOf input there may be one only: each in its turn.
    (type.isOneOf ? fields.slice(turn % fields.length).slice(0, 1) : fields)
      .filter(({ name }) => name !== 'idempotencyKey')
      .map((field, i) => [field.name, valueFor(field.type, turn + i * 3)]),
  );
}

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

describe('bad input', () => {
  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s answers whatever it is sent by a typed refusal, never by a masked error',
    async (name, field) => {
      const app = await testApp();
      const { companyId, admin } = await buildCompany(app);
      const member = await buildAccount(app);
      await addMember(app, companyId, member, 'USER');
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
      for (let turn = 0; turn < IDS.length; turn++) {
        for (const ctx of callers) {
          const { errors } = await operate(ctx, document, { input: valueFor(type, turn) });
          for (const error of errors ?? []) {
            const cause = error.originalError;
            const typed = !cause || cause instanceof GraphQLError || cause instanceof Denial;
            expect(typed, `${name}, turn ${turn}, ${ctx.principal.kind}: ${cause?.stack}`).toBe(true);
          }
        }
      }
    },
  );
});
