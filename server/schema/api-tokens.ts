import type { ApiToken as ApiTokenRow } from '../db/tables/api-tokens.ts';
import { createApiToken, getApiToken, revokeApiToken } from '../domain/api-tokens.ts';
import type { TokenScope } from '../domain/principal.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';

export const TokenScopeEnum = describedEnum<TokenScope>('TokenScope', 'What a personal API token may do.', {
  READ: 'Queries and subscriptions.',
  INVITATIONS: 'Mutations of invitations and session requests.',
  SESSIONS: 'Mutations of support sessions.',
  CONTACTS: 'Mutations of favourites, recent sessions, discovery and address books.',
  DEVICES: 'Mutations of devices, groups, permission profiles and enrolment codes.',
  COMPANY: 'Mutations of the company and its members.',
  ACCOUNT: 'Mutations of the account itself: name, language, revoking sign-ins and tokens. Never making tokens.',
});

export const ApiToken = builder.objectRef<ApiTokenRow>('ApiToken').implement({
  description: 'A personal API token (API-05). Visible to its owner only; the token itself was shown once.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What its owner calls it.' }),
    scopes: t.field({
      type: [TokenScopeEnum],
      description: 'What it may do.',
      resolve: (token) => token.scopes as TokenScope[],
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on it is refused; null where it does not expire.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null where it never was.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null while it was not.',
    }),
  }),
});

readableById('ApiToken', getApiToken);

mutation('createApiToken', {
  description:
    'Makes a personal API token, shown this once. Only who is signed in by cookie may: no token makes another, and none ' +
    'can do more than who made it.',
  input: (t) => ({
    name: t.string({ required: true, description: 'To tell it from others, 1 to 100 characters.' }),
    scopes: t.field({ type: [TokenScopeEnum], required: true, description: 'What it may do; at least one.' }),
    expiresAt: t.field({
      type: 'DateTime',
      required: false,
      description: 'From when on it is refused, in the future; absent: it does not expire.',
    }),
  }),
  run: (ctx, input) => createApiToken(ctx, input),
  payload: (t) => ({
    apiToken: t.field({ type: ApiToken, description: 'What it may do.', resolve: ({ apiToken }) => apiToken }),
    secret: t.exposeString('secret', {
      description: 'The token, `bkn_pat_…`, to be sent as a bearer token. Shown this once: keep it secret.',
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('revokeApiToken', {
  description:
    'Revokes one of one’s own tokens. It is refused at once, and its open subscriptions end. May be repeated.',
  input: (t) => ({ id: t.id({ required: true, description: 'The token.' }) }),
  run: async (ctx, input) => ({
    apiToken: await revokeApiToken(ctx, { ...input, id: idOf(input.id, 'id', 'ApiToken') }),
  }),
  payload: (t) => ({
    apiToken: t.field({ type: ApiToken, description: 'The token, revoked.', resolve: ({ apiToken }) => apiToken }),
  }),
  refusals: [],
});
