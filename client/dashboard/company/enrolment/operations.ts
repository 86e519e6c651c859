import { graphql } from '../../../graphql/gql.ts';

export const EnrolmentCodeFields = graphql(`
  fragment EnrolmentCodeFields on EnrolmentCode {
    id
    label
    hint
    status
    maxUses
    uses
    createdAt
    expiresAt
    createdBy {
      accountId
      name
    }
    assignTo {
      accountId
      name
    }
    group {
      id
      name
    }
  }
`);

export const EnrolmentCodes = graphql(`
  query EnrolmentCodes($after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          enrolmentCodes(first: 50, after: $after) {
            nodes {
              ...EnrolmentCodeFields
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

export const CreateEnrolmentCode = graphql(`
  mutation CreateEnrolmentCode($input: CreateEnrolmentCodeInput!) {
    createEnrolmentCode(input: $input) {
      ... on CreateEnrolmentCodePayload {
        secret
        enrolmentCode {
          ...EnrolmentCodeFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RevokeEnrolmentCode = graphql(`
  mutation RevokeEnrolmentCode($input: RevokeEnrolmentCodeInput!) {
    revokeEnrolmentCode(input: $input) {
      enrolmentCode {
        ...EnrolmentCodeFields
      }
    }
  }
`);
