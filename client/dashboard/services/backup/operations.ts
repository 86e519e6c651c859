import { graphql } from '../../../graphql/gql.ts';

export const RestoreFields = graphql(`
  fragment RestoreFields on RestoreRequest {
    id
    state
    paths
    restoredFiles
    failure
    requestedAt
    settledAt
  }
`);

export const SnapshotFields = graphql(`
  fragment SnapshotFields on BackupSnapshot {
    id
    reference
    takenAt
    files
    bytes
    addedBytes
    verifiedAt
    prunedAt
    restores {
      ...RestoreFields
    }
  }
`);

export const OneBackup = graphql(`
  query OneBackup($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on ServiceActivation {
        ...EndpointFields
        device {
          id
          account {
            accountId
            name
          }
        }
      }
    }
  }
`);

export const Snapshots = graphql(`
  query Snapshots($id: ID!, $first: Int, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on ServiceActivation {
        id
        snapshots(first: $first, after: $after) {
          totalCount
          nodes {
            ...SnapshotFields
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

export const RequestRestore = graphql(`
  mutation RequestRestore($input: RequestRestoreInput!) {
    requestRestore(input: $input) {
      ... on RequestRestorePayload {
        restore {
          ...RestoreFields
          snapshot {
            id
            restores {
              ...RestoreFields
            }
          }
        }
      }
      ...RefusalFields
    }
  }
`);

export const CancelRestore = graphql(`
  mutation CancelRestore($input: CancelRestoreInput!) {
    cancelRestore(input: $input) {
      ... on CancelRestorePayload {
        restore {
          ...RestoreFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const PassOnBackup = graphql(`
  mutation PassOnBackup($input: PassOnBackupInput!) {
    passOnBackup(input: $input) {
      ... on PassOnBackupPayload {
        activation {
          ...EndpointFields
        }
      }
      ...RefusalFields
    }
  }
`);

/** Who a Backup can be passed on to. */
export const MembersToPassOnTo = graphql(`
  query MembersToPassOnTo($after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          members(first: 100, after: $after) {
            nodes {
              id
              accountId
              name
              email
              isViewer
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
