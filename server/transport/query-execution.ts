import { type DocumentNode, type ExecutionArgs, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../schema/builder.ts';
import { type CompiledQuery, compileQuery } from './compiled-queries.ts';

/**
 * Runs queries that were seen before as functions made of their documents (bench/README.md has what that saves).
 * Mutations, subscriptions, and all that is out of the ordinary take the reference executor; a test holds both to the
 * same bytes.
 */
export function useCompiledQueries(): Plugin<Context> {
  // Yoga remembers a bounded number of documents, and what is compiled goes with them.
  const seen = new WeakMap<DocumentNode, Map<string | null, CompiledQuery | null>>();

  function compiled({ schema, document, operationName = null }: ExecutionArgs): CompiledQuery | null {
    const byName = seen.get(document);
    if (!byName) {
      // What is asked once only is not worth it.
      seen.set(document, new Map());
      return null;
    }
    let query = byName.get(operationName);
    if (query === undefined) {
      // Names of nothing are not remembered: there is no end of them.
      if (!getOperationAST(document, operationName)) return null;
      query = compileQuery(schema, document, operationName);
      byName.set(operationName, query);
    }
    return query;
  }

  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const query = compiled(args);
      if (query) setExecuteFn(async (given) => (await query(given)) ?? executeFn(given));
    },
  };
}
