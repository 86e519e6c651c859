import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { lookup } from '../db/lookup.ts';
import { prepared } from '../db/prepared.ts';
import { accounts } from '../db/tables/accounts.ts';
import { apiTokens } from '../db/tables/api-tokens.ts';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { devices, notRemoved } from '../db/tables/devices.ts';
import { equalSecrets, hashSecret, SECRET_PREFIXES } from '../lib/secrets.ts';
import type { Services } from './context.ts';
import { Denial } from './denials.ts';
import { noteUse } from './note-use.ts';
import {
  type AccountPrincipal,
  type DevicePrincipal,
  type Principal,
  principalKey,
  requireSecondFactor,
} from './principal.ts';
import { MINUTE_MS } from './rate-limits.ts';
import { lacksSecondFactor } from './second-factor-gate.ts';
import { readSetting } from './settings.ts';
import { principalOfCookie } from './sign-in.ts';

/** A token's last use is written at most this often, so that not every request writes. */
const LAST_USE_PRECISION_MS = MINUTE_MS;

/** What a request came with, as the transport read it: the cookie's value, and what followed `Bearer`. */
export interface Credentials {
  readonly sessionCookie?: string | null | undefined;
  readonly bearer?: string | null | undefined;
}

/**
 * Who is asking. Without credentials: anybody. Where both came, the token in the header counts, because somebody set it
 * on purpose. Runs on every request.
 * @throws Denial UNAUTHENTICATED for a credential that is unknown, expired or revoked: it is never taken for none.
 */
export async function authenticate(services: Services, { sessionCookie, bearer }: Credentials): Promise<Principal> {
  if (bearer) return (await principalOfBearer(services, bearer)) ?? unauthenticated();
  if (sessionCookie) return (await principalOfCookie(services, sessionCookie)) ?? unauthenticated();
  return { kind: 'anonymous' };
}

/**
 * The principal as it is now, for who stays connected: verified meanwhile, perhaps, or with other scopes.
 * @throws Denial UNAUTHENTICATED where sign-in, token, device or its credential has ended since; SECOND_FACTOR_REQUIRED
 *   where that holds by now.
 */
export async function reauthenticate(services: Services, principal: Principal): Promise<Principal> {
  switch (principal.kind) {
    case 'account': {
      const present = (await presentAccount(services, principal)) ?? unauthenticated();
      requireSecondFactor(present);
      return present;
    }
    case 'device': {
      const device = await deviceById(services.db.read, principal.deviceId);
      const { credentialHash = device?.credentialHash } = principal;
      return device && device.credentialHash === credentialHash ? principal : unauthenticated();
    }
    default:
      return principal;
  }
}

/** One text for each sign-in, token or credential: `reauthenticate` says the same of all who came with it. */
export function credentialKey(principal: Principal): string {
  const { credentialHash = null } = principal.kind === 'device' ? principal : {};
  return credentialHash ?? principalKey(principal);
}

function unauthenticated(): never {
  throw new Denial('UNAUTHENTICATED');
}

async function principalOfBearer(services: Services, bearer: string): Promise<Principal | null> {
  if (bearer.startsWith(SECRET_PREFIXES.apiToken)) return principalOfToken(services, bearer);
  if (bearer.startsWith(SECRET_PREFIXES.deviceCredential)) return principalOfDevice(services, bearer);
  if (bearer.startsWith(SECRET_PREFIXES.operatorToken)) {
    const hash = await readSetting(services.db.read, 'operator_token_hash');
    return hash !== null && equalSecrets(hash, hashSecret(bearer)) ? { kind: 'operator' } : null;
  }
  return null;
}

const tokenColumns = {
  id: apiTokens.id,
  accountId: apiTokens.accountId,
  scopes: apiTokens.scopes,
  lastUsedAt: apiTokens.lastUsedAt,
  expiresAt: apiTokens.expiresAt,
  verifiedAt: accounts.verifiedAt,
  lacksSecondFactor: lacksSecondFactor(accounts.id),
  language: accounts.language,
};

const tokenByHash = prepared('api_token_by_hash', (q) =>
  q
    .select(tokenColumns)
    .from(apiTokens)
    .innerJoin(accounts, eq(accounts.id, apiTokens.accountId))
    .where(and(eq(apiTokens.hash, sql.placeholder('hash')), isNull(apiTokens.revokedAt))),
);

const tokenById = prepared('usable_api_token_by_id', (q) =>
  q
    .select(tokenColumns)
    .from(apiTokens)
    .innerJoin(accounts, eq(accounts.id, apiTokens.accountId))
    .where(and(eq(apiTokens.id, sql.placeholder('id')), isNull(apiTokens.revokedAt))),
);

const sessionById = prepared('usable_auth_session_by_id', (q) =>
  q
    .select({
      expiresAt: authSessions.expiresAt,
      verifiedAt: accounts.verifiedAt,
      lacksSecondFactor: lacksSecondFactor(accounts.id),
    })
    .from(authSessions)
    .innerJoin(accounts, eq(accounts.id, authSessions.accountId))
    .where(eq(authSessions.publicId, sql.placeholder('id'))),
);

const deviceByCredential = lookup('device_by_credential', devices.credentialHash, (q, asked) =>
  q.select({ key: devices.credentialHash, id: devices.id }).from(devices).where(and(asked, notRemoved)),
);

const deviceById = lookup('device_present', devices.id, (q, asked) =>
  q.select({ key: devices.id, credentialHash: devices.credentialHash }).from(devices).where(and(asked, notRemoved)),
);

function hasEnded({ expiresAt }: { readonly expiresAt: number | null }, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

async function principalOfToken(services: Services, secret: string): Promise<AccountPrincipal | null> {
  const now = services.clock.now();
  const [token] = await tokenByHash(services.db.read, { hash: hashSecret(secret) });
  if (!token || hasEnded(token, now)) return null;
  await recordUse(services, token, now);
  return {
    kind: 'account',
    accountId: token.accountId,
    verified: token.verifiedAt !== null,
    lacksSecondFactor: token.lacksSecondFactor,
    language: token.language,
    via: { kind: 'token', id: token.id, scopes: token.scopes },
  };
}

async function recordUse(
  services: Services,
  { id, lastUsedAt }: { id: string; lastUsedAt: number | null },
  now: number,
): Promise<void> {
  const due = now - LAST_USE_PRECISION_MS;
  if (lastUsedAt !== null && lastUsedAt > due) return;
  await noteUse(services, async (q) => {
    await q
      .update(apiTokens)
      .set({ lastUsedAt: now })
      .where(and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lte(apiTokens.lastUsedAt, due))));
  });
}

async function principalOfDevice(services: Services, secret: string): Promise<DevicePrincipal | null> {
  const credentialHash = hashSecret(secret);
  const device = await deviceByCredential(services.db.read, credentialHash);
  return device ? { kind: 'device', deviceId: device.id, credentialHash } : null;
}

async function presentAccount(services: Services, principal: AccountPrincipal): Promise<AccountPrincipal | null> {
  const { via } = principal;
  const now = services.clock.now();
  if (via.kind === 'session') {
    const [session] = await sessionById(services.db.read, { id: via.id });
    if (!session || hasEnded(session, now)) return null;
    const { verifiedAt, lacksSecondFactor } = session;
    return { ...principal, lacksSecondFactor, verified: verifiedAt !== null };
  }
  const [token] = await tokenById(services.db.read, { id: via.id });
  if (!token || hasEnded(token, now)) return null;
  const { verifiedAt, lacksSecondFactor, scopes } = token;
  return { ...principal, verified: verifiedAt !== null, lacksSecondFactor, via: { ...via, scopes } };
}
