import { graphql } from '../../graphql/gql.ts';

/** A session as lists show it. */
export const ListedSessionFields = graphql(`
  fragment ListedSessionFields on SupportSession {
    __typename
    id
    startedAt
    endedAt
    endReason
    permissions
    host {
      ...PeerFields
    }
    guest {
      ...PeerFields
    }
  }
`);

export const Sessions = graphql(`
  query Sessions($first: Int!, $after: Cursor, $side: SessionSide, $running: Boolean) {
    viewer {
      account {
        id
        sessions(first: $first, after: $after, side: $side, running: $running) {
          totalCount
          totalCountIsExact
          nodes {
            ...ListedSessionFields
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

/** All of one session: who, what is permitted, what is asked for, and how that came about. */
export const SessionQuery = graphql(`
  query Session($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on SupportSession {
        ...ListedSessionFields
        eventCursor
        host {
          address
          device {
            id
            locks {
              permission
              allowed
            }
          }
        }
        permissionTimeline {
          number
          permissions
          changedAt
        }
        permissionRequests {
          id
          permissions
          status
          createdAt
          settledAt
        }
      }
    }
  }
`);
