import { graphql } from '../../../graphql/gql.ts';

/** The grid that roles are edited in, with what each permission means and implies. */
export const PermissionCatalogue = graphql(`
  query PermissionCatalogue {
    permissionCatalogue {
      service
      permission
      meaning
      implies
    }
  }
`);

/** What a change of roles makes of a member. */
export const AccessChange = graphql(`
  fragment AccessChange on MemberAccessChange {
    member {
      id
      name
    }
    gains {
      service
      permission
    }
    loses {
      service
      permission
    }
    wasAdministrator
    isAdministrator
  }
`);
