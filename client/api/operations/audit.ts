import { graphql } from '../../graphql/gql.ts';

export const OperatorAuditLog = graphql(`
  query OperatorAuditLog($first: Int, $subject: ID) {
    operatorAuditLog(first: $first, subject: $subject) {
      nodes {
        number
        occurredAt
        concept
        change
        subject
        address
        fields {
          field
          before
          after
        }
      }
    }
  }
`);
