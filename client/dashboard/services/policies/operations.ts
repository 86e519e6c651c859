import { graphql } from '../../../graphql/gql.ts';

export const SettingFields = graphql(`
  fragment SettingFields on SettingForm {
    name
    kind
    label
    description
    bounds
    unitLabel
    unitLabelOfOne
    min
    max
    format
    longest
    default
    options {
      value
      label
      description
    }
  }
`);

/** All that a policy of a service can set: the form is made of it. */
export const PolicyFormQuery = graphql(`
  query PolicyForm($service: Service!) {
    policySettings(service: $service) {
      service
      settings {
        ...SettingFields
        fields {
          ...SettingFields
        }
      }
    }
  }
`);

export const PolicyRow = graphql(`
  fragment PolicyRow on Policy {
    id
    name
    service
    version
    changedAt
    changedBy {
      name
    }
    assignments(first: 1) {
      totalCount
    }
  }
`);

export const Policies = graphql(`
  query Policies($service: Service!, $first: Int, $after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          policies(service: $service, first: $first, after: $after) {
            totalCount
            nodes {
              ...PolicyRow
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

export const OnePolicy = graphql(`
  query OnePolicy($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Policy {
        ...PolicyRow
        createdAt
        values {
          setting
          value
        }
      }
    }
  }
`);

export const PolicyVersions = graphql(`
  query PolicyVersions($id: ID!, $first: Int, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on Policy {
        id
        versions(first: $first, after: $after) {
          totalCount
          nodes {
            version
            createdAt
            createdBy {
              name
            }
            values {
              setting
              value
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
`);

export const PolicyDifferences = graphql(`
  query PolicyDifferences($id: ID!, $from: Int!, $to: Int!) {
    node(id: $id) {
      __typename
      id
      ... on Policy {
        id
        differences(from: $from, to: $to) {
          setting
          before
          after
        }
      }
    }
  }
`);

export const PolicyAssignments = graphql(`
  query PolicyAssignments($id: ID!, $first: Int, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on Policy {
        id
        assignments(first: $first, after: $after) {
          totalCount
          nodes {
            targetId
            assignedAt
            target {
              __typename
              ... on Device {
                id
                name
                online
              }
              ... on DeviceGroup {
                id
                name
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
`);

export const ProblemFields = graphql(`
  fragment ProblemFields on SettingsRefused {
    problems {
      path
      label
      message
    }
  }
`);

/** Who would change if the policy said this. */
export const AffectedDevices = graphql(`
  query AffectedDevices($id: ID!, $settings: PolicySettingsInput!) {
    node(id: $id) {
      __typename
      id
      ... on Policy {
        id
        affectedDevices(settings: $settings, first: 25) {
          __typename
          ... on AffectedDeviceConnection {
            totalCount
            nodes {
              settings
              device {
                id
                name
              }
            }
          }
          ... on SettingsRefused {
            message
            ...ProblemFields
          }
          ... on InvalidInput {
            message
          }
        }
      }
    }
  }
`);

export const CreatePolicy = graphql(`
  mutation CreatePolicy($input: CreatePolicyInput!) {
    createPolicy(input: $input) {
      ... on CreatePolicyPayload {
        policy {
          ...PolicyRow
        }
      }
      ...RefusalFields
      ...ProblemFields
    }
  }
`);

export const UpdatePolicy = graphql(`
  mutation UpdatePolicy($input: UpdatePolicyInput!) {
    updatePolicy(input: $input) {
      ... on UpdatePolicyPayload {
        policy {
          ...PolicyRow
          values {
            setting
            value
          }
        }
      }
      ...RefusalFields
      ...ProblemFields
    }
  }
`);

export const RestorePolicyVersion = graphql(`
  mutation RestorePolicyVersion($input: RestorePolicyVersionInput!) {
    restorePolicyVersion(input: $input) {
      ... on RestorePolicyVersionPayload {
        policy {
          ...PolicyRow
          values {
            setting
            value
          }
        }
      }
      ...RefusalFields
    }
  }
`);

export const RenamePolicy = graphql(`
  mutation RenamePolicy($input: RenamePolicyInput!) {
    renamePolicy(input: $input) {
      ... on RenamePolicyPayload {
        policy {
          id
          name
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemovePolicy = graphql(`
  mutation RemovePolicy($input: RemovePolicyInput!) {
    removePolicy(input: $input) {
      ... on RemovePolicyPayload {
        policyId
      }
      ...RefusalFields
    }
  }
`);

export const AssignPolicy = graphql(`
  mutation AssignPolicy($input: AssignPolicyInput!) {
    assignPolicy(input: $input) {
      ... on AssignPolicyPayload {
        targets {
          targetId
          outcome
          replacedPolicyId
        }
      }
      ...RefusalFields
    }
  }
`);

export const UnassignPolicy = graphql(`
  mutation UnassignPolicy($input: UnassignPolicyInput!) {
    unassignPolicy(input: $input) {
      ... on UnassignPolicyPayload {
        targets {
          targetId
          outcome
        }
      }
      ...RefusalFields
    }
  }
`);
