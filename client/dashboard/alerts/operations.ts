import { graphql } from '../../graphql/gql.ts';

export const AlertFields = graphql(`
  fragment AlertFields on Alert {
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
      name
      online
    }
  }
`);

export const CompanyAlerts = graphql(`
  query CompanyAlerts(
    $service: Service
    $state: AlertState
    $kind: AlertKind
    $severity: AlertSeverity
    $deviceId: ID
    $first: Int
    $after: Cursor
  ) {
    viewer {
      account {
        id
        company {
          id
          alerts(
            service: $service
            state: $state
            kind: $kind
            severity: $severity
            deviceId: $deviceId
            first: $first
            after: $after
          ) {
            totalCount
            totalCountIsExact
            nodes {
              ...AlertFields
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

export const OneAlert = graphql(`
  query OneAlert($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Alert {
        ...AlertFields
      }
    }
  }
`);

export const AlertHistory = graphql(`
  query AlertHistory($days: Int!, $service: Service) {
    viewer {
      account {
        id
        company {
          id
          alertHistory(days: $days, service: $service) {
            date
            information
            warning
            critical
            raised
          }
        }
      }
    }
  }
`);

export const AcknowledgeAlerts = graphql(`
  mutation AcknowledgeAlerts($input: AcknowledgeAlertsInput!) {
    acknowledgeAlerts(input: $input) {
      ... on AcknowledgeAlertsPayload {
        alerts {
          ...AlertFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const AlertDevice = graphql(`
  query AlertDevice($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Device {
        id
        name
      }
    }
  }
`);
