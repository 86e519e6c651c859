import { graphql } from '../../graphql/gql.ts';

export const InviteDevice = graphql(`
  mutation InviteDevice($input: InviteDeviceInput!) {
    inviteDevice(input: $input) {
      ... on InviteDevicePayload {
        invitation {
          ...InvitationFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const ModifyInvitation = graphql(`
  mutation ModifyInvitation($input: ModifyInvitationInput!) {
    modifyInvitation(input: $input) {
      ... on ModifyInvitationPayload {
        invitation {
          ...InvitationFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const CancelInvitation = graphql(`
  mutation CancelInvitation($input: CancelInvitationInput!) {
    cancelInvitation(input: $input) {
      ... on CancelInvitationPayload {
        invitation {
          ...InvitationFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const AcceptInvitation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      ... on AcceptInvitationPayload {
        invitation {
          ...InvitationFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RejectInvitation = graphql(`
  mutation RejectInvitation($input: RejectInvitationInput!) {
    rejectInvitation(input: $input) {
      ... on RejectInvitationPayload {
        invitation {
          ...InvitationFields
        }
      }
      ...RefusalFields
    }
  }
`);
