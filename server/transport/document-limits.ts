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
>;

/**
 * Refuses documents that cost more than they are worth, over HTTP and WebSocket alike, before they are validated:
 * tokens while parsing, the rest in one walk that follows fragments (each use counts) and knows no schema.
 */
export function useDocumentLimits(limits: DocumentLimits): Plugin<Context> {
  const judged = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    onParse({ setParseFn, parseFn }) {
      setParseFn((source, options) => parseTokens(parseFn, source, options, limits.QUERY_MAX_TOKENS));
    },
    onValidate({ params, setResult }) {
      const document = params.documentAST as DocumentNode;
      let errors = judged.get(document);
      if (!errors) {
        errors = judgeDocument(document, limits);
        judged.set(document, errors);
      }
      if (errors.length > 0) setResult([...errors]);
    },
  };
}

type Parse = (source: string | Source, options?: ParseOptions) => DocumentNode;

/** Parses no more tokens than are allowed, and says so under our own code. */
function parseTokens(parse: Parse, source: string | Source, options: ParseOptions | undefined, most: number) {
  try {
    return parse(source, { ...options, maxTokens: most });
  } catch (error) {
    throw error instanceof GraphQLError && /tokens/.test(error.message) ? tooLarge('tokens', most) : error;
  }
}

function tooLarge(what: string, limit: number): GraphQLError {
  return new GraphQLError(denialMessage('en', 'QUERY_TOO_LARGE', { what, limit }), {
    extensions: { code: 'QUERY_TOO_LARGE', what, limit },
  });
}

/** The one error of a document that breaks a limit; none where it keeps them all. */
export function judgeDocument(document: DocumentNode, limits: DocumentLimits): readonly GraphQLError[] {
  try {
    new Judge(document, limits).run();
    return [];
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** Levels that introspection may have beyond those of other queries: getIntrospectionQuery() has 14 in all. */
const INTROSPECTION_LEVELS = 6;

class Judge {
  readonly #document: DocumentNode;
  readonly #limits: DocumentLimits;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** Fragments being walked, so that one that spreads itself ends (validation refuses it afterwards). */
  readonly #open = new Set<string>();
  #aliases = 0;
  #directives = 0;
  #cost = 0;

  constructor(document: DocumentNode, limits: DocumentLimits) {
    this.#document = document;
    this.#limits = limits;
  }

  run(): void {
    const operations: OperationDefinitionNode[] = [];
    for (const definition of this.#document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
      else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    }
    for (const operation of operations) {
      this.#aliases = 0;
      this.#directives = operation.directives?.length ?? 0;
      this.#cost = 0;
      this.#walk(operation.selectionSet, 1, 1, { fields: 0 });
    }
  }

  #walk(set: SelectionSetNode, depth: number, times: number, selection: { fields: number }): void {
    const limits = this.#limits;
    if (depth > limits.QUERY_MAX_DEPTH) throw tooLarge('levels', limits.QUERY_MAX_DEPTH);
    for (const node of set.selections) {
      this.#directives += node.directives?.length ?? 0;
      if (this.#directives > limits.QUERY_MAX_DIRECTIVES) throw tooLarge('directives', limits.QUERY_MAX_DIRECTIVES);
      if (node.kind === Kind.FIELD) {
        this.#field(node, depth, times, selection);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        this.#walk(node.selectionSet, depth, times, selection);
      } else {
        const fragment = this.#fragments.get(node.name.value);
        if (!fragment || this.#open.has(node.name.value)) continue;
        this.#open.add(node.name.value);
        this.#walk(fragment.selectionSet, depth, times, selection);
        this.#open.delete(node.name.value);
      }
    }
  }

  #field(node: FieldNode, depth: number, times: number, selection: { fields: number }): void {
    const limits = this.#limits;
    selection.fields += 1;
    if (selection.fields > limits.QUERY_MAX_FIELDS) throw tooLarge('fields in one selection', limits.QUERY_MAX_FIELDS);
    if (node.alias) this.#aliases += 1;
    if (this.#aliases > limits.QUERY_MAX_ALIASES) throw tooLarge('aliases', limits.QUERY_MAX_ALIASES);
    if (!node.selectionSet) return;
    // An object costs 1; a page, known by its `first`, as many times what is below it as it has places.
    this.#cost += times;
    if (this.#cost > limits.QUERY_MAX_COMPLEXITY) throw tooLarge('points of cost', limits.QUERY_MAX_COMPLEXITY);
    // Tools ask for the types of types nine deep; graphql-js bounds introspection by a rule of its own.
    const below = node.name.value === '__schema' || node.name.value === '__type' ? -INTROSPECTION_LEVELS : depth;
    this.#walk(node.selectionSet, below + 1, times * placesOf(node), { fields: 0 });
  }
}

function placesOf(node: FieldNode): number {
  const first = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  const ids = node.arguments?.find((argument) => argument.name.value === 'ids')?.value;
  if (ids?.kind === Kind.LIST) return Math.max(1, ids.values.length);
  if (first) return pageSizeOf(first);
  const names = node.selectionSet?.selections.map((child) => (child.kind === Kind.FIELD ? child.name.value : ''));
  return names?.includes('edges') || names?.includes('nodes') ? PAGE_DEFAULT : 1;
}

function pageSizeOf(value: ValueNode): number {
  return value.kind === Kind.INT ? Math.max(1, Number(value.value)) : PAGE_DEFAULT;
}
