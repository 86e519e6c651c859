import type { DeviceByIdQuery } from '../../graphql/graphql.ts';
import { useAccount } from '../data/session.tsx';

export type ShownDevice = Extract<DeviceByIdQuery['node'], { __typename: 'Device' }>;

/** How whoever looks stands to a device (server/domain/device-access.ts), from which follows what they may do. */
export interface Standing {
  /** It is one's own: assigned to oneself. */
  readonly own: boolean;
  readonly administrator: boolean;
}

export function useStanding({ account, company }: Pick<ShownDevice, 'account' | 'company'>): Standing {
  const viewer = useAccount();
  return {
    own: account?.accountId === viewer.id,
    administrator: company !== null && company?.id === viewer.company?.id && viewer.company.viewerIsAdministrator,
  };
}
