import {
  BREAK,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLString,
  getArgumentValues,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/**
 * Runs an operation whose document was turned into functions once; a subscription's for an event, which is the root value. Null:
 * the reference executor has to run it, because of something that was not foreseen, or an error to be reported. With the same
 * `DoneOnce` as root value it does no mutation again.
 */
export type CompiledOperation = (args: RunArgs) => Promise<ExecutionResult | null>;

/** What a run takes of the arguments that executors take. */
export interface RunArgs extends Pick<ExecutionArgs, 'rootValue' | 'contextValue' | 'variableValues'> {
  /** In place of `variableValues`, where these were coerced before. */
  readonly coercedVariables?: Variables;
}

type Variables = GraphQLResolveInfo['variableValues'];

/** What one run carries along. */
interface Run {
  readonly args: RunArgs;
  readonly variables: Variables;
  /** The values of the arguments of a field, which are the same for every row. */
  readonly argumentsOf: Map<FieldNode, Record<string, unknown>>;
  /** Resolves as places of the answer are filled that waited for the database. */
  pending: Promise<void>[];
}

type Answer = Record<string | number, unknown>;
type Path = GraphQLResolveInfo['path'];
type Info = (run: Run, path: Path) => GraphQLResolveInfo;
/** Fills one field of an answer. */
type Fill = (run: Run, answer: Answer, source: unknown, path: Path | undefined) => void;
/** Gives what stands in the answer for a value that a resolver gave. */
type Complete = (run: Run, value: unknown, path: Path) => unknown;

/** A part of a query: what was made of it, and whether anything in it reads where in the answer it stands. */
interface Part<Made> {
  readonly made: Made;
  readonly asks: boolean;
}

/** What stands for the places that nobody asks for. */
const NOWHERE = undefined as unknown as Path;

/**
 * Whether a resolver reads its fourth parameter, the info: one that does names it, or takes all of them. To make it and
 * the path for every row takes as long as the row itself.
 */
function asksForInfo({ length }: { readonly length: number }): boolean {
  return length === 0 || length > 3;
}

/** Thrown where only the reference executor can go on. */
class GivenUp extends Error {}

const NO_ARGUMENTS: Record<string, unknown> = Object.freeze({});

/**
 * Compiles the happy path of an operation: each selection becomes a list of functions, so that nothing of the document or
 * the schema is looked up again for each row. A run that leaves the happy path is given up as a whole and left to the
 * reference executor: queries change nothing, and what a mutation did it is told by the root value.
 * @param operationName null where the document has one operation.
 * @returns null for several mutations in a row, and where there are directives or introspection.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): CompiledOperation | null {
  const operation = getOperationAST(document, operationName);
  if (!operation || hasDirectives(document)) return null;
  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  let complete: Complete;
  try {
    complete = new Compiler(schema, document, operation).root(root);
  } catch (error) {
    if (error instanceof GivenUp) return null;
    throw error;
  }
  const definitions = operation.variableDefinitions ?? [];
  return async (args) => {
    const { coercedVariables, variableValues: given } = args;
    const variables = coercedVariables ?? getVariableValues(schema, definitions, given ?? {}).variableValues;
    if (!variables) return null;
    const run: Run = { args, variables, argumentsOf: new Map(), pending: [] };
    try {
      const data = complete(run, args.rootValue, NOWHERE);
      while (run.pending.length > 0) {
        const { pending } = run;
        run.pending = [];
        await Promise.all(pending);
      }
      return { data: data as Record<string, unknown> };
    } catch {
      // Whatever it was happens again, and is then reported as it should be.
      return null;
    }
  };
}

/** Looked for before, as the selections of abstract types are compiled when a value of a type comes. */
function hasDirectives(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive() {
      found = true;
      return BREAK;
    },
  });
  return found;
}

class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Record<string, FragmentDefinitionNode> = Object.create(null);

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#operation = operation;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments[definition.name.value] = definition;
    }
  }

  root(type: GraphQLObjectType): Complete {
    const { operation, selectionSet } = this.#operation;
    const fields = this.#fieldsOf(type, [selectionSet]);
    // One after the other, which nothing else is.
    if (operation === 'mutation' && fields.size > 1) throw new GivenUp();
    return this.#object(type, fields).made;
  }

  #fieldsOf(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const nodes = new Map<string, FieldNode[]>();
    for (const selection of selections) this.#collect(type, selection, nodes);
    return nodes;
  }

  #object(type: GraphQLObjectType, nodes: ReadonlyMap<string, FieldNode[]>): Part<Complete> {
    const parts = [...nodes].map(([key, [first, ...others]]) => this.#field(type, key, first as FieldNode, others));
    const fills = parts.map(({ made }) => made);
    const made: Complete = (run, source, path) => {
      const answer: Answer = {};
      for (const fill of fills) fill(run, answer, source, path);
      return answer;
    };
    return { made, asks: parts.some(({ asks }) => asks) };
  }

  /** The fields that are selected of this type, by their names in the answer, in the order in which they first appear. */
  #collect(type: GraphQLObjectType, { selections }: SelectionSetNode, nodes: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const already = nodes.get(key);
        if (already) already.push(selection);
        else nodes.set(key, [selection]);
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments[selection.name.value];
        if (!fragment) throw new GivenUp();
        if (this.#applies(fragment.typeCondition?.name.value, type)) this.#collect(type, fragment.selectionSet, nodes);
      }
    }
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wider = this.#schema.getType(condition);
    return isAbstractType(wider) && this.#schema.isSubType(wider, type);
  }

  #field(parent: GraphQLObjectType, key: string, node: FieldNode, others: readonly FieldNode[]): Part<Fill> {
    const name = node.name.value;
    // As the name of a property it would be another thing than a property.
    if (key === '__proto__') throw new GivenUp();
    if (name === '__typename') {
      const made: Fill = (_run, answer) => {
        answer[key] = parent.name;
      };
      return { made, asks: false };
    }
    const field = parent.getFields()[name];
    // Introspection has fields that no type lists.
    if (!field) throw new GivenUp();
    const fieldNodes = [node, ...others];
    const info: Info = (run, path) => this.#info(run, path, parent, field, fieldNodes);
    const { made: complete, asks: below } = this.#complete(field.type, fieldNodes, info);
    const { resolve = (source: unknown) => propertyOf(source, name) } = field;
    const argumentsOf = field.args.length === 0 ? () => NO_ARGUMENTS : (run: Run) => argumentsIn(run, field, node);
    if (!below && !asksForInfo(resolve)) {
      const withoutInfo = resolve as (source: unknown, args: object, context: unknown) => unknown;
      const made: Fill = (run, answer, source) =>
        settle(run, answer, key, withoutInfo(source, argumentsOf(run), run.args.contextValue), complete, NOWHERE);
      return { made, asks: false };
    }
    const made: Fill = (run, answer, source, prev) => {
      const path = { prev, key, typename: parent.name };
      const value = resolve(source, argumentsOf(run), run.args.contextValue, info(run, path));
      settle(run, answer, key, value, complete, path);
    };
    return { made, asks: true };
  }

  #complete(type: GraphQLOutputType, nodes: readonly FieldNode[], info: Info): Part<Complete> {
    const mayBeNull = !isNonNullType(type);
    const { made: complete, asks } = this.#completeSome(getNullableType(type), nodes, info);
    const made: Complete = (run, value, path) => {
      if (value instanceof Error) throw value;
      if (value !== null && value !== undefined) return complete(run, value, path);
      if (mayBeNull) return null;
      throw new GivenUp();
    };
    return { made, asks };
  }

  #completeSome(type: GraphQLOutputType, nodes: readonly FieldNode[], info: Info): Part<Complete> {
    if (isLeafType(type)) return { made: leaf(type), asks: false };
    if (isListType(type)) {
      const { made: complete, asks } = this.#complete(type.ofType, nodes, info);
      const made: Complete = (run, value, prev) => {
        if (!Array.isArray(value)) throw new GivenUp();
        const answer: Answer = new Array(value.length) as unknown as Answer;
        for (let key = 0; key < value.length; key++) {
          settle(run, answer, key, value[key], complete, asks ? { prev, key, typename: undefined } : NOWHERE);
        }
        return answer;
      };
      return { made, asks };
    }
    const selections = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) {
      const part = this.#object(type, this.#fieldsOf(type, selections));
      const { isTypeOf } = type;
      if (!isTypeOf) return part;
      const made: Complete = (run, value, path) => {
        if (isTypeOf(value, run.args.contextValue, info(run, path)) !== true) throw new GivenUp();
        return part.made(run, value, path);
      };
      return { made, asks: true };
    }
    if (!isAbstractType(type) || !type.resolveType) throw new GivenUp();
    const { resolveType } = type;
    const possible = new Map<string, Complete>();
    const made: Complete = (run, value, path) => {
      const name = resolveType(value, run.args.contextValue, info(run, path), type);
      if (typeof name !== 'string') throw new GivenUp();
      let complete = possible.get(name);
      if (!complete) {
        const concrete = this.#schema.getType(name);
        if (!isObjectType(concrete) || !this.#schema.isSubType(type, concrete)) throw new GivenUp();
        complete = this.#completeSome(concrete, nodes, info).made;
        possible.set(name, complete);
      }
      return complete(run, value, path);
    };
    return { made, asks: true };
  }

  #info(
    run: Run,
    path: Path,
    parentType: GraphQLObjectType,
    { name, type }: { name: string; type: GraphQLOutputType },
    fieldNodes: readonly FieldNode[],
  ): GraphQLResolveInfo {
    return {
      fieldName: name,
      fieldNodes,
      returnType: type,
      parentType,
      path,
      schema: this.#schema,
      fragments: this.#fragments,
      rootValue: run.args.rootValue,
      operation: this.#operation,
      variableValues: run.variables,
      getAbortSignal: () => undefined,
      getAsyncHelpers: () => ({ promiseAll: (values) => Promise.all(values), track() {} }),
    };
  }
}

/** Puts what a value stands for in its place: at once, or when the value is there. */
function settle(run: Run, answer: Answer, key: string | number, value: unknown, complete: Complete, path: Path): void {
  if (!isPromise(value)) {
    answer[key] = complete(run, value, path);
    return;
  }
  // Taken now, so that the fields keep their order.
  answer[key] = undefined;
  const filled = value.then((settled) => {
    answer[key] = complete(run, settled, path);
  });
  // Nobody waits for it any more where the run is given up before.
  filled.catch(() => {});
  run.pending.push(filled);
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function propertyOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) throw new GivenUp();
  const value = (source as Record<string, unknown>)[name];
  if (typeof value === 'function') throw new GivenUp();
  return value;
}

/** Where `coerceOutputValue` would give the value back as it is, it is not asked: most of an answer are such values. */
function leaf(type: GraphQLLeafType): Complete {
  const coerce = (value: unknown): unknown => {
    const coerced = type.coerceOutputValue(value);
    if (coerced === null || coerced === undefined) throw new GivenUp();
    return coerced;
  };
  if (type === GraphQLString || type === GraphQLID) {
    return (_run, value) => (typeof value === 'string' ? value : coerce(value));
  }
  if (type === GraphQLBoolean) return (_run, value) => (typeof value === 'boolean' ? value : coerce(value));
  if (isEnumType(type)) {
    const names = new Map<unknown, string>(type.getValues().map(({ value, name }) => [value, name]));
    return (_run, value) => names.get(value) ?? coerce(value);
  }
  return (_run, value) => coerce(value);
}

function argumentsIn(run: Run, field: Parameters<typeof getArgumentValues>[0], node: FieldNode) {
  let values = run.argumentsOf.get(node);
  if (!values) {
    values = { ...getArgumentValues(field, node, run.variables) };
    run.argumentsOf.set(node, values);
  }
  return values;
}
