import { graphql } from '../../graphql/gql.ts';

export const AddressBooks = graphql(`
  query AddressBooks($after: Cursor) {
    viewer {
      account {
        id
        addressBooks(first: 100, after: $after) {
          nodes {
            id
            name
            shared
            viewerOwns
            viewerCanEdit
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

/** Null where it is not there (any more). */
export const AddressBookById = graphql(`
  query AddressBookById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on AddressBook {
        name
        shared
        viewerOwns
        viewerCanEdit
        tags
      }
    }
  }
`);

export const BookEntries = graphql(`
  query BookEntries($id: ID!, $tag: String, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on AddressBook {
        entries(first: 48, tag: $tag, after: $after) {
          nodes {
            ...ContactTile
            id
            tags
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  }
`);

export const CreateAddressBook = graphql(`
  mutation CreateAddressBook($input: CreateAddressBookInput!) {
    createAddressBook(input: $input) {
      ... on CreateAddressBookPayload {
        addressBook {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const UpdateAddressBook = graphql(`
  mutation UpdateAddressBook($input: UpdateAddressBookInput!) {
    updateAddressBook(input: $input) {
      ... on UpdateAddressBookPayload {
        addressBook {
          id
          name
          shared
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveAddressBook = graphql(`
  mutation RemoveAddressBook($input: RemoveAddressBookInput!) {
    removeAddressBook(input: $input) {
      id
    }
  }
`);

export const AddEntry = graphql(`
  mutation AddEntry($input: AddAddressBookEntryInput!) {
    addAddressBookEntry(input: $input) {
      ... on AddAddressBookEntryPayload {
        entry {
          id
        }
      }
      ...RefusalFields
    }
  }
`);

export const UpdateEntry = graphql(`
  mutation UpdateEntry($input: UpdateAddressBookEntryInput!) {
    updateAddressBookEntry(input: $input) {
      ... on UpdateAddressBookEntryPayload {
        entry {
          id
          label
          tags
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveEntry = graphql(`
  mutation RemoveEntry($input: RemoveAddressBookEntryInput!) {
    removeAddressBookEntry(input: $input) {
      id
    }
  }
`);
