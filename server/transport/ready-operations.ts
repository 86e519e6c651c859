import type { ExecutionResult } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Context } from '../schema/builder.ts';
import { DoneOnce } from '../schema/done-once.ts';
import { asksForCost, type DocumentJudge } from './document-limits.ts';
import type { Begun, CompiledOperations, ReadyOperation } from './operation-execution.ts';
import { limited } from './timeout.ts';

export type ReadyAnswer =
  | { readonly type: ReadyOperation['type']; readonly result: ExecutionResult }
  /** The usual way has to be taken. */
  | { readonly result: null; readonly begun: Begun };

/** As HTTP and WebSocket both hand it on: either may say null for what is absent. */
type Params = { readonly [Name in keyof GraphQLParams]?: GraphQLParams[Name] | null | undefined };

/** @param admit lets the caller in; not called where the operation is not ready. */
export type AnswerReady = (params: Params, admit: () => Promise<Context>) => Promise<ReadyAnswer>;

/**
 * Answers operations that were parsed, validated and compiled before, without asking Yoga again: it would find all that in its
 * caches (bench/README.md has what is saved). The caller is let in, the variables are held against the limits and the
 * time is limited as for every operation. What is out of the ordinary, every error but a timeout among it, is left to Yoga.
 */
export function readyOperations(
  operations: CompiledOperations,
  judge: DocumentJudge,
  timeoutSeconds: number,
): AnswerReady {
  return async (params, admit) => {
    const { query, operationName, variables } = params;
    const ready = operations.ready(query ?? '', operationName ?? null);
    if (!ready) return { result: null, begun: {} };
    const { type, document, run } = ready;
    const admission = admit();
    let contextValue: Context;
    try {
      contextValue = await admission;
    } catch {
      return { result: null, begun: { admission } };
    }
    const variableValues = (variables ?? {}) as Record<string, unknown>;
    if (judge.variables(document, variableValues)) return { result: null, begun: { admission } };
    const once = new DoneOnce();
    const running = run({ variableValues, contextValue, rootValue: once });
    const result = (await limited(running, contextValue, timeoutSeconds)) as ExecutionResult | null;
    if (!result) return { result, begun: { admission, once } };
    const extensions = asksForCost(params) && judge.cost(document, operationName ?? null, variableValues);
    return { type, result: extensions ? { ...result, extensions } : result };
  };
}
