import { graphql } from '../../graphql/gql.ts';

export const ChangeSessionPermissions = graphql(`
  mutation ChangeSessionPermissions($input: ChangeSessionPermissionsInput!) {
    changeSessionPermissions(input: $input) {
      ... on ChangeSessionPermissionsPayload {
        session {
          ...SessionFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const EndSession = graphql(`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      ... on EndSessionPayload {
        session {
          ...SessionFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RequestSessionPermissions = graphql(`
  mutation RequestSessionPermissions($input: RequestSessionPermissionsInput!) {
    requestSessionPermissions(input: $input) {
      ... on RequestSessionPermissionsPayload {
        request {
          id
          permissions
        }
      }
      ...RefusalFields
    }
  }
`);

export const AnswerPermissionRequest = graphql(`
  mutation AnswerPermissionRequest($input: AnswerPermissionRequestInput!) {
    answerPermissionRequest(input: $input) {
      ... on AnswerPermissionRequestPayload {
        request {
          id
          permissions
          status
        }
      }
      ...RefusalFields
    }
  }
`);
