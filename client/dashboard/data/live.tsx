import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { BeckonError } from '../../api/errors.ts';
import { AccountEvents, AlertEvents, CompanyEvents } from '../../api/operations/events.ts';
import type { EventFieldsFragment } from '../../graphql/graphql.ts';
import { useAccount, useSession } from './session.tsx';

type Listener = (event: EventFieldsFragment) => void;
const Listeners = createContext<Set<Listener> | null>(null);

/**
 * Follows all that concerns the account, its company and the alerts that it may see, for as long as it is on the page. The
 * cache hears of each event first (data/cache.ts), then whoever listens by `useLiveEvent`.
 */
export function Live({ children }: { children: ReactNode }) {
  const { beckon, restart } = useSession();
  const account = useAccount();
  const listeners = useMemo(() => new Set<Listener>(), []);
  // Cursors are those of the first look: streams go on from there by themselves, and newer ones would begin them anew.
  const after = useRef(account.eventCursor);
  const companyId = account.company?.id ?? null;
  const showsAlerts = account.company?.alertEventCursor != null;
  const cursors = useRef(account.company);
  cursors.current = account.company;

  useEffect(() => {
    const tell = (event: EventFieldsFragment | undefined): void => {
      if (event) for (const listener of listeners) listener(event);
    };
    const { unsubscribe } = beckon.urql
      .subscription(AccountEvents, { after: after.current })
      .subscribe(({ data, error }) => {
        tell(data?.accountEvents);
        // The company requires a second factor since: whoever has none is led to it.
        const why = error?.networkError;
        if (why instanceof BeckonError && why.code === 'SECOND_FACTOR_REQUIRED') restart();
      });
    return unsubscribe;
  }, [beckon, listeners, restart]);

  useEffect(() => {
    if (!companyId) return undefined;
    const { unsubscribe } = beckon.urql
      .subscription(CompanyEvents, { after: cursors.current?.eventCursor ?? null })
      .subscribe(({ data }) => {
        if (data) for (const listener of listeners) listener(data.companyEvents);
      });
    return unsubscribe;
  }, [beckon, listeners, companyId]);

  useEffect(() => {
    if (!companyId || !showsAlerts) return undefined;
    const { unsubscribe } = beckon.urql
      .subscription(AlertEvents, { companyId, after: cursors.current?.alertEventCursor ?? null })
      .subscribe(({ data }) => {
        if (data) for (const listener of listeners) listener(data.alertEvents);
      });
    return unsubscribe;
  }, [beckon, listeners, companyId, showsAlerts]);

  return <Listeners value={listeners}>{children}</Listeners>;
}

/** Calls the listener for each event that arrives while the component is shown. */
export function useLiveEvent(listener: Listener): void {
  const listeners = useContext(Listeners);
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    if (!listeners) return undefined;
    const listen: Listener = (event) => latest.current(event);
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  }, [listeners]);
}
