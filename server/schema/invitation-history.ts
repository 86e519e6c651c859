import { invitationsOf } from '../domain/invitation-history.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { type ArgBuilder, connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { DirectionEnum, InvitationMethodEnum, InvitationStatusEnum } from './enums.ts';
import { Invitation } from './invitations.ts';

const InvitationConnection = connectionOf('Invitation', Invitation, 'invitations');

const historyArgs = (t: ArgBuilder) => ({
  ...pageArgs(t),
  direction: t({ type: DirectionEnum, required: false, description: 'Only this way; both where absent.' }),
  status: t({
    type: InvitationStatusEnum,
    required: false,
    description: 'Only direct ones that stand so, by the server’s clock at this moment; all where absent.',
  }),
  method: t({
    type: InvitationMethodEnum,
    required: false,
    description: 'Only by this method; both where absent.',
  }),
});

builder.objectField(Device, 'invitations', (t) =>
  t.field({
    type: InvitationConnection,
    nullable: true,
    description:
      'Invitations that it sent or received, newest first. Null for whoever does not act for it: only the device ' +
      'itself and the account signed in on it do.',
    args: historyArgs(t.arg),
    resolve: (device, args, ctx) => invitationsOf(ctx, { kind: 'DEVICE', device }, args),
  }),
);

builder.objectField(Account, 'invitations', (t) =>
  t.field({
    type: InvitationConnection,
    nullable: true,
    description:
      'Invitations that its devices sent or received, newest first: all devices that it is signed in on. ' +
      'Null for anybody else.',
    args: historyArgs(t.arg),
    resolve: (account, args, ctx) => invitationsOf(ctx, { kind: 'ACCOUNT', accountId: account.id }, args),
  }),
);
