import { graphql } from '../../graphql/gql.ts';

/** A device as its page shows it. */
export const DeviceFields = graphql(`
  fragment DeviceFields on Device {
    id
    name
    address
    addressGrouped
    alias
    platform
    clientKind
    clientVersion
    online
    lastSeenAt
    registeredAt
    enrolledAt
    discovery
    account {
      accountId
      name
      email
    }
    company {
      id
      name
      namespace
    }
    groups {
      id
      name
    }
    services {
      id
      service
      state
      failure
      policyApplied
      changedAt
      assignedTo {
        accountId
        name
      }
    }
  }
`);

/** Null where it is not there, or not the viewer's to see. */
export const DeviceById = graphql(`
  query DeviceById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Device {
        ...DeviceFields
      }
    }
  }
`);

export const AssignDevice = graphql(`
  mutation AssignDevice($input: AssignDeviceInput!) {
    assignDevice(input: $input) {
      device {
        id
        account {
          accountId
          name
          email
        }
      }
    }
  }
`);

/** Whom a device can be assigned to. */
export const MembersForDevice = graphql(`
  query MembersForDevice($search: String, $after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          members(first: 20, search: $search, after: $after) {
            nodes {
              id
              accountId
              name
              email
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  }
`);

export const RemoveDevicesFromGroup = graphql(`
  mutation RemoveDevicesFromGroup($input: RemoveDevicesFromGroupInput!) {
    removeDevicesFromGroup(input: $input) {
      ... on RemoveDevicesFromGroupPayload {
        group {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveManagedDevice = graphql(`
  mutation RemoveManagedDevice($input: RemoveDeviceInput!) {
    removeDevice(input: $input) {
      deviceId
    }
  }
`);
