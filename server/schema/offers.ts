import { SessionPermissionEnum } from './enums.ts';
import type { InputBuilder } from './mutation.ts';

/** Input that adds single permissions and takes others away. */
export const permissionFields = (t: InputBuilder, words: Readonly<Record<'grant' | 'revoke', string>>) => ({
  grant: t.field({ type: [SessionPermissionEnum], required: false, description: words.grant }),
  revoke: t.field({ type: [SessionPermissionEnum], required: false, description: words.revoke }),
});

/** Input that says what a session may do: a profile, and single permissions on top of it (INV-12). */
export const offerFields = (t: InputBuilder) => ({
  profileId: t.id({
    required: false,
    description: 'The permission profile; the device’s Default profile where absent.',
  }),
  ...permissionFields(t, {
    grant: 'Single permissions on top of the profile’s.',
    revoke: 'Single permissions taken away from the profile’s.',
  }),
});
