import { graphql } from '../../../graphql/gql.ts';

export const CreateCompany = graphql(`
  mutation CreateCompany($input: CreateCompanyInput!) {
    createCompany(input: $input) {
      ... on CreateCompanyPayload {
        company {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

/** What an administrator who comes once a week looks for. */
export const CompanyOverview = graphql(`
  query CompanyOverview($administrator: Boolean!) {
    viewer {
      account {
        id
        company {
          id
          namespace
          createdAt
          deviceCount
          requireSecondFactor
          members(first: 1) {
            totalCount
          }
          memberInvitations(first: 1) @include(if: $administrator) {
            totalCount
          }
          withoutSecondFactor: members(first: 1, secondFactor: false) @include(if: $administrator) {
            totalCount
          }
          openAlerts: alerts(first: 1, state: OPEN) {
            totalCount
            totalCountIsExact
          }
          criticalAlerts: alerts(first: 1, state: OPEN, severity: CRITICAL) {
            totalCount
            totalCountIsExact
          }
          licences(first: 50) {
            nodes {
              ...CompanyLicence
            }
          }
          enrolmentCodes(first: 50) {
            nodes {
              ...EnrolmentCodeFields
            }
          }
        }
      }
    }
  }
`);

export const OnlineDevices = graphql(`
  query OnlineDevices {
    viewer {
      account {
        id
        company {
          id
          devices(first: 1, online: true) {
            totalCount
          }
        }
      }
    }
  }
`);
