import { graphql } from '../../graphql/gql.ts';

/** What the client shows of an invitation, a session request and a session, wherever it meets them. */

export const InvitationFields = graphql(`
  fragment InvitationFields on DirectInvitation {
    __typename
    id
    inviter {
      address
      addressGrouped
      alias
    }
    recipient {
      address
      addressGrouped
      alias
    }
    profileName
    permissions
    note
    revision
    status
    createdAt
    expiresAt
    session {
      id
    }
  }
`);

export const SessionRequestFields = graphql(`
  fragment SessionRequestFields on SessionRequest {
    __typename
    id
    guest {
      address
      addressGrouped
      alias
    }
    host {
      address
      addressGrouped
      alias
    }
    status
    createdAt
    expiresAt
    session {
      id
    }
  }
`);

export const SessionFields = graphql(`
  fragment SessionFields on SupportSession {
    __typename
    id
    host {
      address
      addressGrouped
      alias
    }
    guest {
      address
      addressGrouped
      alias
    }
    permissions
    startedAt
    endedAt
    endReason
    durationSeconds
  }
`);

export const RefusalFields = graphql(`
  fragment RefusalFields on UserError {
    __typename
    code
    message
    path
  }
`);
