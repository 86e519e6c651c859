import { graphql } from '../../graphql/gql.ts';

export const RegisterDevice = graphql(`
  mutation RegisterDevice($input: RegisterDeviceInput!) {
    registerDevice(input: $input) {
      ... on RegisterDevicePayload {
        credential
        device {
          id
          address
          addressGrouped
        }
      }
      ...RefusalFields
    }
  }
`);

export const EnrolDevice = graphql(`
  mutation EnrolDevice($input: EnrolDeviceInput!) {
    enrolDevice(input: $input) {
      ... on EnrolDevicePayload {
        device {
          id
          enrolledAt
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveDevice = graphql(`
  mutation RemoveDevice($input: RemoveDeviceInput!) {
    removeDevice(input: $input) {
      __typename
    }
  }
`);

/** All that a device has to know when it starts: itself, what waits, what runs, and from where on to listen. */
export const DeviceState = graphql(`
  query DeviceState {
    viewer {
      device {
        id
        address
        addressGrouped
        alias
        name
        platform
        clientKind
        clientVersion
        enrolledAt
        online
        locks {
          permission
          allowed
        }
        permissionProfiles {
          id
          name
          enabled
          permissions
        }
        eventCursor
        invitations(status: PENDING, first: 25) {
          nodes {
            __typename
            ... on DirectInvitation {
              ...InvitationFields
            }
          }
        }
        sessionRequests(status: PENDING, first: 25) {
          nodes {
            ...SessionRequestFields
          }
        }
        sessions(running: true, first: 25) {
          nodes {
            ...SessionFields
            permissionRequests {
              id
              status
              permissions
            }
          }
        }
      }
    }
  }
`);

export const DeviceProfiles = graphql(`
  query DeviceProfiles {
    viewer {
      device {
        permissionProfiles {
          id
          name
          enabled
        }
      }
    }
  }
`);

/** The support sessions of a device, newest first. */
export const DeviceSessions = graphql(`
  query DeviceSessions($first: Int!, $after: Cursor) {
    viewer {
      device {
        address
        sessions(first: $first, after: $after) {
          nodes {
            ...SessionFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);
