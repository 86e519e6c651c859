import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useLiveEvent } from '../../data/live.tsx';
import { OnlineDevices } from './operations.ts';

/** In a company of thousands, devices come and go all the time: they are counted anew at most so often, in ms. */
const COUNT_EVERY_MS = 5_000;

/** How many devices of the company are online, counted by the server; null until it has answered. */
export function useOnlineCount(): number | null {
  const client = useClient();
  const [online, setOnline] = useState<number | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const countNow = useCallback(async () => {
    const { data } = await client.query(OnlineDevices, {}, { requestPolicy: 'network-only' });
    const count = data?.viewer.account?.company?.devices.totalCount;
    if (count !== undefined) setOnline(count);
  }, [client]);
  useEffect(() => {
    void countNow();
    return () => {
      if (waiting.current) clearTimeout(waiting.current);
    };
  }, [countNow]);
  useLiveEvent((event) => {
    if (event.__typename !== 'DeviceEvent' || waiting.current) return;
    waiting.current = setTimeout(() => {
      waiting.current = null;
      void countNow();
    }, COUNT_EVERY_MS);
  });
  return online;
}
