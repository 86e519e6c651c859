import { graphql } from '../../graphql/gql.ts';

export const RenameOwnDevice = graphql(`
  mutation RenameOwnDevice($input: UpdateDeviceInput!) {
    updateDevice(input: $input) {
      ... on UpdateDevicePayload {
        device {
          id
          name
        }
      }
      ...RefusalFields
    }
  }
`);

export const SetOwnAlias = graphql(`
  mutation SetOwnAlias($input: SetDeviceAliasInput!) {
    setDeviceAlias(input: $input) {
      ... on SetDeviceAliasPayload {
        device {
          id
          alias
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveOwnDevice = graphql(`
  mutation RemoveOwnDevice($input: RemoveDeviceInput!) {
    removeDevice(input: $input) {
      deviceId
    }
  }
`);

export const CreateOwnCode = graphql(`
  mutation CreateOwnCode($input: CreateEnrolmentCodeInput!) {
    createEnrolmentCode(input: $input) {
      ... on CreateEnrolmentCodePayload {
        secret
        enrolmentCode {
          id
        }
      }
      ...RefusalFields
    }
  }
`);
