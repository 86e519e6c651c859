import { graphql } from '../../graphql/gql.ts';

/**
 * Who looks at the dashboard, and whether anything is to be done before they may see more than themselves; and what the
 * server says of itself to everybody.
 */
export const ViewerQuery = graphql(`
  query Viewer {
    server {
      mailsUrl
      isNew
    }
    viewer {
      kind
      account {
        id
        name
        email
        verified
        language
        secondFactor {
          enabled
          required
        }
      }
    }
  }
`);

/** What they may do, and from where on to listen; denied before. */
export const ViewerAtHomeQuery = graphql(`
  query ViewerAtHome {
    viewer {
      account {
        id
        eventCursor
        licenceOffers {
          licenceId
          product
          edition
          seats
          expiresAt
          activatedByViewer
          needsCompany
          accountLooksPersonal
        }
        joinOffers {
          invitationId
          companyName
          invitedByName
        }
        member {
          id
          isAdministrator
          roles {
            id
            name
            builtIn
          }
        }
        company {
          id
          name
          namespace
          viewerIsAdministrator
          viewerPermissions {
            service
            permission
          }
          eventCursor
          alertEventCursor
        }
      }
    }
  }
`);

export const SignOut = graphql(`
  mutation SignOut($input: SignOutInput!) {
    signOut(input: $input) {
      authSessionId
    }
  }
`);

export const ChangeLanguage = graphql(`
  mutation ChangeLanguage($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      ... on UpdateAccountPayload {
        account {
          id
          language
        }
      }
      ...RefusalFields
    }
  }
`);
