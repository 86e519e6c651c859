import { graphql } from '../../graphql/gql.ts';

export const WebhookFields = graphql(`
  fragment WebhookFields on Webhook {
    id
    url
    events
    companyId
    enabled
    createdAt
  }
`);

export const Webhooks = graphql(`
  query Webhooks {
    viewer {
      account {
        id
        webhooks {
          ...WebhookFields
        }
      }
    }
  }
`);

export const WebhookById = graphql(`
  query WebhookById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Webhook {
        ...WebhookFields
      }
    }
  }
`);

export const WebhookDeliveries = graphql(`
  query WebhookDeliveries($id: ID!, $first: Int!, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on Webhook {
        deliveries(first: $first, after: $after) {
          nodes {
            deliveryId
            event
            cursor
            state
            attempts
            lastStatus
            lastError
            nextAttemptAt
            createdAt
            deliveredAt
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

export const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      ... on CreateWebhookPayload {
        secret
        webhook {
          ...WebhookFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const UpdateWebhook = graphql(`
  mutation UpdateWebhook($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) {
      ... on UpdateWebhookPayload {
        webhook {
          ...WebhookFields
        }
      }
      ...RefusalFields
    }
  }
`);

export const RemoveWebhook = graphql(`
  mutation RemoveWebhook($input: RemoveWebhookInput!) {
    removeWebhook(input: $input) {
      webhookId
    }
  }
`);

export const PingWebhook = graphql(`
  mutation PingWebhook($input: PingWebhookInput!) {
    pingWebhook(input: $input) {
      deliveryId
    }
  }
`);

export const RedeliverWebhook = graphql(`
  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {
    redeliverWebhook(input: $input) {
      ... on RedeliverWebhookPayload {
        webhook {
          id
        }
      }
      ...RefusalFields
    }
  }
`);
