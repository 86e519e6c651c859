import { graphql } from '../../graphql/gql.ts';

/** Who looks at the dashboard, what they may do, and from where on to listen. */
export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      kind
      account {
        id
        name
        email
        verified
        language
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

/** What the server says of itself to everybody. */
export const ServerQuery = graphql(`
  query Server {
    server {
      version
      mailsUrl
      isNew
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
