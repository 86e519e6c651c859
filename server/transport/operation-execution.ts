import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../schema/builder.ts';
import { DoneOnce } from '../schema/done-once.ts';
import { type CompiledOperation, compileOperation, type RunArgs } from './compiled-operations.ts';

/** An operation that was parsed, held against the limits that need no variables, validated and compiled. */
export interface ReadyOperation {
  readonly type: OperationTypeNode;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly run: CompiledOperation;
}

/** What was begun of an operation before Yoga is asked: neither is its caller let in twice, nor is anything done twice. */
export interface Begun {
  readonly admission?: Promise<Context>;
  readonly once?: DoneOnce;
}

/** Texts of operations that are remembered; a compiled one takes some 150 kB (performance.md). Yoga remembers as many. */
const MOST_REMEMBERED = 500;

/** Operations that are compiled when they are asked again, and found by their texts from then on. */
export class CompiledOperations {
  /** By the document, which Yoga gives for the same text again: what is asked once only is not worth compiling. */
  readonly #seen = new WeakMap<DocumentNode, Map<string | null, CompiledOperation | null>>();
  /** By the text and then by the name of the operation; those used last are at the end. */
  readonly #byText = new Map<string, Map<string | null, ReadyOperation>>();

  /** What was compiled for this text; null where it has to take the usual way. */
  ready(text: string, operationName: string | null): ReadyOperation | null {
    const byName = this.#byText.get(text);
    const ready = byName?.get(operationName);
    if (!byName || !ready) return null;
    this.#byText.delete(text);
    this.#byText.set(text, byName);
    return ready;
  }

  /** For an operation that is about to be executed, validated therefore. Null: by the reference executor. */
  compiled({ schema, document, operationName = null }: ExecutionArgs): CompiledOperation | null {
    const byName = this.#seen.get(document);
    if (!byName) {
      this.#seen.set(document, new Map());
      return null;
    }
    let run = byName.get(operationName);
    if (run === undefined) {
      // Names of nothing are not remembered: there is no end of them.
      const type = getOperationAST(document, operationName)?.operation;
      if (!type) return null;
      run = compileOperation(schema, document, operationName);
      if (run && asksForOneState(type, document)) run = ofOneState(run);
      byName.set(operationName, run);
      if (run) this.#remember({ type, schema, document, run }, operationName);
    }
    return run;
  }

  #remember(ready: ReadyOperation, operationName: string | null): void {
    const text = ready.document.loc?.source.body;
    if (text === undefined) return;
    const byName = this.#byText.get(text) ?? new Map<string | null, ReadyOperation>();
    byName.set(operationName, ready);
    this.#byText.set(text, byName);
    for (const oldest of this.#byText.keys()) {
      if (this.#byText.size <= MOST_REMEMBERED) break;
      this.#byText.delete(oldest);
    }
  }
}

/**
 * Whether a query may ask for a cursor, which is to stand for all that is answered beside it: read one after the other, an
 * event between them would be in neither (API-01).
 */
function asksForOneState(type: OperationTypeNode | undefined, { loc }: DocumentNode): boolean {
  return type === 'query' && (loc?.source.body.includes('eventCursor') ?? true);
}

/** The execution with all its reads of one and the same state. */
function ofOneState<Args extends RunArgs, Result>(
  execute: (args: Args) => Promise<Result>,
): (args: Args) => Promise<Result> {
  return (args) => (args.contextValue as Context).db.snapshot(async () => execute(args));
}

/**
 * Runs queries and mutations that were seen before as functions made of their documents (bench/README.md has what that saves).
 * All that is out of the ordinary takes the reference executor; a test holds both to the same bytes.
 */
export function useCompiledOperations(operations: CompiledOperations): Plugin<Context> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const run = operations.compiled(args);
      if (!run) setExecuteFn(reference);
      else {
        const { once = new DoneOnce() } = args.contextValue as Begun;
        setExecuteFn(async (given) => {
          const attempt = { ...given, rootValue: once };
          return (await run(attempt)) ?? reference(attempt);
        });
      }

      function reference(given: ExecutionArgs) {
        const { document, operationName } = given;
        const type = getOperationAST(document, operationName)?.operation;
        return asksForOneState(type, document) ? ofOneState(executeFn)(given) : executeFn(given);
      }
    },
  };
}
