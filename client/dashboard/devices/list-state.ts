import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { DeviceOrder } from '../../graphql/graphql.ts';

/** What of the devices is listed, and how. */
export interface ListState {
  readonly search: string;
  readonly online: boolean | null;
  readonly groupId: string | null;
  readonly orderBy: DeviceOrder;
}

/** The state of the list as its address has it, so that it can be sent to somebody and gone back to. */
export function useListState(): readonly [ListState, (changed: Partial<ListState>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const written = parameters.toString();
  const state = useMemo(() => read(new URLSearchParams(written)), [written]);
  const change = useCallback(
    (changed: Partial<ListState>) =>
      setParameters((before) => write(before, { ...read(before), ...changed }), { replace: true }),
    [setParameters],
  );
  return [state, change];
}

function read(parameters: URLSearchParams): ListState {
  const online = parameters.get('online');
  return {
    search: parameters.get('search') ?? '',
    online: online === 'yes' ? true : online === 'no' ? false : null,
    groupId: parameters.get('group'),
    orderBy: parameters.get('order') === 'added' ? 'ADDED' : 'NAME',
  };
}

/** What is as usual does not stand in the address. */
function write(before: URLSearchParams, { search, online, groupId, orderBy }: ListState): URLSearchParams {
  const after = new URLSearchParams(before);
  const set = (name: string, value: string | null): void => {
    if (value) after.set(name, value);
    else after.delete(name);
  };
  set('search', search);
  set('online', online === null ? null : online ? 'yes' : 'no');
  set('group', groupId);
  set('order', orderBy === 'ADDED' ? 'added' : null);
  return after;
}
