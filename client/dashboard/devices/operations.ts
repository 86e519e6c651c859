import { graphql } from '../../graphql/gql.ts';

export const DeviceRow = graphql(`
  fragment DeviceRow on Device {
    id
    name
    addressGrouped
    alias
    platform
    online
    lastSeenAt
    account {
      accountId
      name
    }
    groups {
      id
      name
    }
    services {
      id
      service
      state
    }
  }
`);

/** The devices of the viewer's company. */
export const CompanyDevices = graphql(`
  query CompanyDevices($after: Cursor, $search: String, $online: Boolean, $groupId: ID, $orderBy: DeviceOrder) {
    viewer {
      account {
        id
        company {
          id
          devices(
            first: 50
            after: $after
            search: $search
            online: $online
            groupId: $groupId
            orderBy: $orderBy
          ) {
            nodes {
              ...DeviceRow
            }
            pageInfo {
              hasNextPage
              endCursor
            }
            totalCount
            totalCountIsExact
          }
        }
      }
    }
  }
`);

/** The devices that the viewer is signed in on. */
export const OwnDevices = graphql(`
  query OwnDevices($after: Cursor) {
    viewer {
      account {
        id
        devices(first: 50, after: $after) {
          nodes {
            ...DeviceRow
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  }
`);

export const GroupsToChoose = graphql(`
  query GroupsToChoose($after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          deviceGroups(first: 100, after: $after) {
            nodes {
              id
              name
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

export const AddDevicesToGroup = graphql(`
  mutation AddDevicesToGroup($input: AddDevicesToGroupInput!) {
    addDevicesToGroup(input: $input) {
      ... on AddDevicesToGroupPayload {
        group {
          id
          name
        }
      }
      ...RefusalFields
    }
  }
`);

export const CreateGroupForDevices = graphql(`
  mutation CreateGroupForDevices($input: CreateDeviceGroupInput!) {
    createDeviceGroup(input: $input) {
      ... on CreateDeviceGroupPayload {
        group {
          id
          name
        }
      }
      ...RefusalFields
    }
  }
`);
