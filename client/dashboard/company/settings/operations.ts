import { graphql } from '../../../graphql/gql.ts';

export const CompanySettings = graphql(`
  query CompanySettings($administrator: Boolean!) {
    viewer {
      account {
        id
        company {
          id
          name
          namespace
          requireSecondFactor
          withoutSecondFactor: members(first: 1, secondFactor: false) @include(if: $administrator) {
            totalCount
          }
        }
      }
    }
  }
`);

export const UpdateCompany = graphql(`
  mutation UpdateCompany($input: UpdateCompanyInput!) {
    updateCompany(input: $input) {
      ... on UpdateCompanyPayload {
        company {
          id
          name
          requireSecondFactor
        }
      }
      ...RefusalFields
    }
  }
`);

export const LeaveCompany = graphql(`
  mutation LeaveCompany($input: LeaveCompanyInput!) {
    leaveCompany(input: $input) {
      ... on LeaveCompanyPayload {
        memberId
        signedOutDevices
        retiredBackups
      }
      ...RefusalFields
    }
  }
`);
