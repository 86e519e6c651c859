import { graphql } from '../../graphql/gql.ts';

export const LicenceFields = graphql(`
  fragment LicenceFields on Licence {
    id
    product
    edition
    seats
    seatsUsed
    status
    purchaseEmail
    issuedAt
    expiresAt
    holder {
      name
      email
    }
    activationLink {
      status
      expiresAt
    }
  }
`);

export const Licences = graphql(`
  query Licences($filter: LicenceFilter, $first: Int, $after: Cursor) {
    licences(filter: $filter, first: $first, after: $after) {
      nodes {
        ...LicenceFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const IssueLicences = graphql(`
  mutation IssueLicences($input: IssueLicencesInput!) {
    issueLicences(input: $input) {
      ... on IssueLicencesPayload {
        licences {
          ...LicenceFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const ResendLicenceLink = graphql(`
  mutation ResendLicenceLink($input: ResendLicenceLinkInput!) {
    resendLicenceLink(input: $input) {
      ... on ResendLicenceLinkPayload {
        licence {
          ...LicenceFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RevokeLicenceLink = graphql(`
  mutation RevokeLicenceLink($input: RevokeLicenceLinkInput!) {
    revokeLicenceLink(input: $input) {
      ... on RevokeLicenceLinkPayload {
        licence {
          ...LicenceFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const SuspendLicence = graphql(`
  mutation SuspendLicence($input: SuspendLicenceInput!) {
    suspendLicence(input: $input) {
      licence {
        ...LicenceFields
      }
    }
  }
`);

export const ResumeLicence = graphql(`
  mutation ResumeLicence($input: ResumeLicenceInput!) {
    resumeLicence(input: $input) {
      licence {
        ...LicenceFields
      }
    }
  }
`);

export const RenewLicence = graphql(`
  mutation RenewLicence($input: RenewLicenceInput!) {
    renewLicence(input: $input) {
      ... on RenewLicencePayload {
        licence {
          ...LicenceFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const ActivateLicence = graphql(`
  mutation ActivateLicence($input: ActivateLicenceInput!) {
    activateLicence(input: $input) {
      ... on ActivateLicencePayload {
        alreadyActive
        licence {
          ...LicenceFields
        }
      }
      ...RefusalFields
    }
  }
`);
