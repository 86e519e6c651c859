import { getOwnAccount } from '../domain/accounts.ts';
import { getDevice } from '../domain/devices.ts';
import type { PrincipalKind } from '../domain/principal.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';

const PrincipalKindEnum = describedEnum<'ANONYMOUS' | 'ACCOUNT' | 'DEVICE' | 'OPERATOR'>(
  'PrincipalKind',
  'Who can speak to the API.',
  {
    ANONYMOUS: 'Nobody is signed in.',
    ACCOUNT: 'A person, by cookie or by a personal API token.',
    DEVICE: 'A device, by its credential.',
    OPERATOR: 'Who runs the server, by the operator’s token.',
  },
);

const KINDS: Readonly<Record<Exclude<PrincipalKind, 'system'>, 'ANONYMOUS' | 'ACCOUNT' | 'DEVICE' | 'OPERATOR'>> = {
  anonymous: 'ANONYMOUS',
  account: 'ACCOUNT',
  device: 'DEVICE',
  operator: 'OPERATOR',
};

// The viewer is the context itself: it has no row of its own.
const Viewer = builder.objectRef<object>('Viewer').implement({
  description: 'Who is asking: where everything of one’s own begins.',
  fields: (t) => ({
    kind: t.field({
      type: PrincipalKindEnum,
      description: 'What kind of principal it is.',
      resolve: (_viewer, _args, { principal }) =>
        principal.kind === 'system' ? KINDS.anonymous : KINDS[principal.kind],
    }),
    account: t.field({
      type: Account,
      nullable: true,
      description: 'The account that is signed in, or whose API token it is; null for everyone else.',
      resolve: (_viewer, _args, ctx) => (ctx.principal.kind === 'account' ? getOwnAccount(ctx) : null),
    }),
    device: t.field({
      type: Device,
      nullable: true,
      description: 'The device that is asking; null for everyone else.',
      resolve: (_viewer, _args, ctx) =>
        ctx.principal.kind === 'device' ? getDevice(ctx, ctx.principal.deviceId) : null,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who is asking. For everybody: it says so where nobody is signed in.',
    resolve: () => ({}),
  }),
);
