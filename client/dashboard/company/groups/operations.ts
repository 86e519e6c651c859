import { graphql } from '../../../graphql/gql.ts';

export const GroupFields = graphql(`
  fragment GroupFields on DeviceGroup {
    id
    name
    deviceCount
    policies {
      id
      name
      service
    }
  }
`);

export const DeviceGroups = graphql(`
  query DeviceGroups($after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          deviceGroups(first: 50, after: $after) {
            nodes {
              ...GroupFields
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

export const DeviceGroupById = graphql(`
  query DeviceGroupById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on DeviceGroup {
        ...GroupFields
      }
    }
  }
`);

export const CreateDeviceGroup = graphql(`
  mutation CreateDeviceGroup($input: CreateDeviceGroupInput!) {
    createDeviceGroup(input: $input) {
      ... on CreateDeviceGroupPayload {
        group {
          ...GroupFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RenameDeviceGroup = graphql(`
  mutation RenameDeviceGroup($input: RenameDeviceGroupInput!) {
    renameDeviceGroup(input: $input) {
      ... on RenameDeviceGroupPayload {
        group {
          ...GroupFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const DeleteDeviceGroup = graphql(`
  mutation DeleteDeviceGroup($input: DeleteDeviceGroupInput!) {
    deleteDeviceGroup(input: $input) {
      groupId
    }
  }
`);
