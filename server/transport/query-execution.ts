import { type DocumentNode, type ExecutionArgs, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../schema/builder.ts';
import { type CompiledQuery, compileQuery } from './compiled-queries.ts';

/** A query that was parsed, held against the limits that need no variables, validated and compiled. */
export interface ReadyQuery {
  readonly document: DocumentNode;
  readonly run: CompiledQuery;
}

/** Texts of queries that are remembered; a compiled one takes some 150 kB (performance.md). Yoga remembers as many. */
const MOST_REMEMBERED = 500;

/** Queries that are compiled when they are asked again, and found by their texts from then on. */
export class CompiledQueries {
  /** By the document, which Yoga gives for the same text again: what is asked once only is not worth compiling. */
  readonly #seen = new WeakMap<DocumentNode, Map<string | null, CompiledQuery | null>>();
  /** By the text and then by the name of the operation; those used last are at the end. */
  readonly #byText = new Map<string, Map<string | null, ReadyQuery>>();

  /** The query that was compiled for this text; null where it has to take the usual way. */
  ready(text: string, operationName: string | null): ReadyQuery | null {
    const byName = this.#byText.get(text);
    const query = byName?.get(operationName);
    if (!byName || !query) return null;
    this.#byText.delete(text);
    this.#byText.set(text, byName);
    return query;
  }

  /** For an operation that is about to be executed, validated therefore. Null: by the reference executor. */
  compiled({ schema, document, operationName = null }: ExecutionArgs): CompiledQuery | null {
    const byName = this.#seen.get(document);
    if (!byName) {
      this.#seen.set(document, new Map());
      return null;
    }
    let query = byName.get(operationName);
    if (query === undefined) {
      // Names of nothing are not remembered: there is no end of them.
      if (!getOperationAST(document, operationName)) return null;
      query = compileQuery(schema, document, operationName);
      if (query && asksForCursor(document)) query = ofOneState(query);
      byName.set(operationName, query);
      if (query) this.#remember({ document, run: query }, operationName);
    }
    return query;
  }

  #remember(query: ReadyQuery, operationName: string | null): void {
    const text = query.document.loc?.source.body;
    if (text === undefined) return;
    const byName = this.#byText.get(text) ?? new Map<string | null, ReadyQuery>();
    byName.set(operationName, query);
    this.#byText.set(text, byName);
    for (const oldest of this.#byText.keys()) {
      if (this.#byText.size <= MOST_REMEMBERED) break;
      this.#byText.delete(oldest);
    }
  }
}

/**
 * Whether a cursor may be asked for, which is to stand for all that is answered beside it: read one after the other, an
 * event between them would be in neither (API-01).
 */
function asksForCursor({ loc }: DocumentNode): boolean {
  return loc?.source.body.includes('eventCursor') ?? true;
}

/** The execution with all its reads of one and the same state. */
function ofOneState<Result>(
  execute: (args: ExecutionArgs) => Promise<Result>,
): (args: ExecutionArgs) => Promise<Result> {
  return (args) => (args.contextValue as Context).db.snapshot(async () => execute(args));
}

/**
 * Runs queries that were seen before as functions made of their documents (bench/README.md has what that saves).
 * Mutations, subscriptions, and all that is out of the ordinary take the reference executor; a test holds both to the
 * same bytes.
 */
export function useCompiledQueries(queries: CompiledQueries): Plugin<Context> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const query = queries.compiled(args);
      if (query) setExecuteFn(async (given) => (await query(given)) ?? reference(given));
      else setExecuteFn(reference);

      function reference(given: ExecutionArgs) {
        const { document, operationName } = given;
        const reads = asksForCursor(document) && getOperationAST(document, operationName)?.operation === 'query';
        return reads ? ofOneState(executeFn)(given) : executeFn(given);
      }
    },
  };
}
