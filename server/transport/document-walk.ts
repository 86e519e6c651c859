import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Config } from '../config.ts';
import { PAGE_DEFAULT } from '../domain/page.ts';

/** The settings that bound documents and their variables. */
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

export type Variables = Readonly<Record<string, unknown>>;

/** A limit that is broken: what there is too much of, and how much of it may be. */
export interface Broken {
  readonly what: string;
  readonly limit: number;
}

/** What is known of a document, before its variables are or with them. */
export interface Judgement {
  /** The first limit that it breaks; null for none. */
  readonly broken: Broken | null;
  /** Of each operation; not of those after a broken limit. */
  readonly costs: ReadonlyMap<OperationDefinitionNode, number>;
  /** Whether the cost depends on variables, so that it has to be reckoned again for each operation. */
  readonly dependsOnVariables: boolean;
}

/** Judges a document by itself, or with the variables of one operation. */
export function judgeDocument(
  document: DocumentNode,
  limits: DocumentLimits,
  variables: Variables | null = null,
): Judgement {
  const judge = new Judge(document, limits, variables);
  const broken = brokenBy(() => judge.run());
  return { broken, costs: judge.costs, dependsOnVariables: judge.dependsOnVariables };
}

/** Thrown where a limit is broken, out of the midst of the walk. */
class LimitBroken extends Error {
  readonly broken: Broken;
  constructor(what: string, limit: number) {
    super(`more than ${limit} ${what}`);
    this.broken = { what, limit };
  }
}

function brokenBy(judge: () => void): Broken | null {
  try {
    judge();
    return null;
  } catch (error) {
    if (error instanceof LimitBroken) return error.broken;
    throw error;
  }
}

/** How many entries the longest list has, however deep it is. Not recursive, because JSON may be nested deeper than the stack is. */
export function longestList(variables: Variables): number {
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
  readonly costs = new Map<OperationDefinitionNode, number>();
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
      this.#directives = 0;
      this.#cost = 0;
      for (const node of [operation, ...(operation.variableDefinitions ?? [])]) this.#countDirectives(node);
      this.#walk(operation.selectionSet, 1, 1, { all: 1, page: 1 }, { entries: 0 });
      this.costs.set(operation, this.#cost);
    }
  }

  #walk(set: SelectionSetNode, depth: number, times: number, places: Places, counted: { entries: number }): void {
    const limits = this.#limits;
    if (depth > limits.QUERY_MAX_DEPTH) throw new LimitBroken('levels', limits.QUERY_MAX_DEPTH);
    for (const node of set.selections) {
      // Spreads count like fields: fragments that spread each other twice and hold nothing would double the walk each time.
      counted.entries += 1;
      if (counted.entries > limits.QUERY_MAX_FIELDS) {
        throw new LimitBroken('fields in one selection', limits.QUERY_MAX_FIELDS);
      }
      this.#countDirectives(node);
      if (node.kind === Kind.FIELD) {
        this.#field(node, depth, times, places);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        this.#walk(node.selectionSet, depth, times, places, counted);
      } else {
        const fragment = this.#fragments.get(node.name.value);
        if (!fragment || this.#open.has(node.name.value)) continue;
        this.#open.add(node.name.value);
        this.#countDirectives(fragment);
        this.#walk(fragment.selectionSet, depth, times, places, counted);
        this.#open.delete(node.name.value);
      }
    }
  }

  #countDirectives({ directives }: { readonly directives?: readonly unknown[] | undefined }): void {
    const { QUERY_MAX_DIRECTIVES: limit } = this.#limits;
    this.#directives += directives?.length ?? 0;
    if (this.#directives > limit) throw new LimitBroken('directives', limit);
  }

  #field(node: FieldNode, depth: number, times: number, places: Places): void {
    const limits = this.#limits;
    if (node.alias) this.#aliases += 1;
    if (this.#aliases > limits.QUERY_MAX_ALIASES) throw new LimitBroken('aliases', limits.QUERY_MAX_ALIASES);
    if (!node.selectionSet) return;
    // An object costs 1; a page as many times what is below it as it has places.
    const name = node.name.value;
    const here = name === 'pageInfo' ? times : times * places.all * (ENTRIES.has(name) ? places.page : 1);
    this.#cost += here;
    if (this.#cost > limits.QUERY_MAX_COMPLEXITY) throw new LimitBroken('points of cost', limits.QUERY_MAX_COMPLEXITY);
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
