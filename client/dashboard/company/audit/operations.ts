import { graphql } from '../../../graphql/gql.ts';

export const AuditRecordFields = graphql(`
  fragment AuditRecordFields on AuditRecord {
    number
    occurredAt
    concept
    change
    subject
    actor {
      kind
      id
      name
    }
    fields {
      field
      before
      after
    }
    names {
      id
      name
    }
    requestId
    address
    hash
  }
`);

export const CompanyAuditLog = graphql(`
  query CompanyAuditLog(
    $concept: String
    $change: String
    $actorId: ID
    $subject: ID
    $from: DateTime
    $until: DateTime
    $order: AuditOrder
    $after: Cursor
  ) {
    viewer {
      account {
        id
        company {
          id
          auditLog(
            first: 50
            concept: $concept
            change: $change
            actorId: $actorId
            subject: $subject
            from: $from
            until: $until
            order: $order
            after: $after
          ) {
            nodes {
              ...AuditRecordFields
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

export const VerifyAuditLog = graphql(`
  query VerifyAuditLog($companyId: ID) {
    verifyAuditLog(companyId: $companyId) {
      intact
      checked
      brokenAt
    }
  }
`);
