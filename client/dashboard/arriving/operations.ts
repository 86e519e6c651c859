import { graphql } from '../../graphql/gql.ts';

export const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      ... on SignInPayload {
        account {
          id
        }
      }
      ... on SecondFactorNeeded {
        token
      }
      ...RefusalFields
    }
  }
`);

export const CompleteSignIn = graphql(`
  mutation CompleteSignIn($input: CompleteSignInInput!) {
    completeSignIn(input: $input) {
      ... on CompleteSignInPayload {
        recoveryCodesLeft
        account {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const EulaQuery = graphql(`
  query Eula($language: Language!) {
    eula(language: $language) {
      version
      text
    }
  }
`);

export const CaptchaQuery = graphql(`
  query Captcha {
    captcha {
      challenge
      expiresAt
    }
  }
`);

export const SignUp = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      ... on SignUpPayload {
        email
      }
      ...RefusalFields
    }
  }
`);

export const RequestVerification = graphql(`
  mutation RequestVerification($input: RequestVerificationInput!) {
    requestVerification(input: $input) {
      ... on RequestVerificationPayload {
        email
      }
      ...RefusalFields
    }
  }
`);

export const VerifyEmail = graphql(`
  mutation VerifyEmail($input: VerifyEmailInput!) {
    verifyEmail(input: $input) {
      ... on VerifyEmailPayload {
        email
        alreadyVerified
        licenceOffer {
          ...OfferFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      ... on RequestPasswordResetPayload {
        email
      }
      ...RefusalFields
    }
  }
`);

export const ResetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      ... on ResetPasswordPayload {
        email
      }
      ...RefusalFields
    }
  }
`);

export const OfferFields = graphql(`
  fragment OfferFields on LicenceOffer {
    licenceId
    product
    edition
    seats
    expiresAt
    activatedByViewer
    needsCompany
    accountLooksPersonal
  }
`);

export const LicenceOfferQuery = graphql(`
  query LicenceOffer($token: String!) {
    licenceOffer(token: $token) {
      ...OfferFields
    }
  }
`);

export const ActivateOfferedLicence = graphql(`
  mutation ActivateOfferedLicence($input: ActivateLicenceInput!) {
    activateLicence(input: $input) {
      ... on ActivateLicencePayload {
        alreadyActive
        licence {
          id
          product
        }
      }
      ...RefusalFields
    }
  }
`);

export const ActivatedLicence = graphql(`
  query ActivatedLicence($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Licence {
        product
        edition
        seats
        expiresAt
      }
    }
  }
`);

export const JoinOfferQuery = graphql(`
  query JoinOffer($token: String!) {
    joinOffer(token: $token) {
      companyName
      invitedByName
      email
      status
      expiresAt
      isForViewer
    }
  }
`);

export const AcceptMemberInvitation = graphql(`
  mutation AcceptMemberInvitation($input: AcceptMemberInvitationInput!) {
    acceptMemberInvitation(input: $input) {
      ... on AcceptMemberInvitationPayload {
        member {
          id
        }
      }
      ...RefusalFields
    }
  }
`);
