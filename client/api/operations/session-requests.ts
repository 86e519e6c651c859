import { graphql } from '../../graphql/gql.ts';

export const RequestSession = graphql(`
  mutation RequestSession($input: RequestSessionInput!) {
    requestSession(input: $input) {
      ... on RequestSessionPayload {
        request {
          ...SessionRequestFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const AcceptSessionRequest = graphql(`
  mutation AcceptSessionRequest($input: AcceptSessionRequestInput!) {
    acceptSessionRequest(input: $input) {
      ... on AcceptSessionRequestPayload {
        request {
          ...SessionRequestFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const DismissSessionRequest = graphql(`
  mutation DismissSessionRequest($input: DismissSessionRequestInput!) {
    dismissSessionRequest(input: $input) {
      ... on DismissSessionRequestPayload {
        request {
          ...SessionRequestFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const WithdrawSessionRequest = graphql(`
  mutation WithdrawSessionRequest($input: WithdrawSessionRequestInput!) {
    withdrawSessionRequest(input: $input) {
      ... on WithdrawSessionRequestPayload {
        request {
          ...SessionRequestFields
        }
      }
      ...RefusalFields
    }
  }
`);
