import { graphql } from '../../../graphql/gql.ts';

export const DeviceInventory = graphql(`
  query DeviceInventory($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Device {
        inventory {
          takenAt
          omittedPackages
          hardware {
            hostName
            manufacturer
            model
            serialNumber
            virtual
            operatingSystem
            kernel
            architecture
            processor
            cores
            memoryBytes
            disks {
              name
              kind
              bytes
              serialNumber
            }
            networks {
              name
              mac
              addresses
            }
          }
          packages {
            name
            version
            source
          }
        }
      }
    }
  }
`);
