import { graphql } from '../../../graphql/gql.ts';

export const CompanyLicence = graphql(`
  fragment CompanyLicence on Licence {
    id
    product
    edition
    seats
    seatsUsed
    status
    expiresAt
    suspendedAt
    holder {
      accountId
      name
    }
  }
`);

export const CompanyLicences = graphql(`
  query CompanyLicences($after: Cursor) {
    viewer {
      account {
        id
        company {
          id
          licences(first: 50, after: $after) {
            nodes {
              ...CompanyLicence
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
