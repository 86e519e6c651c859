import type { Exchange } from '@urql/core';
import { type Cache, cacheExchange } from '@urql/exchange-graphcache';
import type { EventFieldsFragment } from '../../graphql/graphql.ts';
import possibleTypes from '../../graphql/possible-types.ts';
import { eventLayers } from './event-layers.ts';
import { neverNothing } from './never-nothing.ts';
import { isOutdated, OUTDATING, TYPES, told } from './news.ts';
import { overtaken } from './overtaken.ts';

/**
 * The normalised cache: what an event or a mutation brings of an object shows wherever that object is shown. What an event
 * cannot bring – which objects a list holds – is marked outdated here, and asked for again by whoever shows it.
 */
const cache: Exchange = cacheExchange({
  ...possibleTypes,
  // Parts without an id of their own belong to the object that holds them.
  keys: {
    ...Object.fromEntries(
      ['Viewer', 'Server', 'PageInfo', 'Peer', 'Person', 'Grant'].map((type) => [type, () => null]),
    ),
    WebhookDelivery: ({ deliveryId }) => deliveryId as string,
  },
  updates: {
    Subscription: Object.fromEntries(
      ['accountEvents', 'companyEvents', 'alertEvents', 'sessionEvents'].map((field) => [
        field,
        (result: Record<string, unknown>, _args: unknown, cache: Cache) => {
          outdate(cache, result[field] as EventFieldsFragment);
        },
      ]),
    ),
    Mutation: {
      signOut: (_result, _args, cache) => cache.invalidate('Query'),
      ...Object.fromEntries(
        Object.entries(OUTDATING).map(([field, concept]) => [
          field,
          (_result: unknown, _args: unknown, cache: Cache) => outdateLists(cache, concept),
        ]),
      ),
    },
  },
});

/** What the dashboard's clients ask through. */
export const exchanges: readonly Exchange[] = [neverNothing, ...eventLayers(cache), overtaken];

function outdate(cache: Cache, event: EventFieldsFragment): void {
  const about = told(event);
  // A StreamResetEvent: something was missed, so that nothing here is certain.
  if (!about) {
    cache.invalidate('Query');
    return;
  }
  const type = TYPES[about.concept];
  if (type && about.subject) cache.invalidate({ __typename: type, id: about.subject });
  outdateLists(cache, about.concept);
}

function outdateLists(cache: Cache, concept: string): void {
  const viewer = cache.resolve('Query', 'viewer') as string | null;
  const account = viewer && (cache.resolve(viewer, 'account') as string | null);
  const company = account && (cache.resolve(account, 'company') as string | null);
  for (const owner of ['Query', account, company, ...nodesShown(cache)]) {
    if (!owner) continue;
    for (const { fieldName, arguments: args } of cache.inspectFields(owner)) {
      if (isOutdated(concept, fieldName, args ?? {})) cache.invalidate(owner, fieldName, args);
    }
  }
}

/** What pages show by `node(id:)`: the device, policy or Backup that they are of. */
function nodesShown(cache: Cache): (string | null)[] {
  return cache
    .inspectFields('Query')
    .filter(({ fieldName }) => fieldName === 'node')
    .map(({ fieldName, arguments: args }) => cache.resolve('Query', fieldName, args) as string | null);
}
