import { sessionsOf } from '../domain/session-history.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { type ArgBuilder, connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { SessionSideEnum } from './enums.ts';
import { SupportSession } from './sessions.ts';

const SupportSessionConnection = connectionOf('SupportSession', SupportSession, 'support sessions');

const historyArgs = (t: ArgBuilder) => ({
  ...pageArgs(t),
  side: t({ type: SessionSideEnum, required: false, description: 'Only on this side; both where absent.' }),
  running: t.boolean({
    required: false,
    description: 'True: only those that run. False: only those that ended. All where absent.',
  }),
});

builder.objectField(Device, 'sessions', (t) =>
  t.field({
    type: SupportSessionConnection,
    nullable: true,
    description:
      'Support sessions that it took part in, newest first (INV-28). Null for whoever does not act for it: only the ' +
      'device itself and the account signed in on it do.',
    args: historyArgs(t.arg),
    resolve: (device, args, ctx) => sessionsOf(ctx, { kind: 'DEVICE', device }, args),
  }),
);

builder.objectField(Account, 'sessions', (t) =>
  t.field({
    type: SupportSessionConnection,
    nullable: true,
    description:
      'Support sessions of its devices, newest first (INV-28): all devices that it is signed in on. ' +
      'Null for anybody else.',
    args: historyArgs(t.arg),
    resolve: (account, args, ctx) => sessionsOf(ctx, { kind: 'ACCOUNT', accountId: account.id }, args),
  }),
);
