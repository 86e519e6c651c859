import { graphql } from '../../graphql/gql.ts';

/** What the calling device is to run. */
export const ServiceAssignments = graphql(`
  query ServiceAssignments {
    serviceAssignments {
      activationId
      service
      state
      generation
      settings
      fingerprint
    }
  }
`);

export const ReportServiceState = graphql(`
  mutation ReportServiceState($input: ReportServiceStateInput!) {
    reportServiceState(input: $input) {
      ... on ReportServiceStatePayload {
        activation {
          id
          state
        }
      }
      ...RefusalFields
    }
  }
`);

export const RaiseAlert = graphql(`
  mutation RaiseAlert($input: RaiseAlertInput!) {
    raiseAlert(input: $input) {
      ... on RaiseAlertPayload {
        alert {
          id
          occurrences
        }
      }
      ...RefusalFields
    }
  }
`);

export const ResolveAlert = graphql(`
  mutation ResolveAlert($input: ResolveAlertInput!) {
    resolveAlert(input: $input) {
      ... on ResolveAlertPayload {
        alert {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

/** The alerts of a service on the calling device that are not resolved; the newest 100 of each state. */
export const UnresolvedAlerts = graphql(`
  query UnresolvedAlerts($service: Service!) {
    viewer {
      device {
        open: alerts(service: $service, state: OPEN, first: 100) {
          nodes {
            subject
          }
        }
        acknowledged: alerts(service: $service, state: ACKNOWLEDGED, first: 100) {
          nodes {
            subject
          }
        }
      }
    }
  }
`);

export const ReportSnapshot = graphql(`
  mutation ReportSnapshot($input: ReportSnapshotInput!) {
    reportSnapshot(input: $input) {
      ... on ReportSnapshotPayload {
        snapshot {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const ReportInventory = graphql(`
  mutation ReportInventory($input: ReportInventoryInput!) {
    reportInventory(input: $input) {
      ... on ReportInventoryPayload {
        changed
      }
      ...RefusalFields
    }
  }
`);

/** What the calling device has to restore, oldest first. */
export const RestoresToRun = graphql(`
  query RestoresToRun {
    restoresToRun {
      id
      state
      paths
      snapshot {
        reference
      }
    }
  }
`);

export const ReportRestore = graphql(`
  mutation ReportRestore($input: ReportRestoreInput!) {
    reportRestore(input: $input) {
      ... on ReportRestorePayload {
        restore {
          id
          state
        }
      }
      ...RefusalFields
    }
  }
`);
