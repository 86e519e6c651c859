import { graphql } from '../../graphql/gql.ts';

export const EventFields = graphql(`
  fragment EventFields on Event {
    __typename
    cursor
    occurredAt
    actor
    ... on InvitationEvent {
      invitationChange: change
      revision
      permissions
      invitation {
        ...InvitationFields
      }
    }
    ... on SessionRequestEvent {
      requestChange: change
      request {
        ...SessionRequestFields
      }
    }
    ... on SessionEvent {
      sessionChange: change
      permissions
      requestId
      session {
        ...SessionFields
      }
    }
    ... on DeviceEvent {
      deviceChange: change
      device {
        id
        address
        addressGrouped
        alias
        name
        online
      }
    }
    ... on LicenceEvent {
      licenceChange: change
      licence {
        id
        product
        edition
        seats
        status
        expiresAt
      }
    }
    ... on StreamResetEvent {
      reason
    }
  }
`);

export const DeviceEvents = graphql(`
  subscription DeviceEvents($after: Cursor) {
    deviceEvents(after: $after) {
      ...EventFields
    }
  }
`);

export const AccountEvents = graphql(`
  subscription AccountEvents($after: Cursor) {
    accountEvents(after: $after) {
      ...EventFields
    }
  }
`);

export const SessionEvents = graphql(`
  subscription SessionEvents($id: ID!, $after: Cursor) {
    sessionEvents(id: $id, after: $after) {
      ...EventFields
    }
  }
`);

export const DeviceCursor = graphql(`
  query DeviceCursor {
    viewer {
      device {
        eventCursor
      }
    }
  }
`);

export const AccountCursor = graphql(`
  query AccountCursor {
    viewer {
      account {
        eventCursor
      }
    }
  }
`);

export const SessionCursor = graphql(`
  query SessionCursor($id: ID!) {
    node(id: $id) {
      __typename
      ... on SupportSession {
        eventCursor
      }
    }
  }
`);
