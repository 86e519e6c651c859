import { graphql } from '../../../graphql/gql.ts';

export const RoleFields = graphql(`
  fragment RoleFields on Role {
    id
    name
    builtIn
    memberCount
    grants {
      service
      permission
    }
  }
`);

export const Roles = graphql(`
  query Roles {
    viewer {
      account {
        id
        company {
          id
          roles {
            ...RoleFields
          }
        }
      }
    }
  }
`);

export const CreateRole = graphql(`
  mutation CreateRole($input: CreateRoleInput!) {
    createRole(input: $input) {
      ... on CreateRolePayload {
        role {
          ...RoleFields
        }
      }
      ...RefusalFields
    }
  }
`);

/** With `dryRun` too: it selects nothing of the role, so that a preview leaves no trace in the cache. */
export const UpdateRole = graphql(`
  mutation UpdateRole($input: UpdateRoleInput!) {
    updateRole(input: $input) {
      ... on UpdateRolePayload {
        changes {
          ...AccessChange
        }
      }
      ...RefusalFields
    }
  }
`);

export const DeleteRole = graphql(`
  mutation DeleteRole($input: DeleteRoleInput!) {
    deleteRole(input: $input) {
      ... on DeleteRolePayload {
        roleId
        changes {
          ...AccessChange
        }
      }
      ...RefusalFields
    }
  }
`);
