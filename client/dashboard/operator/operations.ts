import { graphql } from '../../graphql/gql.ts';

/** Whether a token is the operator's. */
export const TokenKind = graphql(`
  query TokenKind {
    viewer {
      kind
    }
  }
`);

export const OperatorAudit = graphql(`
  query OperatorAudit($first: Int!, $after: Cursor, $change: String, $subject: ID) {
    operatorAuditLog(first: $first, after: $after, change: $change, subject: $subject) {
      nodes {
        ...AuditRecordFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
