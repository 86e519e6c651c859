import { useCallback, useEffect, useState } from 'react';
import type { WebhookDeliveriesQuery } from '../../graphql/graphql.ts';
import { useLiveEvent } from '../data/live.tsx';
import { useSession } from '../data/session.tsx';
import { type Pages, usePages } from '../data/use-pages.ts';
import { WebhookDeliveries } from './operations.ts';

type WebhookNode = Extract<WebhookDeliveriesQuery['node'], { __typename: 'Webhook' }>;
export type Delivery = WebhookNode['deliveries']['nodes'][number];

const PAGE = 25;

/** Between two looks at what is on its way, in ms: the receiver has ten seconds to answer. */
const LOOK_MS = 1_000;
/** For how long after something happened, in ms, its delivery may not be queued yet. */
const QUEUED_WITHIN_MS = 3_000;
/** A retry that is further off than this, in ms, may be moved by a test or by another tab. */
const LONGEST_WAIT_MS = 60_000;

/**
 * The deliveries of a webhook, kept up to date while they are shown. No event tells of them, because an event that tells of
 * deliveries would have to be delivered too: so they are looked at again when something happens that may be delivered, and,
 * while one is on its way, whenever its next attempt is due.
 */
export function useDeliveries(id: string): { pages: Pages<Delivery>; look(): void } {
  const { beckon } = useSession();
  const pages = usePages(WebhookDeliveries, { id, first: PAGE }, ({ node }) =>
    node?.__typename === 'Webhook' ? node.deliveries : null,
  );
  const [looked, setLooked] = useState({ times: 0, eagerUntil: 0 });

  const { refresh: ask } = pages;
  const refresh = useCallback(
    (eagerUntil: number): void => {
      ask();
      setLooked((before) => ({ times: before.times + 1, eagerUntil: Math.max(before.eagerUntil, eagerUntil) }));
    },
    [ask],
  );
  const look = useCallback(() => refresh(Date.now() + QUEUED_WITHIN_MS), [refresh]);
  useLiveEvent(look);

  useEffect(() => {
    const due = pages.rows.flatMap(({ state, nextAttemptAt }) =>
      state === 'PENDING' ? [nextAttemptAt ? Date.parse(nextAttemptAt) - beckon.serverNow() : 0] : [],
    );
    if (Date.now() < looked.eagerUntil) due.push(0);
    if (due.length === 0) return undefined;
    const wait = Math.min(Math.max(Math.min(...due), LOOK_MS), LONGEST_WAIT_MS);
    const timer = setTimeout(() => refresh(0), wait);
    return () => clearTimeout(timer);
  }, [pages.rows, looked, beckon, refresh]);

  return { pages, look };
}
