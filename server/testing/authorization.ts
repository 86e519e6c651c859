import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  parse,
  subscribe,
  validate,
} from 'graphql';
import type { Context } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import { createLoaders } from '../schema/loaders.ts';
import { argumentsFor, type IdHints, type KnownIds } from './arguments.ts';

/** How the gate answers: OK where the operation went past it (done, or refused for what was put in), or a denial. */
export type Outcome = 'OK' | Denial['code'];

export type Operation = 'query' | 'mutation' | 'subscription';

export interface RootField {
  readonly operation: Operation;
  readonly field: GraphQLField<unknown, unknown>;
}

/** Every root field there is. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const types = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return (Object.keys(types) as Operation[]).flatMap((operation) =>
    Object.values(types[operation]?.getFields() ?? {}).map((field) => ({ operation, field })),
  );
}

/** Asks one field as one caller, with input of the right form. Nothing that it writes stays. */
export async function outcomeOf(
  schema: GraphQLSchema,
  root: RootField,
  ctx: Context,
  ids: KnownIds,
  hints: IdHints,
): Promise<Outcome> {
  const answer = await answerOf(schema, root, argumentsFor(root.field, ids, hints), ctx, '{ __typename }');
  const error = answer.errors?.[0];
  if (!error) return 'OK';
  if (error.originalError instanceof Denial) return error.originalError.code;
  throw new Error(`${root.field.name}: ${error.originalError?.stack ?? error.message}`);
}

/**
 * What one field answers with these arguments; of a subscription, whether it begins. Nothing that it writes stays.
 * @param selection Of fields that answer objects.
 */
export async function answerOf(
  schema: GraphQLSchema,
  { operation, field }: RootField,
  values: Record<string, unknown>,
  ctx: Context,
  selection: string,
): Promise<ExecutionResult> {
  const names = Object.keys(values);
  const head = names.map((name) => `$${name}: ${field.args.find((arg) => arg.name === name)?.type}`).join(', ');
  const call = names.map((name) => `${name}: $${name}`).join(', ');
  const selected = isLeafType(getNamedType(field.type)) ? '' : selection;
  const source = `${operation}${head && ` (${head})`} { ${field.name}${call && `(${call})`} ${selected} }`;
  const undone = withoutEffect(ctx);
  const contextValue = { ...undone, loaders: createLoaders(undone), setCookie: () => {}, startedAt: 0 };
  const request = { schema, document: documentOf(schema, source), variableValues: values, contextValue };
  if (operation !== 'subscription') return execute(request) as ExecutionResult | Promise<ExecutionResult>;
  const stream = await subscribe(request);
  if (!(Symbol.asyncIterator in stream)) return stream;
  await stream.return?.(undefined);
  return { data: null };
}

const documents = new Map<string, DocumentNode>();

/** Parsed and validated once for all callers: that takes longer than most answers. */
function documentOf(schema: GraphQLSchema, source: string): DocumentNode {
  let document = documents.get(source);
  if (!document) {
    document = parse(source);
    const [problem] = validate(schema, document);
    if (problem) throw new Error(`${source}: ${problem.message}`);
    documents.set(source, document);
  }
  return document;
}

class Undone extends Error {}

/** The same context; whatever its transactions write is undone when they end. */
function withoutEffect(ctx: Context): Context {
  return {
    ...ctx,
    db: {
      ...ctx.db,
      async write(work) {
        let result: Awaited<ReturnType<typeof work>> | undefined;
        try {
          await ctx.db.write(async (tx) => {
            result = await work(tx);
            throw new Undone();
          });
        } catch (error) {
          if (!(error instanceof Undone)) throw error;
        }
        return result as Awaited<ReturnType<typeof work>>;
      },
    },
  };
}
