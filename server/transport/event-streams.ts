import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { Denial } from '../domain/denials.ts';
import type { Context } from '../schema/builder.ts';
import { denialResponseError } from './errors.ts';
import type { OpenConnections } from './open-connections.ts';

/** Nobody knows when one of a caller's connections ends: as long as the typed client waits at most (client/api/backoff.ts). */
const RETRY_AFTER_S = 10;

/**
 * Counts subscriptions over HTTP (server-sent events): each holds a connection, as a socket does, and counts like one.
 * Those over WebSocket are counted by their socket.
 */
export function useEventStreams(connections: OpenConnections): Plugin<Context> {
  return {
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const { principal, request, setCookie } = args.contextValue as Context;
      if (setCookie === null) return;
      setSubscribeFn(async (subscribed) => {
        const release = connections.open(principal, request.address ?? '');
        if (!release) {
          const denial = new Denial('TOO_MANY_REQUESTS', { retryAfterSeconds: RETRY_AFTER_S });
          return { errors: [denialResponseError(denial, request.language)] };
        }
        try {
          const result: unknown = await subscribeFn(subscribed);
          if (isAsyncIterable(result)) return releasing(result, release);
          release();
          return result;
        } catch (error) {
          release();
          throw error;
        }
      });
    },
  };
}

/** The same events; `release` is called when they end, whoever ended them. */
function releasing<T>(events: AsyncIterable<T>, release: () => void): AsyncIterableIterator<T> {
  const inner = events[Symbol.asyncIterator]();
  const self: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]: () => self,
    async next() {
      try {
        const result = await inner.next();
        if (result.done) release();
        return result;
      } catch (error) {
        release();
        throw error;
      }
    },
    async return() {
      release();
      await inner.return?.();
      return { done: true, value: undefined };
    },
  };
  return self;
}
