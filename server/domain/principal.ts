import type { Language } from '../db/tables/accounts.ts';
import type { EventActor } from '../db/tables/events.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';

/**
 * What a personal API token may do. READ is for queries and subscriptions; each of the others for the mutations of
 * its field. A sign-in by cookie may do all of it.
 */
export const TOKEN_SCOPES = ['READ', 'INVITATIONS', 'SESSIONS', 'CONTACTS', 'DEVICES', 'COMPANY', 'ACCOUNT'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export interface AccountPrincipal {
  readonly kind: 'account';
  readonly accountId: string;
  readonly verified: boolean;
  /** Its company requires a second factor, and it has none. */
  readonly lacksSecondFactor: boolean;
  /** The account’s own setting, which is before what the request asks for (API-08). */
  readonly language?: Language | undefined;
  /** How it signed in. `id` is what revokes it: the auth session's public id or the API token's id. */
  readonly via:
    | { readonly kind: 'session'; readonly id: string; readonly hash: string }
    | { readonly kind: 'token'; readonly id: string; readonly scopes: readonly string[] };
}

export interface DevicePrincipal {
  readonly kind: 'device';
  readonly deviceId: string;
  /** Hash of the credential that it came with: what is rotated away ends with its streams. Absent where it came with none. */
  readonly credentialHash?: string | undefined;
}

export type Principal =
  | { readonly kind: 'anonymous' }
  | AccountPrincipal
  | DevicePrincipal
  | { readonly kind: 'operator' }
  | { readonly kind: 'system' };

export type PrincipalKind = Principal['kind'];

/**
 * The gate of every operation: its first line. Returns the principal where it is of one of the kinds and, for an
 * account, verified, with a second factor where its company requires one, and (by token) with the scope.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, SECOND_FACTOR_REQUIRED or FORBIDDEN.
 */
export function authorize<K extends PrincipalKind>(
  ctx: Pick<Context, 'principal'>,
  scope: TokenScope,
  ...kinds: readonly K[]
): Extract<Principal, { kind: K }> {
  const { principal } = ctx;
  if (!(kinds as readonly PrincipalKind[]).includes(principal.kind)) {
    throw new Denial(principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN', { allowed: kinds.join(', ') });
  }
  if (principal.kind === 'account') {
    if (!principal.verified) throw new Denial('EMAIL_NOT_VERIFIED');
    requireSecondFactor(principal);
    requireScope(principal, scope);
  }
  return principal as Extract<Principal, { kind: K }>;
}

/**
 * As `authorize` for accounts, but also for one whose address is not verified yet, or that lacks a second factor and is
 * signed in by cookie: it can see and mend itself only.
 */
export function authorizeUnverified(ctx: Pick<Context, 'principal'>, scope: TokenScope): AccountPrincipal {
  const { principal } = ctx;
  if (principal.kind !== 'account') {
    throw new Denial(principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN', { allowed: 'account' });
  }
  if (principal.via.kind === 'token') requireSecondFactor(principal);
  requireScope(principal, scope);
  return principal;
}

/** @throws Denial SECOND_FACTOR_REQUIRED for a member of a company that requires one, until it has set one up. */
export function requireSecondFactor({ lacksSecondFactor }: AccountPrincipal): void {
  if (lacksSecondFactor) throw new Denial('SECOND_FACTOR_REQUIRED');
}

function requireScope(principal: AccountPrincipal, scope: TokenScope): void {
  if (principal.via.kind === 'token' && !principal.via.scopes.includes(scope)) {
    throw new Denial('FORBIDDEN', { scope });
  }
}

/** One text for each principal: what limits are counted for, and what ends its open subscriptions when woken. */
export function principalKey(principal: Principal): string {
  switch (principal.kind) {
    case 'account':
      return `auth:${principal.via.id}`;
    case 'device':
      return `auth:${principal.deviceId}`;
    default:
      return `auth:${principal.kind}`;
  }
}

/** Who did it, as the event log keeps it. */
export function actorOf(principal: Principal): EventActor {
  switch (principal.kind) {
    case 'account':
      return { kind: 'ACCOUNT', id: principal.accountId };
    case 'device':
      return { kind: 'DEVICE', id: principal.deviceId };
    case 'operator':
      return { kind: 'OPERATOR', id: null };
    default:
      return { kind: 'SYSTEM', id: null };
  }
}

/**
 * For what people do before they are signed in: anybody may, and so may somebody whose browser still has a sign-in,
 * verified or not. API tokens, devices and the operator have no business there.
 * @throws Denial FORBIDDEN.
 */
export function authorizeVisitor(ctx: Pick<Context, 'principal'>): void {
  const { principal } = ctx;
  if (principal.kind === 'anonymous' || (principal.kind === 'account' && principal.via.kind === 'session')) return;
  throw new Denial('FORBIDDEN', { allowed: 'anonymous' });
}

/**
 * As `authorizeUnverified`, but only by cookie: what an API token may never do, because it could outlive or widen
 * itself by it.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export function authorizeSignedIn(ctx: Pick<Context, 'principal'>): AccountPrincipal & {
  readonly via: Extract<AccountPrincipal['via'], { kind: 'session' }>;
} {
  const { principal } = ctx;
  if (principal.kind !== 'account') {
    throw new Denial(principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN', { allowed: 'account' });
  }
  const { via } = principal;
  if (via.kind !== 'session') throw new Denial('FORBIDDEN', { allowed: 'session' });
  return { ...principal, via };
}
