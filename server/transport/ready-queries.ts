import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Context } from '../schema/builder.ts';
import { asksForCost, type DocumentJudge } from './document-limits.ts';
import type { CompiledQueries } from './query-execution.ts';
import { limited } from './timeout.ts';
import type { Admit } from './yoga.ts';

export interface ReadyAnswer {
  /** Null: the usual way has to be taken. */
  readonly result: ExecutionResult | null;
  /** Of the caller, which is not let in twice; null where nobody has asked for it yet. */
  readonly admission: Promise<Context> | null;
}

export type AnswerReady = (params: GraphQLParams, req: IncomingMessage, res: ServerResponse) => Promise<ReadyAnswer>;

/**
 * Answers queries that were parsed, validated and compiled before, without asking Yoga again: it would find all that in its
 * caches (bench/README.md has what is saved). The caller is let in, the variables are held against the limits and the
 * time is limited as for every operation. What is out of the ordinary, every error but a timeout among it, is left to Yoga.
 */
export function readyQueries(
  queries: CompiledQueries,
  judge: DocumentJudge,
  admit: Admit,
  timeoutSeconds: number,
): AnswerReady {
  return async (params, req, res) => {
    const { query = '', operationName, variables } = params;
    const ready = queries.ready(query, operationName ?? null);
    if (!ready) return { result: null, admission: null };
    const admission = admit(req, res);
    let contextValue: Context;
    try {
      contextValue = await admission;
    } catch {
      return { result: null, admission };
    }
    const variableValues = (variables ?? {}) as Record<string, unknown>;
    if (judge.variables(ready.document, variableValues)) return { result: null, admission };
    // A compiled query brings its schema along.
    const args = { document: ready.document, variableValues, contextValue } as unknown as ExecutionArgs;
    const result = (await limited(ready.run(args), contextValue, timeoutSeconds)) as ExecutionResult | null;
    const extensions = asksForCost(params) && judge.cost(ready.document, operationName ?? null, variableValues);
    return { result: result && extensions ? { ...result, extensions } : result, admission };
  };
}
