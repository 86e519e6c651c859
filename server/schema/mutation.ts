import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Repeatable } from '../domain/change.ts';
import { Refusal, type RefusalType } from '../domain/refusals.ts';
import { builder, type Context } from './builder.ts';
import { DoneOnce } from './done-once.ts';
import { Refused, refusalTypes } from './refusals.ts';

type SchemaTypes = typeof builder.$inferSchemaTypes;
export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;
type PayloadBuilder<Payload> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Payload>;

interface MutationOptions<Fields extends InputFieldMap, Payload extends object> {
  /** Effect, visibility, events: it is the manual's entry. */
  description: string;
  input: (t: InputBuilder) => Fields;
  payload: (t: PayloadBuilder<Payload>) => FieldMap;
  /** The refusals that a person can meet here. */
  refusals: readonly RefusalType[];
  run: (ctx: Context, input: InputShapeFromFields<Fields> & Repeatable) => Promise<Payload>;
}

/**
 * Adds one mutation in the one form that all have: `verbNoun(input: VerbNounInput!): VerbNounResult!`, the result a
 * union of `VerbNounPayload` and the refusals. What the domain refuses beyond the list is a mistake of ours, and masked.
 */
export function mutation<Fields extends InputFieldMap, Payload extends object>(
  name: string,
  options: MutationOptions<Fields, Payload>,
): void {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  const Input = builder.inputType(`${Name}Input`, {
    description: `What \`${name}\` takes.`,
    fields: (t) => ({
      ...options.input(t as InputBuilder),
      idempotencyKey: t.string({
        required: false,
        description:
          'Makes a repetition safe: within a day, the same key with the same input answers as the first time and ' +
          'changes nothing; with another input it is refused. At most 200 characters, such as a UUID.',
      }),
    }),
  });
  const Payload = builder.objectRef<Payload>(`${Name}Payload`);
  Payload.implement({
    description: `What \`${name}\` answers when it was done.`,
    fields: (t) => options.payload(t as unknown as PayloadBuilder<Payload>),
  });
  const members = options.refusals.map((type) => refusalTypes[type]);
  const Result =
    members.length === 0
      ? Payload
      : builder.unionType(`${Name}Result`, {
          description: `\`${name}\`: done, or refused.`,
          types: [Payload, ...members] as never,
          resolveType: (value: unknown) => (value instanceof Refused ? value.type : `${Name}Payload`) as never,
        });
  const run = async (ctx: Context, input: Parameters<typeof options.run>[1]) => {
    try {
      return await options.run(ctx, input);
    } catch (error) {
      if (!(error instanceof Refusal && options.refusals.includes(error.type))) throw error;
      ctx.meters.refusals.of(error.code).add();
      return new Refused(error);
    }
  };
  const resolve = (
    root: unknown,
    { input }: { input: Parameters<typeof run>[1] },
    ctx: Context,
    { path }: GraphQLResolveInfo,
  ) => (root instanceof DoneOnce ? root.outcomeOf(path.key, () => run(ctx, input)) : run(ctx, input));
  builder.mutationField(name, (t) =>
    t.field({
      type: Result as typeof Payload,
      description: options.description,
      args: { input: t.arg({ type: Input, required: true, description: 'What to do, and with what.' }) },
      resolve: resolve as never,
    }),
  );
}
