import type { BeckonClient } from '../api/client.ts';
import { DeviceProfiles } from '../api/operations/devices.ts';
import { UsageError } from './problems.ts';

/** The id of one of this device's permission profiles, by its name; case does not matter. @throws UsageError */
export async function profileId(client: BeckonClient, name: string): Promise<string> {
  const { viewer } = await client.query(DeviceProfiles, {});
  const profiles = viewer.device?.permissionProfiles ?? [];
  const found = profiles.find((profile) => profile.name.toLowerCase() === name.trim().toLowerCase());
  if (found) return found.id;
  const names = profiles.filter(({ enabled }) => enabled).map((profile) => profile.name);
  throw new UsageError(({ problems }) => problems.noProfile(name, names.join(', ')));
}
