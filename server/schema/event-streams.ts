import { followCompany } from '../domain/company-inbox.ts';
import { followAccount, followDevice, followSession } from '../domain/inboxes.ts';
import { builder } from './builder.ts';
import { Event, fresh } from './events.ts';
import { idOf } from './node.ts';

const AFTER =
  'Replay all that followed this cursor first; absent: only what happens from now on. Queries give the cursor to ' +
  'start from as `eventCursor`.';

builder.subscriptionFields((t) => ({
  deviceEvents: t.field({
    type: Event,
    description:
      'The inbox of the calling device: invitations, requests, sessions, and changes of itself. By device credential ' +
      'only. The device is online while it is open.',
    args: { after: t.arg({ type: 'Cursor', required: false, description: AFTER }) },
    subscribe: (_root, { after }, ctx) => followDevice(ctx, after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
  accountEvents: t.field({
    type: Event,
    description:
      'The inbox of the calling account: invitations, requests and sessions of every device that it is signed in on, ' +
      'and changes of its own. By cookie, or by an API token with the scope READ.',
    args: { after: t.arg({ type: 'Cursor', required: false, description: AFTER }) },
    subscribe: (_root, { after }, ctx) => followAccount(ctx, after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
  companyEvents: t.field({
    type: Event,
    description:
      'What happens in the caller’s company: devices, services, members, roles, policies. For its members, judged anew ' +
      'for each event; who is no member any more hears so by an error FORBIDDEN, and nothing after it. Administrators ' +
      'hear of all that is in the audit log, of sessions and webhooks too. Alerts come by ways of their own, because ' +
      'they are not for every member (PER-06).',
    args: { after: t.arg({ type: 'Cursor', required: false, description: AFTER }) },
    subscribe: (_root, { after }, ctx) => followCompany(ctx, after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
  sessionEvents: t.field({
    type: Event,
    description: 'What happens in one support session; for either side.',
    args: {
      id: t.arg.id({ required: true, description: 'The session.' }),
      after: t.arg({ type: 'Cursor', required: false, description: AFTER }),
    },
    subscribe: (_root, { id, after }, ctx) => followSession(ctx, idOf(id, 'id', 'SupportSession'), after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
}));
