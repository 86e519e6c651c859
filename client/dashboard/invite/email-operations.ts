import { graphql } from '../../graphql/gql.ts';

export const PrepareEmailInvitation = graphql(`
  mutation PrepareEmailInvitation($input: PrepareEmailInvitationInput!) {
    prepareEmailInvitation(input: $input) {
      ... on PrepareEmailInvitationPayload {
        invitation {
          id
          language
          subject
          body
          mailto
        }
      }
      ...RefusalFields
    }
  }
`);

export const SendEmailInvitation = graphql(`
  mutation SendEmailInvitation($input: SendEmailInvitationInput!) {
    sendEmailInvitation(input: $input) {
      ... on SendEmailInvitationPayload {
        invitation {
          id
        }
      }
      ...RefusalFields
    }
  }
`);
