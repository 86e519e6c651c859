import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ParseOptions,
  type SelectionSetNode,
  type Source,
  type ValueNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Config } from '../config.ts';
import type { Language } from '../db/tables/accounts.ts';
import { PAGE_DEFAULT } from '../domain/page.ts';
import type { Context } from '../schema/builder.ts';
import { denialMessage } from '../schema/messages.ts';

export type DocumentLimits = Pick<
  Config,
  | 'QUERY_MAX_TOKENS'
  | 'QUERY_MAX_ALIASES'
  | 'QUERY_MAX_DIRECTIVES'
  | 'QUERY_MAX_FIELDS'
  | 'QUERY_MAX_DEPTH'
  | 'QUERY_MAX_COMPLEXITY'
  | 'QUERY_MAX_LIST'
>;

type Variables = Readonly<Record<string, unknown>>;

/** What is known of a document before its variables are. */
interface Judgement {
  readonly errors: readonly GraphQLError[];
  /** Whether the cost depends on variables, so that it has to be reckoned again for each operation. */
  readonly dependsOnVariables: boolean;
}

/** What hooks of executing and of subscribing have in common. */
interface Operation {
  readonly args: {
    readonly document: DocumentNode;
    readonly variableValues?: Variables | null;
    readonly contextValue: Context;
  };
  readonly setResultAndStopExecution: (result: { errors: GraphQLError[] }) => void;
}

/**
 * Refuses what costs more than it is worth, over HTTP and WebSocket alike: tokens while parsing; then, before the
 * document is validated, the rest in one walk that follows fragments (each use counts) and knows no schema; and, when
 * the variables are there, what depends on them.
 */
export function useDocumentLimits(judge: DocumentJudge): Plugin<Context> {
  const beforeRunning = ({ args, setResultAndStopExecution }: Operation): void => {
    const { document, contextValue } = args;
    const error = judge.variables(document, args.variableValues ?? {}, contextValue.request.language);
    if (error) setResultAndStopExecution({ errors: [error] });
  };
  return {
    onParse({ setParseFn, parseFn }) {
      setParseFn((source, options) => parseTokens(parseFn, source, options, judge.limits.QUERY_MAX_TOKENS));
    },
    onValidate({ params, setResult }) {
      const { errors } = judge.document(params.documentAST as DocumentNode);
      if (errors.length > 0) setResult([...errors]);
    },
    onExecute: (operation) => beforeRunning(operation as Operation),
    onSubscribe: (operation) => beforeRunning(operation as unknown as Operation),
  };
}

/** Judges documents, each once, and the variables of each operation. */
export class DocumentJudge {
  readonly limits: DocumentLimits;
  readonly #judged = new WeakMap<DocumentNode, Judgement>();

  constructor(limits: DocumentLimits) {
    this.limits = limits;
  }

  document(document: DocumentNode): Judgement {
    let judgement = this.#judged.get(document);
    if (!judgement) {
      judgement = judgeDocument(document, this.limits);
      this.#judged.set(document, judgement);
    }
    return judgement;
  }

  /** The limit that the variables break, or make the document break; null for none. */
  variables(document: DocumentNode, variables: Variables, language: Language): GraphQLError | null {
    return judgeVariables(document, variables, this.limits, this.document(document).dependsOnVariables, language);
  }
}

type Parse = (source: string | Source, options?: ParseOptions) => DocumentNode;

/** graphql 17.1.0 gives this error no code of its own. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more than \d+ tokens/;

/** Parses no more tokens than are allowed, and says so under our own code. */
function parseTokens(parse: Parse, source: string | Source, options: ParseOptions | undefined, most: number) {
  try {
    return parse(source, { ...options, maxTokens: most });
  } catch (error) {
    throw error instanceof GraphQLError && TOO_MANY_TOKENS.test(error.message) ? tooLarge('tokens', most) : error;
  }
}

function tooLarge(what: string, limit: number, language: Language = 'en'): GraphQLError {
  return new GraphQLError(denialMessage(language, 'QUERY_TOO_LARGE', { what, limit }), {
    // Yoga reads `http`: 400, but 200 for clients that accept application/json only.
    extensions: { code: 'QUERY_TOO_LARGE', what, limit, http: { status: 400, spec: true } },
  });
}

/** Judges a document by itself: the first limit that it breaks, and whether its variables can make it break one. */
export function judgeDocument(document: DocumentNode, limits: DocumentLimits): Judgement {
  const judge = new Judge(document, limits, null);
  const error = brokenBy(() => judge.run());
  return { errors: error ? [error] : [], dependsOnVariables: judge.dependsOnVariables };
}

/** Judges variables: the lists among them, and the cost that follows from them where it does. Null: within limits. */
export function judgeVariables(
  document: DocumentNode,
  variables: Variables,
  limits: DocumentLimits,
  reckon: boolean,
  language: Language,
): GraphQLError | null {
  const most = limits.QUERY_MAX_LIST;
  if (longestList(variables) > most) return tooLarge('entries of one list', most, language);
  return reckon ? brokenBy(() => new Judge(document, limits, variables).run()) : null;
}

function brokenBy(judge: () => void): GraphQLError | null {
  try {
    judge();
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** Not recursive, because JSON may be nested deeper than the stack is. */
function longestList(variables: Variables): number {
  let longest = 0;
  const left: unknown[] = Object.values(variables);
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    const values = Object.values(value);
    if (Array.isArray(value)) longest = Math.max(longest, values.length);
    for (const inner of values) if (typeof inner === 'object') left.push(inner);
  }
  return longest;
}

/** Levels that introspection may have beyond those of other queries: getIntrospectionQuery() has 14 in all. */
const INTROSPECTION_LEVELS = 6;

/** The fields of a connection (Relay) that hold its entries. */
const ENTRIES: ReadonlySet<string> = new Set(['edges', 'nodes']);

/** What a field says about how often what is below it can be in the answer. */
interface Places {
  /** For everything below it. */
  readonly all: number;
  /** For `edges` and `nodes`, where it is a page without `first`. */
  readonly page: number;
}

class Judge {
  /** Whether a variable decided a size; known after `run`. */
  dependsOnVariables = false;
  readonly #document: DocumentNode;
  readonly #limits: DocumentLimits;
  /** Null: not known yet; what depends on them counts once. */
  readonly #variables: Variables | null;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** Fragments being walked, so that one that spreads itself ends (validation refuses it afterwards). */
  readonly #open = new Set<string>();
  #operation: OperationDefinitionNode | null = null;
  #aliases = 0;
  #directives = 0;
  #cost = 0;

  constructor(document: DocumentNode, limits: DocumentLimits, variables: Variables | null) {
    this.#document = document;
    this.#limits = limits;
    this.#variables = variables;
  }

  run(): void {
    const operations: OperationDefinitionNode[] = [];
    for (const definition of this.#document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
      else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    }
    for (const operation of operations) {
      this.#operation = operation;
      this.#aliases = 0;
      this.#directives = operation.directives?.length ?? 0;
      this.#cost = 0;
      this.#walk(operation.selectionSet, 1, 1, { all: 1, page: 1 }, { entries: 0 });
    }
  }

  #walk(set: SelectionSetNode, depth: number, times: number, places: Places, counted: { entries: number }): void {
    const limits = this.#limits;
    if (depth > limits.QUERY_MAX_DEPTH) throw tooLarge('levels', limits.QUERY_MAX_DEPTH);
    for (const node of set.selections) {
      // Spreads count like fields: fragments that spread each other twice and hold nothing would double the walk each time.
      counted.entries += 1;
      if (counted.entries > limits.QUERY_MAX_FIELDS) {
        throw tooLarge('fields in one selection', limits.QUERY_MAX_FIELDS);
      }
      this.#directives += node.directives?.length ?? 0;
      if (this.#directives > limits.QUERY_MAX_DIRECTIVES) throw tooLarge('directives', limits.QUERY_MAX_DIRECTIVES);
      if (node.kind === Kind.FIELD) {
        this.#field(node, depth, times, places);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        this.#walk(node.selectionSet, depth, times, places, counted);
      } else {
        const fragment = this.#fragments.get(node.name.value);
        if (!fragment || this.#open.has(node.name.value)) continue;
        this.#open.add(node.name.value);
        this.#walk(fragment.selectionSet, depth, times, places, counted);
        this.#open.delete(node.name.value);
      }
    }
  }

  #field(node: FieldNode, depth: number, times: number, places: Places): void {
    const limits = this.#limits;
    if (node.alias) this.#aliases += 1;
    if (this.#aliases > limits.QUERY_MAX_ALIASES) throw tooLarge('aliases', limits.QUERY_MAX_ALIASES);
    if (!node.selectionSet) return;
    // An object costs 1; a page as many times what is below it as it has places.
    const name = node.name.value;
    const here = name === 'pageInfo' ? times : times * places.all * (ENTRIES.has(name) ? places.page : 1);
    this.#cost += here;
    if (this.#cost > limits.QUERY_MAX_COMPLEXITY) throw tooLarge('points of cost', limits.QUERY_MAX_COMPLEXITY);
    // Tools ask for the types of types nine deep; graphql-js bounds introspection by a rule of its own.
    const below = name === '__schema' || name === '__type' ? -INTROSPECTION_LEVELS : depth;
    this.#walk(node.selectionSet, below + 1, here, this.#placesOf(node), { entries: 0 });
  }

  #placesOf(node: FieldNode): Places {
    const argument = (name: string): unknown => {
      const found = node.arguments?.find((one) => one.name.value === name);
      return found && this.#sizeIn(found.value);
    };
    const size = argument('ids') ?? argument('first');
    return typeof size === 'number' ? { all: Math.max(1, size), page: 1 } : { all: 1, page: PAGE_DEFAULT };
  }

  /** The number that is written there, or how many entries; undefined where it says neither. */
  #sizeIn(value: ValueNode): number | undefined {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind !== Kind.VARIABLE) return undefined;
    this.dependsOnVariables = true;
    if (this.#variables === null) return 1;
    const name = value.name.value;
    const given = this.#variables[name];
    if (Array.isArray(given)) return given.length;
    if (given !== undefined) return typeof given === 'number' ? given : undefined;
    const declared = this.#operation?.variableDefinitions?.find((one) => one.variable.name.value === name);
    return declared?.defaultValue && this.#sizeIn(declared.defaultValue);
  }
}
