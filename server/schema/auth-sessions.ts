import type { AuthSession as AuthSessionRow } from '../db/tables/auth-sessions.ts';
import { revokeAuthSession, revokeOtherAuthSessions } from '../domain/auth-sessions.ts';
import { getAuthSession } from '../domain/sign-in.ts';
import { builder } from './builder.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';

/** A sign-in under its public id: the row's own id is the hash of the secret, and never leaves the server. */
export interface PublicAuthSession extends Omit<AuthSessionRow, 'publicId' | 'endsAt' | 'accountId'> {
  /** The public id. */
  readonly id: string;
  readonly lastSeenAt: number;
}

export function publicAuthSession({
  publicId,
  createdAt,
  expiresAt,
  lastSeenAt,
  address,
  userAgent,
}: AuthSessionRow): PublicAuthSession {
  return { id: publicId, createdAt, expiresAt, lastSeenAt: lastSeenAt ?? createdAt, address, userAgent };
}

export const AuthSession = builder.objectRef<PublicAuthSession>('AuthSession').implement({
  description: 'A sign-in by cookie, in one browser. Not a support session. Visible to its owner only.',
  interfaces: [Node],
  fields: (t) => ({
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was signed in.' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description: 'When it was last used, to the minute.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends unless it is used; use moves it, up to a bound that nothing moves.',
    }),
    address: t.exposeString('address', { description: 'The network address that it was signed in from.' }),
    userAgent: t.exposeString('userAgent', { description: 'What the browser said of itself; empty where nothing.' }),
    isCurrent: t.boolean({
      description: 'Whether the present request came with it.',
      resolve: ({ id }, _args, ctx) =>
        ctx.principal.kind === 'account' && ctx.principal.via.kind === 'session' && ctx.principal.via.id === id,
    }),
  }),
});

readableById('AuthSession', async (ctx, id) => publicAuthSession(await getAuthSession(ctx, id)));

mutation('revokeAuthSession', {
  description: 'Ends one of one’s own sign-ins at once, with its open subscriptions.',
  input: (t) => ({ id: t.id({ required: true, description: 'The sign-in.' }) }),
  run: (ctx, input) => revokeAuthSession(ctx, { ...input, id: idOf(input.id, 'id', 'AuthSession') }),
  payload: (t) => ({ authSessionId: t.exposeID('authSessionId', { description: 'The sign-in that ended.' }) }),
  refusals: [],
});

mutation('revokeOtherAuthSessions', {
  description:
    'Ends all of one’s sign-ins but the one that the request came with, at once, with their open subscriptions. For who is ' +
    'signed in by cookie. API tokens stay: revoke those that you do not trust. May be repeated.',
  input: () => ({}),
  run: (ctx, input) => revokeOtherAuthSessions(ctx, input),
  payload: (t) => ({
    authSessionIds: t.idList({
      description: 'The sign-ins that ended.',
      resolve: ({ authSessionIds }) => authSessionIds,
    }),
  }),
  refusals: [],
});
