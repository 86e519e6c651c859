import { graphql } from '../../../graphql/gql.ts';

/** Null for whoever does not act for the device. */
export const DeviceSessions = graphql(`
  query DeviceSessionHistory($id: ID!, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on Device {
        sessions(first: 25, after: $after) {
          nodes {
            id
            startedAt
            endedAt
            host {
              ...PeerFields
            }
            guest {
              ...PeerFields
            }
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
`);

export const DeviceInvitations = graphql(`
  query DeviceInvitationHistory($id: ID!, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on Device {
        invitations(first: 25, after: $after) {
          nodes {
            __typename
            id
            method
            createdAt
            inviter {
              ...PeerFields
            }
            ... on DirectInvitation {
              status
              profileName
              recipient {
                ...PeerFields
              }
            }
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
`);
