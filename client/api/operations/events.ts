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
        lastSeenAt
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
    ... on ServiceEvent {
      serviceChange: change
      activation {
        id
        service
        state
        generation
        failure
        policyApplied
        changedAt
        assignedTo {
          accountId
          name
        }
        device {
          id
          address
          addressGrouped
          alias
          name
          online
        }
      }
    }
    ... on AlertEvent {
      alertChange: change
      alert {
        id
        service
        kind
        severity
        subject
        title
        message
        measurements {
          name
          value
          unit
        }
        state
        occurrences
        raisedAt
        lastRaisedAt
        acknowledgedAt
        acknowledgedBy {
          accountId
          name
        }
        resolvedAt
        device {
          id
          address
          addressGrouped
          alias
          name
          online
        }
      }
    }
    ... on PolicyEvent {
      policyChange: change
      service
      version
      policy {
        id
        name
        service
        version
      }
    }
    ... on RestoreEvent {
      restoreChange: change
      restore {
        id
        state
        restoredFiles
        failure
        requestedAt
        settledAt
        device {
          id
          name
        }
      }
    }
    ... on OtherEvent {
      otherChange: change
      concept
      subject
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

export const CompanyEvents = graphql(`
  subscription CompanyEvents($after: Cursor) {
    companyEvents(after: $after) {
      ...EventFields
    }
  }
`);

export const AlertEvents = graphql(`
  subscription AlertEvents($companyId: ID!, $after: Cursor) {
    alertEvents(companyId: $companyId, after: $after) {
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

export const CompanyCursor = graphql(`
  query CompanyCursor {
    viewer {
      account {
        company {
          eventCursor
        }
      }
    }
  }
`);

export const AlertCursor = graphql(`
  query AlertCursor($companyId: ID!) {
    node(id: $companyId) {
      __typename
      ... on Company {
        alertEventCursor
      }
    }
  }
`);
