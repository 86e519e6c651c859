import { graphql } from '../../graphql/gql.ts';

export const ContactTile = graphql(`
  fragment ContactTile on Contact {
    __typename
    peer {
      address
      addressGrouped
      alias
      device {
        id
      }
    }
    origin
    label
    name
    online
    isFavourite
  }
`);

export const Favourites = graphql(`
  query Favourites($after: Cursor) {
    viewer {
      account {
        id
        favourites(first: 48, after: $after) {
          nodes {
            ...ContactTile
            addedAt
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
          totalCountIsExact
        }
      }
    }
  }
`);

export const RecentContacts = graphql(`
  query RecentContacts($after: Cursor) {
    viewer {
      account {
        id
        recentSessions(first: 48, after: $after) {
          nodes {
            ...ContactTile
            startedAt
            session {
              id
              endedAt
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
          totalCountIsExact
        }
      }
    }
  }
`);

export const Discovered = graphql(`
  query Discovered($after: Cursor) {
    viewer {
      account {
        id
        discovered(first: 48, after: $after) {
          nodes {
            ...ContactTile
            seenAt
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
          totalCountIsExact
        }
      }
    }
  }
`);

/** The viewer's own devices, which take part in Discovery or do not. */
export const DiscoveringDevices = graphql(`
  query DiscoveringDevices($after: Cursor) {
    viewer {
      account {
        id
        devices(first: 100, after: $after) {
          nodes {
            id
            name
            addressGrouped
            discovery
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

export const SwitchDiscovery = graphql(`
  mutation SwitchDiscovery($input: UpdateDeviceSettingsInput!) {
    updateDeviceSettings(input: $input) {
      ... on UpdateDeviceSettingsPayload {
        device {
          id
          discovery
        }
      }
      ...RefusalFields
    }
  }
`);

export const AddFavourite = graphql(`
  mutation AddFavourite($input: AddFavouriteInput!) {
    addFavourite(input: $input) {
      ... on AddFavouritePayload {
        favourite {
          ...ContactTile
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveFavourite = graphql(`
  mutation RemoveFavourite($input: RemoveFavouriteInput!) {
    removeFavourite(input: $input) {
      ... on RemoveFavouritePayload {
        removed
      }
      ...RefusalFields
    }
  }
`);
