import { graphql } from '../../graphql/gql.ts';

export const ServiceSummary = graphql(`
  fragment ServiceSummary on ServiceOverview {
    service
    bought
    viewerCanActivate
    unmet {
      condition
      message
    }
    seats
    seatsUsed
    states {
      state
      count
    }
  }
`);

/** All services at once, and how many alerts of each are open. */
export const ServicesSummary = graphql(`
  query ServicesSummary {
    viewer {
      account {
        id
        company {
          id
          MONITORING: serviceOverview(service: MONITORING) {
            ...ServiceSummary
          }
          ASSET_MANAGEMENT: serviceOverview(service: ASSET_MANAGEMENT) {
            ...ServiceSummary
          }
          PATCH_MANAGEMENT: serviceOverview(service: PATCH_MANAGEMENT) {
            ...ServiceSummary
          }
          ENDPOINT_PROTECTION: serviceOverview(service: ENDPOINT_PROTECTION) {
            ...ServiceSummary
          }
          BACKUP: serviceOverview(service: BACKUP) {
            ...ServiceSummary
          }
          WEB_MONITORING: serviceOverview(service: WEB_MONITORING) {
            ...ServiceSummary
          }
          MONITORING_alerts: alerts(service: MONITORING, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
          ASSET_MANAGEMENT_alerts: alerts(service: ASSET_MANAGEMENT, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
          PATCH_MANAGEMENT_alerts: alerts(service: PATCH_MANAGEMENT, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
          ENDPOINT_PROTECTION_alerts: alerts(service: ENDPOINT_PROTECTION, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
          BACKUP_alerts: alerts(service: BACKUP, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
          WEB_MONITORING_alerts: alerts(service: WEB_MONITORING, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
        }
      }
    }
  }
`);

export const OneService = graphql(`
  query OneService($service: Service!) {
    viewer {
      account {
        id
        company {
          id
          serviceOverview(service: $service) {
            ...ServiceSummary
          }
          alerts(service: $service, state: OPEN, first: 1) {
            totalCount
            totalCountIsExact
          }
        }
      }
    }
  }
`);

/** A service on a device, as lists show it. */
export const EndpointFields = graphql(`
  fragment EndpointFields on ServiceActivation {
    id
    service
    state
    failure
    policyApplied
    changedAt
    assignedTo {
      accountId
      name
    }
    device {
      id
      name
      online
      addressGrouped
      alias
    }
  }
`);

export const Endpoints = graphql(`
  query Endpoints($service: Service!, $state: ServiceState, $mine: Boolean, $first: Int, $after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          serviceOverview(service: $service) {
            service
            activations(state: $state, mine: $mine, first: $first, after: $after) {
              totalCount
              totalCountIsExact
              nodes {
                ...EndpointFields
                device {
                  id
                  policies {
                    id
                    name
                    service
                  }
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
  }
`);

/** What holds on a device, setting by setting, with where each value comes from. */
export const WhatHolds = graphql(`
  query WhatHolds($deviceId: ID!, $service: Service!) {
    node(id: $deviceId) {
      __typename
      id
      ... on Device {
        id
        effectivePolicies(service: $service) {
          service
          applied
          appliedAt
          origins {
            setting
            value
            origin {
              layer
              version
              policy {
                id
                name
              }
              group {
                id
                name
              }
            }
            conflicts {
              value
              origin {
                layer
                policy {
                  id
                  name
                }
                group {
                  id
                  name
                }
              }
            }
          }
        }
      }
    }
  }
`);

export const ActivateService = graphql(`
  mutation ActivateService($input: ActivateServiceInput!) {
    activateService(input: $input) {
      ... on ActivateServicePayload {
        outcomes {
          deviceId
          ok
          unmet {
            condition
            message
          }
          activation {
            ...EndpointFields
          }
        }
      }
      ...RefusalFields
    }
  }
`);

export const DeactivateService = graphql(`
  mutation DeactivateService($input: DeactivateServiceInput!) {
    deactivateService(input: $input) {
      ... on DeactivateServicePayload {
        outcomes {
          deviceId
          ok
          unmet {
            condition
            message
          }
          activation {
            ...EndpointFields
          }
        }
      }
      ...RefusalFields
    }
  }
`);

/** How far the services are that were just put on devices; at most 100 ids. */
export const ActivationProgress = graphql(`
  query ActivationProgress($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on ServiceActivation {
        ...EndpointFields
      }
    }
  }
`);

export const DeviceNames = graphql(`
  query DeviceNames($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Device {
        id
        name
      }
    }
  }
`);
