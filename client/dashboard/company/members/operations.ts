import { graphql } from '../../../graphql/gql.ts';

export const MemberFields = graphql(`
  fragment MemberFields on Member {
    id
    name
    email
    joinedAt
    isViewer
    isAdministrator
    roles {
      id
      name
      builtIn
    }
  }
`);

export const Members = graphql(`
  query Members($search: String, $secondFactor: Boolean, $after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          members(first: 50, search: $search, secondFactor: $secondFactor, after: $after) {
            nodes {
              ...MemberFields
            }
            totalCount
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

export const PendingInvitations = graphql(`
  query PendingInvitations($after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          memberInvitations(first: 50, after: $after) {
            nodes {
              id
              email
              createdAt
              expiresAt
              invitedByName
              roles {
                id
                name
                builtIn
              }
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

/** What roles there are to give. */
export const RolesToGive = graphql(`
  query RolesToGive {
    viewer {
      account {
        id
        company {
          id
          roles {
            id
            name
            builtIn
          }
        }
      }
    }
  }
`);

export const MemberById = graphql(`
  query MemberById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Member {
        ...MemberFields
      }
    }
  }
`);

/** Why the member may, or may not, do what: the whole grid (PER-14). */
export const ExplainMember = graphql(`
  query ExplainMember($memberId: ID!) {
    explainPermissions(memberId: $memberId) {
      service
      permission
      allowed
      rule
      message
      assignedAccountOnly
      licenceIds
      roles {
        id
        name
      }
      rolesThatWouldAllow {
        id
        name
        builtIn
      }
    }
  }
`);

export const InviteMember = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      ... on InviteMemberPayload {
        memberInvitation {
          id
          email
        }
      }
      ...RefusalFields
    }
  }
`);

export const RevokeMemberInvitation = graphql(`
  mutation RevokeMemberInvitation($input: RevokeMemberInvitationInput!) {
    revokeMemberInvitation(input: $input) {
      ... on RevokeMemberInvitationPayload {
        memberInvitation {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

/** With `dryRun` too: it selects nothing of what would be changed, so that a preview leaves no trace in the cache. */
export const AssignRole = graphql(`
  mutation AssignRole($input: AssignRoleInput!) {
    assignRole(input: $input) {
      ... on AssignRolePayload {
        changes {
          ...AccessChange
        }
      }
      ...RefusalFields
    }
  }
`);

/** As `AssignRole`. */
export const RemoveRole = graphql(`
  mutation RemoveRole($input: RemoveRoleInput!) {
    removeRole(input: $input) {
      ... on RemoveRolePayload {
        changes {
          ...AccessChange
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveMember = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      ... on RemoveMemberPayload {
        memberId
        signedOutDevices
        retiredBackups
      }
      ...RefusalFields
    }
  }
`);

/** Who can be chosen, such as to assign devices to. */
export const MembersToChoose = graphql(`
  query MembersToChoose($after: Cursor) {
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
