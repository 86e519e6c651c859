import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { Denial } from '../domain/denials.ts';
import type { Context } from '../schema/builder.ts';
import { denialResponseError } from './errors.ts';

/**
 * What the promise resolves to, or what `late` says where it has not within so many milliseconds of real time. What it
 * resolves to afterwards goes to `discard`; what it works on is not stopped.
 */
export function within<T>(work: Promise<T>, milliseconds: number, late: () => T, discard?: (value: T) => void) {
  return new Promise<T>((resolve, reject) => {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
    work.then(
      (value) => {
        clearTimeout(timer);
        if (over) discard?.(value);
        else resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

/**
 * Answers TIMEOUT where a query or mutation takes longer than it may, or a subscription to begin. By real time, because
 * it is about this machine's work and no rule of the product's. A transaction that has begun is ended as it would be
 * otherwise: a mutation is repeated safely by its idempotency key.
 */
export function useTimeout(seconds: number): Plugin<Context> {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn((args) => limited(executeFn(args), args.contextValue, seconds));
    },
    onSubscribe({ subscribeFn, setSubscribeFn }) {
      setSubscribeFn((args) => limited(subscribeFn(args), args.contextValue, seconds));
    },
  };
}

/** The result of an operation, or TIMEOUT where it has not come within so many seconds. */
export function limited(result: unknown, ctx: Context, seconds: number): unknown {
  if (!(result instanceof Promise)) return result;
  const late = (): Result => {
    ctx.log.warn({ reference: ctx.request.id, seconds }, 'an operation took too long');
    return { errors: [denialResponseError(new Denial('TIMEOUT', { seconds }), ctx.request.language)] };
  };
  return within<Result>(result, seconds * 1000, late, endUnheard);
}

/** A stream that opened after its reader was sent away has nobody to close it. */
function endUnheard(result: Result): void {
  if (isAsyncIterable(result)) void result[Symbol.asyncIterator]().return?.();
}
