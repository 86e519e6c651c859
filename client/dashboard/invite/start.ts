import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { InvitationOrigin, OwnDeviceFieldsFragment } from '../../graphql/graphql.ts';

export type OwnDevice = OwnDeviceFieldsFragment;

/** The device that forms begin with: one that somebody is at. */
export function usualDevice(devices: readonly OwnDevice[]): OwnDevice | undefined {
  return devices.find(({ online }) => online) ?? devices[0];
}

/** What an invitation is to be started with. */
interface Beginning {
  readonly deviceId?: string;
  readonly recipient?: string;
  readonly origin: InvitationOrigin;
}

/** Each has a number, so that the same can be begun again. */
export interface Start extends Beginning {
  readonly number: number;
}

let count = 0;

export function startOf(beginning: Beginning): Start {
  count += 1;
  return { ...beginning, number: count };
}

/** The places where other pages start an invitation (INV-27); a link says no other. */
const ORIGINS: readonly InvitationOrigin[] = ['FAVORITES', 'RECENT_SESSIONS', 'DISCOVERY', 'ADDRESS_BOOK'];

/**
 * What the invitation form is to begin with. Other pages say it by a link, `/?invite=<ID or alias>&origin=FAVORITES`,
 * which is taken up once.
 */
export function useStart(): [Start | null, (beginning: Beginning) => void] {
  const [parameters, setParameters] = useSearchParams();
  const [start, setStart] = useState<Start | null>(null);
  const recipient = parameters.get('invite');
  const origin = ORIGINS.find((known) => known === parameters.get('origin')) ?? 'OWN_ID';
  useEffect(() => {
    if (recipient === null) return;
    setStart(startOf({ recipient, origin }));
    setParameters({}, { replace: true });
  }, [recipient, origin, setParameters]);
  return [start, (beginning) => setStart(startOf(beginning))];
}
