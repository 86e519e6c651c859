import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
  subscribe,
  validate,
} from 'graphql';
import type { Context } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import { EULA_VERSION } from '../domain/eula.ts';
import { ID_PREFIXES, type IdType, newId } from '../lib/ids.ts';
import { createLoaders } from '../schema/loaders.ts';

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

/** What an `id` is the id of, where neither the argument nor the operation says so by name. */
export type IdHints = Readonly<Record<string, IdType>>;

/** Ids of things that are there, by type; others are well-formed and unknown. */
export type KnownIds = { readonly [T in IdType]?: string };

/** Asks one field as one caller, with input of the right form. Nothing that it writes stays. */
export async function outcomeOf(
  schema: GraphQLSchema,
  { operation, field }: RootField,
  ctx: Context,
  ids: KnownIds,
  hints: IdHints,
): Promise<Outcome> {
  const values = Object.fromEntries(
    field.args.filter(isRequired).map((arg) => [arg.name, valueFor(arg, arg.type, field.name, ids, hints)]),
  );
  const names = Object.keys(values);
  const head = names.map((name) => `$${name}: ${field.args.find((arg) => arg.name === name)?.type}`).join(', ');
  const call = names.map((name) => `${name}: $${name}`).join(', ');
  const composite = !isLeafType(getNamedType(field.type));
  const source = `${operation}${head && ` (${head})`} { ${field.name}${call && `(${call})`} ${composite ? '{ __typename }' : ''} }`;
  const undone = withoutEffect(ctx);
  const contextValue = { ...undone, loaders: createLoaders(undone), setCookie: () => {}, startedAt: 0 };
  const request = { schema, document: documentOf(schema, source), variableValues: values, contextValue };
  if (operation !== 'subscription') return outcome(await execute(request), source);
  const stream = await subscribe(request);
  if (!(Symbol.asyncIterator in stream)) return outcome(stream, source);
  await stream.return?.(undefined);
  return 'OK';
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

function outcome({ errors }: ExecutionResult, source: string): Outcome {
  const error = errors?.[0];
  if (!error) return 'OK';
  if (error.originalError instanceof Denial) return error.originalError.code;
  throw new Error(`${source}: ${error.originalError?.stack ?? error.message}`);
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

const isRequired = (input: GraphQLArgument | GraphQLInputField) =>
  isNonNullType(input.type) && input.defaultValue === undefined;

/** What says which device is meant is given, too: the device itself may leave it out, nobody else. */
const isGiven = (input: GraphQLInputField) => isRequired(input) || input.name === 'deviceId';

const TEXTS: Readonly<Record<string, string>> = {
  email: 'somebody@example.test',
  to: 'somebody@example.test',
  eulaVersion: EULA_VERSION,
  clientVersion: '7.1.4',
  namespace: 'matrix',
};

/** 2100-01-01: later than the clock of any test. */
const FAR_FUTURE = '2100-01-01T00:00:00.000Z';

function valueFor(
  input: { readonly name: string },
  type: GraphQLInputType,
  operation: string,
  ids: KnownIds,
  hints: IdHints,
): unknown {
  if (isNonNullType(type)) return valueFor(input, type.ofType, operation, ids, hints);
  if (isListType(type)) return [valueFor(input, type.ofType, operation, ids, hints)];
  if (isEnumType(type))
    return type.getValues().find(({ name }) => name === 'MONITORING')?.name ?? type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const monitoring = fields.filter(({ name }) => name === 'monitoring');
    const wanted = type.isOneOf ? [...monitoring, ...fields].slice(0, 1) : fields.filter(isGiven);
    return Object.fromEntries(wanted.map((field) => [field.name, valueFor(field, field.type, operation, ids, hints)]));
  }
  switch (type.name) {
    case 'ID': {
      const idType = idTypeOf(input.name, operation, hints);
      return ids[idType] ?? newId(idType);
    }
    case 'Int':
    case 'Float':
      return 1;
    case 'Boolean':
      return true;
    case 'DateTime':
      return FAR_FUTURE;
    case 'Cursor':
      return '';
    default:
      return TEXTS[input.name] ?? 'something';
  }
}

function idTypeOf(argument: string, operation: string, hints: IdHints): IdType {
  const hint = hints[`${operation}.${argument}`] ?? hints[operation];
  if (hint) return hint;
  const types = Object.keys(ID_PREFIXES).sort((a, b) => b.length - a.length) as IdType[];
  const name = argument === 'id' || argument === 'ids' ? operation : argument.replace(/Ids?$/, '');
  return types.find((type) => name.toLowerCase().endsWith(type.toLowerCase())) ?? 'Device';
}
