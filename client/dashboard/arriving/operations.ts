import { graphql } from '../../graphql/gql.ts';

export const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      ... on SignInPayload {
        account {
          id
        }
      }
      ...RefusalFields
    }
  }
`);
