import { type Exchange, makeOperation, mapExchange } from '@urql/core';

/**
 * Asks a query again that is answered by nothing, neither data nor an error, and lets it keep what it had: a page would wait
 * for ever. Graphcache 9.0.2 reads what it has written of an answer through the layer of a query that is being asked again,
 * which lies above it with the old answer in it; where that leads to what an event has outdated, it finds nothing. To go
 * when `overtaken.test.ts` passes without.
 */
export const neverNothing: Exchange = (input) => {
  const found = new Map<number, unknown>();
  return mapExchange({
    onOperation({ kind, key }) {
      if (kind === 'teardown') found.delete(key);
    },
    onResult(result) {
      const { operation, data, error } = result;
      if (operation.kind !== 'query') return result;
      if (data) found.set(operation.key, data);
      if (data || error) return result;
      input.client.reexecuteOperation(
        makeOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }),
      );
      return { ...result, data: found.get(operation.key), stale: true };
    },
  })(input);
};
