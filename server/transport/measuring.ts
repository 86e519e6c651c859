import { type DocumentNode, getOperationAST } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { DENIAL_CODES } from '../domain/denials.ts';
import type { Meters } from '../domain/meters.ts';
import type { Context } from '../schema/builder.ts';
import type { AnswerReady } from './ready-operations.ts';

/** What an operation may end with; others, which there should be none of, are counted as one. */
const CODES: ReadonlySet<unknown> = new Set([...DENIAL_CODES, 'INTERNAL']);

type Type = 'query' | 'mutation' | 'subscription';

/** Whatever may have errors, each with its code. */
interface Ended {
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] | undefined;
}

/** Counts operations that were let in; those that were not are counted where that is judged (context.ts). */
class Measure {
  readonly #operations: Meters['operations'];
  readonly #types: Readonly<Record<Type, { ok: { add(): void }; observe(seconds: number): void }>>;

  constructor({ operations, querySeconds, mutationSeconds }: Meters) {
    this.#operations = operations;
    this.#types = {
      query: { ok: operations.of('query', 'ok'), observe: (seconds) => querySeconds.observe(seconds) },
      mutation: { ok: operations.of('mutation', 'ok'), observe: (seconds) => mutationSeconds.observe(seconds) },
      // They are through as soon as they have begun.
      subscription: { ok: operations.of('subscription', 'ok'), observe() {} },
    };
  }

  ended(type: Type, { errors }: Ended, startedAt: number): void {
    const { ok, observe } = this.#types[type];
    observe((performance.now() - startedAt) / 1000);
    if (errors === undefined || errors.length === 0) {
      ok.add();
      return;
    }
    const code = errors[0]?.extensions?.['code'];
    this.#operations.of(type, CODES.has(code) ? String(code) : 'other').add();
  }

  /** No document, or one that is none of this schema: it is of no type. */
  unusable(): void {
    this.#operations.of('none', 'BAD_USER_INPUT').add();
  }
}

/** Counts and times what Yoga executes, for HTTP and WebSocket alike. To stand after what presents errors. */
export function useMeasure(meters: Meters): Plugin<Context> {
  const measure = new Measure(meters);
  return {
    onParse:
      () =>
      ({ result }) => {
        if (result instanceof Error) measure.unusable();
      },
    onValidate:
      () =>
      ({ valid }) => {
        if (!valid) measure.unusable();
      },
    onExecute: ({ args }) => ({
      onExecuteDone({ result }) {
        if (isAsyncIterable(result)) return;
        const type = typeOf(args.document, args.operationName);
        measure.ended(type, result, (args.contextValue as Context).startedAt);
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult({ result }) {
        const ended = isAsyncIterable(result) ? {} : (result as Ended);
        measure.ended('subscription', ended, (args.contextValue as Context).startedAt);
      },
    }),
  };
}

/** Counts and times what is answered without Yoga. */
export function measuredReady(ready: AnswerReady, meters: Meters): AnswerReady {
  const measure = new Measure(meters);
  return async (params, admit) => {
    const startedAt = performance.now();
    const answer = await ready(params, admit);
    if (answer.result) measure.ended(answer.type, answer.result, startedAt);
    return answer;
  };
}

/** Counts subscriptions that begin without Yoga. */
export function measuredSubscriptions<Begun>(meters: Meters): (begun: Begun, { startedAt }: Context) => Begun {
  const measure = new Measure(meters);
  return (begun, { startedAt }) => {
    measure.ended('subscription', isAsyncIterable(begun) ? {} : (begun as Ended), startedAt);
    return begun;
  };
}

function typeOf(document: DocumentNode, operationName: string | null | undefined): Type {
  return getOperationAST(document, operationName)?.operation ?? 'query';
}
