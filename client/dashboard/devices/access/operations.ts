import { graphql } from '../../../graphql/gql.ts';

/** Who is let in to a device with what. */
export const DeviceAccess = graphql(`
  query DeviceAccess($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Device {
        discovery
        locks {
          permission
          allowed
        }
        permissionProfiles {
          id
          name
          builtIn
          enabled
          permissions
        }
      }
    }
  }
`);

export const CreateProfile = graphql(`
  mutation CreateProfile($input: CreatePermissionProfileInput!) {
    createPermissionProfile(input: $input) {
      ... on CreatePermissionProfilePayload {
        profile {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdatePermissionProfileInput!) {
    updatePermissionProfile(input: $input) {
      ... on UpdatePermissionProfilePayload {
        profile {
          id
          name
          enabled
          permissions
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveProfile = graphql(`
  mutation RemoveProfile($input: RemovePermissionProfileInput!) {
    removePermissionProfile(input: $input) {
      ... on RemovePermissionProfilePayload {
        profileId
        deviceId
      }
      ...RefusalFields
    }
  }
`);

/** Locks, and whether the device takes part in Discovery. */
export const ChangeDeviceSettings = graphql(`
  mutation ChangeDeviceSettings($input: UpdateDeviceSettingsInput!) {
    updateDeviceSettings(input: $input) {
      ... on UpdateDeviceSettingsPayload {
        device {
          id
          discovery
          locks {
            permission
            allowed
          }
        }
      }
      ...RefusalFields
    }
  }
`);
