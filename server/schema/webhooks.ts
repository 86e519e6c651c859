import type { DeliveryState, Webhook as WebhookRow } from '../db/tables/webhooks.ts';
import {
  createWebhook,
  MOST_PATTERNS,
  pingWebhook,
  redeliverWebhook,
  removeWebhook,
  updateWebhook,
} from '../domain/webhook-changes.ts';
import {
  companyOf,
  cursorOf,
  getWebhook,
  listDeliveries,
  listWebhooks,
  type NamedDelivery,
} from '../domain/webhooks.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, optionalIdOf, readableById } from './node.ts';

const WebhookDeliveryState = describedEnum<DeliveryState>('WebhookDeliveryState', 'Where a delivery stands.', {
  PENDING: 'On its way, or waiting for its next attempt.',
  DELIVERED: 'The receiver answered with a status of 200 to 299.',
  FAILED: 'Given up after 12 attempts over some 15 hours.',
});

const WebhookDelivery = builder.objectRef<NamedDelivery>('WebhookDelivery').implement({
  description: 'One event on its way to the address of a webhook.',
  fields: (t) => ({
    deliveryId: t.exposeID('id', { description: 'Its id, as in the header `Beckon-Delivery`.' }),
    event: t.exposeString('event', {
      nullable: true,
      description: 'The event, such as `invitation.CREATED`, or `ping`; null where it is not kept any more.',
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description:
        'Where its event stands in the stream: `redeliverWebhook(after:)` from here sends all that followed. Null for a test.',
      resolve: cursorOf,
    }),
    state: t.expose('state', { type: WebhookDeliveryState, description: 'Where it stands.' }),
    attempts: t.exposeInt('attempts', { description: 'How many times it was tried.' }),
    lastStatus: t.exposeInt('lastStatus', {
      nullable: true,
      description: 'The HTTP status of the last attempt; null where there was none.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last attempt had no answer, in one word such as `TIMEOUT` or `PRIVATE_ADDRESS`; else null.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next, at the earliest; null where it is not any more.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was put on its way.' }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was delivered; null where it was not.',
    }),
  }),
});

const WebhookDeliveryConnection = connectionOf('WebhookDelivery', WebhookDelivery, 'deliveries');

export const Webhook = builder.objectRef<WebhookRow>('Webhook').implement({
  description:
    'An address that events are delivered to: posted as JSON, signed in the header `Beckon-Signature: t=…,v1=…` ' +
    '(HMAC-SHA-256, in hexadecimal, of `t`, a full stop and the body). Visible to its owner only.',
  interfaces: [Node],
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Where they are posted to.' }),
    events: t.exposeStringList('events', { description: 'Which events, as patterns such as `invitation.CREATED`.' }),
    companyId: t.id({
      nullable: true,
      description: 'The company whose events it tells; null where it tells its owner’s own.',
      resolve: (webhook) => companyOf(webhook),
    }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether anything is delivered.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    deliveries: t.field({
      type: WebhookDeliveryConnection,
      description: 'What was delivered and what was not, newest first; as far back as events are kept.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => listDeliveries(ctx, id, args),
    }),
  }),
});

readableById('Webhook', getWebhook);

builder.objectField(Account, 'webhooks', (t) =>
  t.field({
    type: [Webhook],
    description: 'Addresses that its events, or its company’s, are delivered to, oldest first. At most a few.',
    resolve: (_account, _args, ctx) => listWebhooks(ctx),
  }),
);

const PATTERNS =
  `Which events, 1 to ${MOST_PATTERNS}: \`invitation.CREATED\`, \`alert.*\` for all that happens to alerts, \`*\` for all. ` +
  'The names are those of the audit log.';

mutation('createWebhook', {
  description:
    'Has events delivered to an address from now on, signed with a secret that is shown this once: those of one’s own ' +
    'account, or, for its administrators, of the company. Only who is signed in by cookie may.',
  input: (t) => ({
    url: t.string({ required: true, description: 'Where to post them: an https address on the internet.' }),
    events: t.stringList({ required: true, description: PATTERNS }),
    companyId: t.id({ required: false, description: 'The company to tell of; one’s own account where absent.' }),
  }),
  run: (ctx, input) =>
    createWebhook(ctx, { ...input, companyId: optionalIdOf(input.companyId, 'companyId', 'Company') }),
  payload: (t) => ({
    webhook: t.field({ type: Webhook, description: 'The new webhook.', resolve: ({ webhook }) => webhook }),
    secret: t.exposeString('secret', { description: 'What deliveries are signed with. Shown this once.' }),
  }),
  refusals: ['InvalidInput'],
});

mutation('updateWebhook', {
  description:
    'Changes one of one’s own webhooks; what is absent stays. What happens while it is disabled is delivered when it is ' +
    'enabled again. Only who is signed in by cookie may.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The webhook.' }),
    url: t.string({ required: false, description: 'Where to post events.' }),
    events: t.stringList({ required: false, description: PATTERNS }),
    enabled: t.boolean({ required: false, description: 'Whether to deliver anything.' }),
  }),
  run: async (ctx, input) => ({
    webhook: await updateWebhook(ctx, { ...input, id: idOf(input.id, 'id', 'Webhook') }),
  }),
  payload: (t) => ({
    webhook: t.field({ type: Webhook, description: 'The webhook.', resolve: ({ webhook }) => webhook }),
  }),
  refusals: ['InvalidInput'],
});

mutation('removeWebhook', {
  description: 'Removes one of one’s own webhooks, with the history of its deliveries.',
  input: (t) => ({ id: t.id({ required: true, description: 'The webhook.' }) }),
  run: (ctx, input) => removeWebhook(ctx, { ...input, id: idOf(input.id, 'id', 'Webhook') }),
  payload: (t) => ({ webhookId: t.exposeID('id', { description: 'What was removed.' }) }),
  refusals: [],
});

mutation('pingWebhook', {
  description: 'Sends a test event named `ping` to one of one’s own webhooks. See its deliveries for what came of it.',
  input: (t) => ({ id: t.id({ required: true, description: 'The webhook.' }) }),
  run: (ctx, input) => pingWebhook(ctx, { ...input, id: idOf(input.id, 'id', 'Webhook') }),
  payload: (t) => ({ deliveryId: t.exposeID('id', { description: 'The delivery that is on its way.' }) }),
  refusals: [],
});

mutation('redeliverWebhook', {
  description: 'Delivers again: one event of the history, or all that followed a cursor and is still kept.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The webhook.' }),
    deliveryId: t.id({ required: false, description: 'The delivery whose event to send again.' }),
    after: t.field({
      type: 'Cursor',
      required: false,
      description: 'Send again all that followed this cursor of its stream, as deliveries carry it.',
    }),
  }),
  run: async (ctx, input) => ({
    webhook: await redeliverWebhook(ctx, {
      ...input,
      id: idOf(input.id, 'id', 'Webhook'),
      deliveryId: optionalIdOf(input.deliveryId, 'deliveryId', 'WebhookDelivery'),
    }),
  }),
  payload: (t) => ({
    webhook: t.field({ type: Webhook, description: 'The webhook.', resolve: ({ webhook }) => webhook }),
  }),
  refusals: ['InvalidInput'],
});
