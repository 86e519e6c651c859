import { graphql } from '../../graphql/gql.ts';

export const Profile = graphql(`
  query Profile {
    viewer {
      account {
        id
        name
        email
        language
        alertMails
        createdAt
        eulaVersion
        eulaAcceptedAt
      }
    }
  }
`);

export const ChangeName = graphql(`
  mutation ChangeName($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      ... on UpdateAccountPayload {
        account {
          id
          name
        }
      }
      ...RefusalFields
    }
  }
`);

export const SetAlertMails = graphql(`
  mutation SetAlertMails($input: SetAlertMailsInput!) {
    setAlertMails(input: $input) {
      alertMails
    }
  }
`);

export const Security = graphql(`
  query Security {
    viewer {
      account {
        id
        secondFactor {
          enabled
          since
          recoveryCodesLeft
          required
        }
        authSessions {
          id
          createdAt
          lastSeenAt
          expiresAt
          address
          userAgent
          isCurrent
        }
      }
    }
  }
`);

export const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      ... on ChangePasswordPayload {
        account {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const SetUpSecondFactor = graphql(`
  mutation SetUpSecondFactor($input: SetUpSecondFactorInput!) {
    setUpSecondFactor(input: $input) {
      ... on SetUpSecondFactorPayload {
        uri
        secret
      }
      ...RefusalFields
    }
  }
`);

/** Without the account: whoever waits for it to be enabled would go on before the recovery codes were read. */
export const ConfirmSecondFactor = graphql(`
  mutation ConfirmSecondFactor($input: ConfirmSecondFactorInput!) {
    confirmSecondFactor(input: $input) {
      ... on ConfirmSecondFactorPayload {
        recoveryCodes
      }
      ...RefusalFields
    }
  }
`);

export const DisableSecondFactor = graphql(`
  mutation DisableSecondFactor($input: DisableSecondFactorInput!) {
    disableSecondFactor(input: $input) {
      ... on DisableSecondFactorPayload {
        account {
          id
          secondFactor {
            enabled
            since
            recoveryCodesLeft
            required
          }
        }
      }
      ...RefusalFields
    }
  }
`);

export const RenewRecoveryCodes = graphql(`
  mutation RenewRecoveryCodes($input: RenewRecoveryCodesInput!) {
    renewRecoveryCodes(input: $input) {
      ... on RenewRecoveryCodesPayload {
        recoveryCodes
      }
      ...RefusalFields
    }
  }
`);

export const RevokeAuthSession = graphql(`
  mutation RevokeAuthSession($input: RevokeAuthSessionInput!) {
    revokeAuthSession(input: $input) {
      authSessionId
    }
  }
`);

export const RevokeOtherAuthSessions = graphql(`
  mutation RevokeOtherAuthSessions($input: RevokeOtherAuthSessionsInput!) {
    revokeOtherAuthSessions(input: $input) {
      authSessionIds
    }
  }
`);

export const ApiTokens = graphql(`
  query ApiTokens {
    viewer {
      account {
        id
        apiTokens {
          ...ApiTokenFields
        }
      }
    }
  }
`);

export const ApiTokenFields = graphql(`
  fragment ApiTokenFields on ApiToken {
    id
    name
    scopes
    createdAt
    expiresAt
    lastUsedAt
  }
`);

export const CreateApiToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      ... on CreateApiTokenPayload {
        secret
        apiToken {
          ...ApiTokenFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RevokeApiToken = graphql(`
  mutation RevokeApiToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) {
      apiToken {
        id
        revokedAt
      }
    }
  }
`);
