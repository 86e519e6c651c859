import { type RecentSession as RecentSessionRow, recentSessionsOf } from '../domain/recent-sessions.ts';
import { getSession } from '../domain/sessions.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Contact } from './contacts.ts';
import { Device } from './devices.ts';
import { SupportSession } from './sessions.ts';

export const RecentSession = builder.objectRef<RecentSessionRow>('RecentSession').implement({
  description: 'A device that there was a session with, on either side. Visible to who took part.',
  interfaces: [Contact],
  fields: (t) => ({
    session: t.field({
      type: SupportSession,
      description: 'The newest session with it; it may run still.',
      resolve: (row, _args, ctx) => getSession(ctx, row.sessionId),
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When that session started.' }),
  }),
});

const RecentSessionConnection = connectionOf('RecentSession', RecentSession, 'recent sessions');

builder.objectField(Device, 'recentSessions', (t) =>
  t.field({
    type: RecentSessionConnection,
    nullable: true,
    description:
      'The devices that it had sessions with, each once, the newest session first (INV-26). Null for whoever does ' +
      'not act for it: only the device itself and the account signed in on it do.',
    args: pageArgs(t.arg),
    resolve: (device, args, ctx) => recentSessionsOf(ctx, { kind: 'DEVICE', device }, args),
  }),
);

builder.objectField(Account, 'recentSessions', (t) =>
  t.field({
    type: RecentSessionConnection,
    nullable: true,
    description:
      'The devices that its devices had sessions with, each once, the newest session first (INV-26): all devices that ' +
      'it is signed in on. Null for anybody else.',
    args: pageArgs(t.arg),
    resolve: (account, args, ctx) => recentSessionsOf(ctx, { kind: 'ACCOUNT', accountId: account.id }, args),
  }),
);
