import { sessionRequestsOf } from '../domain/session-request-history.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { type ArgBuilder, connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { DirectionEnum, SessionRequestStatusEnum } from './enums.ts';
import { SessionRequest } from './session-requests.ts';

const SessionRequestConnection = connectionOf('SessionRequest', SessionRequest, 'session requests');

const historyArgs = (t: ArgBuilder) => ({
  ...pageArgs(t),
  direction: t({
    type: DirectionEnum,
    required: false,
    description: 'SENT: as the guest, who asked. RECEIVED: as the host, who was asked. Both where absent.',
  }),
  status: t({
    type: SessionRequestStatusEnum,
    required: false,
    description: 'Only those that stand so, by the server’s clock at this moment; all where absent.',
  }),
});

builder.objectField(Device, 'sessionRequests', (t) =>
  t.field({
    type: SessionRequestConnection,
    nullable: true,
    description:
      'Session requests that it made or received, newest first. Null for whoever does not act for it: only the ' +
      'device itself and the account signed in on it do.',
    args: historyArgs(t.arg),
    resolve: (device, args, ctx) => sessionRequestsOf(ctx, { kind: 'DEVICE', device }, args),
  }),
);

builder.objectField(Account, 'sessionRequests', (t) =>
  t.field({
    type: SessionRequestConnection,
    nullable: true,
    description:
      'Session requests that its devices made or received, newest first: all devices that it is signed in on. ' +
      'Null for anybody else.',
    args: historyArgs(t.arg),
    resolve: (account, args, ctx) => sessionRequestsOf(ctx, { kind: 'ACCOUNT', accountId: account.id }, args),
  }),
);
