import { graphql } from '../../graphql/gql.ts';

/** One of the devices that the account is signed in on, with all that an offer on it depends on. */
export const OwnDeviceFields = graphql(`
  fragment OwnDeviceFields on Device {
    id
    address
    addressGrouped
    alias
    name
    platform
    clientVersion
    online
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
    company {
      id
      namespace
    }
  }
`);

export const StartDevices = graphql(`
  query StartDevices($first: Int!, $after: Cursor) {
    viewer {
      account {
        id
        devices(first: $first, after: $after) {
          totalCount
          nodes {
            ...OwnDeviceFields
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

/** What this side started and waits for, how the last of it came out, and what runs. */
export const UnderWay = graphql(`
  query UnderWay {
    viewer {
      account {
        id
        pendingInvitations: invitations(direction: SENT, method: DIRECT, status: PENDING, first: 50) {
          nodes {
            id
            ... on DirectInvitation {
              ...SentInvitationFields
            }
          }
        }
        lastInvitations: invitations(direction: SENT, method: DIRECT, first: 10) {
          nodes {
            id
            ... on DirectInvitation {
              ...SentInvitationFields
            }
          }
        }
        pendingRequests: sessionRequests(direction: SENT, status: PENDING, first: 50) {
          nodes {
            ...SentRequestFields
          }
        }
        lastRequests: sessionRequests(direction: SENT, first: 10) {
          nodes {
            ...SentRequestFields
          }
        }
        runningSessions: sessions(running: true, first: 10) {
          totalCount
          nodes {
            id
            startedAt
            host {
              ...PeerFields
            }
            guest {
              ...PeerFields
            }
          }
        }
      }
    }
  }
`);

export const SentInvitationFields = graphql(`
  fragment SentInvitationFields on DirectInvitation {
    __typename
    id
    profileName
    permissions
    note
    revision
    status
    createdAt
    expiresAt
    settledAt
    inviter {
      ...PeerFields
    }
    recipient {
      ...PeerFields
    }
    session {
      id
    }
  }
`);

export const SentRequestFields = graphql(`
  fragment SentRequestFields on SessionRequest {
    __typename
    id
    status
    createdAt
    expiresAt
    settledAt
    guest {
      ...PeerFields
    }
    host {
      ...PeerFields
    }
    session {
      id
    }
  }
`);

/** Whom one worked with before, offered while one types. */
export const RecipientSuggestions = graphql(`
  query RecipientSuggestions {
    viewer {
      account {
        id
        favourites(first: 50) {
          nodes {
            origin
            label
            name
            peer {
              address
              addressGrouped
              alias
            }
          }
        }
        recentSessions(first: 50) {
          nodes {
            origin
            label
            name
            peer {
              address
              addressGrouped
              alias
            }
          }
        }
      }
    }
  }
`);
