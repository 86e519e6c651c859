import { graphql } from '../../graphql/gql.ts';

/** All that waits for an answer from this side. */
export const Incoming = graphql(`
  query Incoming {
    viewer {
      account {
        id
        received: invitations(direction: RECEIVED, method: DIRECT, status: PENDING, first: 25) {
          nodes {
            id
            ... on DirectInvitation {
              ...ReceivedInvitationFields
            }
          }
        }
        asked: sessionRequests(direction: RECEIVED, status: PENDING, first: 25) {
          nodes {
            ...ReceivedRequestFields
          }
        }
        hosted: sessions(side: HOST, running: true, first: 25) {
          nodes {
            id
            guest {
              ...PeerFields
            }
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

export const ReceivedInvitationFields = graphql(`
  fragment ReceivedInvitationFields on DirectInvitation {
    __typename
    id
    profileName
    permissions
    note
    revision
    status
    expiresAt
    inviter {
      ...PeerFields
    }
    recipient {
      ...PeerFields
    }
  }
`);

export const ReceivedRequestFields = graphql(`
  fragment ReceivedRequestFields on SessionRequest {
    __typename
    id
    status
    expiresAt
    guest {
      ...PeerFields
    }
    host {
      address
      addressGrouped
      alias
      viewerActsFor
      device {
        id
        name
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
