import SchemaBuilder from '@pothos/core';
import { GraphQLError } from 'graphql';
import type { Context as DomainContext } from '../domain/context.ts';
import type { Loaders } from './loaders.ts';

/** What resolvers get: the domain's context, and the loaders of this operation. */
export interface Context extends DomainContext {
  readonly loaders: Loaders;
  /** Sets a Set-Cookie header on the response; null where there is none to set it on (WebSocket). */
  readonly setCookie: ((header: string) => void) | null;
  /** When the operation began to be let in, by `performance.now()`; for the metrics. */
  readonly startedAt: number;
}

/**
 * The builder that every concept's file adds its types to. It defines no types itself but the scalars; `schema.ts`
 * imports all concepts and builds.
 */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: number; Output: number };
    Cursor: { Input: string; Output: string };
  };
}>({ defaultFieldNullability: false });

builder.queryType({ description: 'Everything that can be read. A query never changes anything.' });
builder.mutationType({
  description:
    'Everything that can be changed. Each mutation answers a union of its payload and of the refusals that a person ' +
    'can meet and act on, each a `UserError`; anything else is a top-level error with a code in `extensions`.',
});
builder.subscriptionType({
  description:
    'Live events, over WebSocket (graphql-transport-ws) or server-sent events at the same address. Nothing is lost: ' +
    'every event has a cursor; subscribe `after` the last one that you saw and you get what you missed, in order and ' +
    'once, and then what happens.',
});

/** Instants beyond these are no dates to JavaScript (ECMAScript, Time Values). */
const FURTHEST_INSTANT_MS = 8.64e15;

builder.scalarType('DateTime', {
  description: 'An instant, as ISO 8601 in UTC with milliseconds: `2026-11-20T15:04:05.678Z`.',
  serialize: (instant) => new Date(instant).toISOString(),
  parseValue(value) {
    const instant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
    if (!(Math.abs(instant) <= FURTHEST_INSTANT_MS)) {
      throw new GraphQLError('DateTime must be an instant in ISO 8601, such as 2026-11-20T15:04:05Z');
    }
    return instant;
  },
});

builder.scalarType('Cursor', {
  description: 'A place in a list or in a stream of events. Opaque: only hand back what you were given.',
  serialize: (cursor) => cursor,
  parseValue(value) {
    if (typeof value !== 'string') throw new GraphQLError('Cursor must be a string that the server gave');
    return value;
  },
});
