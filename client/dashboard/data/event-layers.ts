import { type Exchange, makeOperation, mapExchange } from '@urql/core';

/**
 * While a query is on its way, Graphcache keeps what arrives after it in layers, one for each operation, and 9.0.2 leaves
 * the layer of a subscription where its first event put it: below answers that came since, which then hide that the next
 * event has outdated them. So each event goes through the cache as an operation of its own, whose layer is the topmost.
 * To go when `overtaken.test.ts` passes without.
 */
export function eventLayers(cache: Exchange): Exchange[] {
  let events = 0;
  const apart = mapExchange({
    onResult(result) {
      const { kind, context } = result.operation;
      if (kind !== 'subscription') return result;
      events += 1;
      // urql's own keys are hashes from 0 on.
      const own = { ...result.operation, key: -events };
      return { ...result, operation: makeOperation(kind, own, { ...context, subscription: result.operation }) };
    },
  });
  const together = mapExchange({
    onResult(result) {
      const { subscription } = result.operation.context;
      return subscription ? { ...result, operation: subscription } : result;
    },
  });
  return [together, cache, apart];
}
