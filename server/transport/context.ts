import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Language } from '../db/tables/accounts.ts';
import { authenticate, type Credentials, credentialKey, reauthenticate } from '../domain/authenticate.ts';
import type { Services } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import type { Principal } from '../domain/principal.ts';
import { sessionCookie, sessionCookieName } from '../domain/sign-in.ts';
import { newReference } from '../lib/ids.ts';
import type { Context } from '../schema/builder.ts';
import { createLoaders } from '../schema/loaders.ts';
import type { RequestRate } from './request-rate.ts';
import { within } from './timeout.ts';

/** What is read of the HTTP request that an operation came by, or the handshake of its socket. */
export interface Asking {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What a transport knows of where an operation came from. */
export interface Origin {
  readonly request: Asking;
  /** Null over WebSocket: there is no response of its own. */
  readonly response: ServerResponse | null;
  readonly credentials: Credentials;
  /** The language that it asked for by other means than Accept-Language; null for none. */
  readonly language?: string | null;
}

/**
 * Lets one operation in, before its document is looked at, and makes its context: checks the origin of a page,
 * authenticates the credentials anew, and counts it against the principal's limit; wrong credentials count for the
 * address that they came from.
 * @throws Denial FORBIDDEN, UNAUTHENTICATED, TOO_MANY_REQUESTS; TIMEOUT where the database does not answer.
 */
export async function createContext(services: Services, rate: RequestRate, origin: Origin): Promise<Context> {
  const { request, response, credentials } = origin;
  const { config, meters } = services;
  const startedAt = performance.now();
  const address = clientAddress(request, config.TRUST_PROXY);
  if (!isAllowedOrigin(services, request, credentials.sessionCookie !== undefined)) {
    throw new Denial('FORBIDDEN', { header: 'Origin' });
  }
  const late = (): never => {
    throw new Denial('TIMEOUT', { seconds: config.REQUEST_TIMEOUT_S });
  };
  const refused = async (error: unknown): Promise<never> => {
    if (error instanceof Denial) {
      await rate.take({ kind: 'anonymous' }, address);
      // A browser cannot drop an HttpOnly cookie by itself, and could not even sign in again with one that has ended.
      if (credentials.sessionCookie) response?.appendHeader('set-cookie', sessionCookie(config, null));
    }
    throw error;
  };
  const asking = authenticate(services, credentials).catch(refused);
  const counted = asking.then(async (asker) => {
    await rate.take(asker, address);
    return asker;
  });
  let principal: Principal;
  try {
    principal = await within(counted, config.REQUEST_TIMEOUT_S * 1000, late);
  } catch (error) {
    meters.operations.of('none', error instanceof Denial ? error.code : 'INTERNAL').add();
    throw error;
  }
  const key = credentialKey(principal);
  return {
    ...services,
    principal,
    request: {
      id: newReference(),
      address,
      userAgent: request.headers['user-agent'] ?? '',
      language:
        (principal.kind === 'account' && principal.language) ||
        languageOf(origin.language ?? request.headers['accept-language']),
    },
    reauthenticate: () =>
      services.wakeUps.share('principals', key, async () => {
        await reauthenticate(services, principal);
      }),
    loaders: createLoaders(services),
    setCookie: response ? (header) => response.appendHeader('set-cookie', header) : null,
    startedAt,
  };
}

/** The credentials of a request: a bearer token wins over a cookie, as who sends one means it. */
export function credentialsOf(services: Pick<Services, 'config'>, request: Asking): Credentials {
  const bearer = bearerOf(request.headers.authorization);
  if (bearer) return { bearer };
  const sessionCookie = cookieOf(request, sessionCookieName(services.config));
  return sessionCookie ? { sessionCookie } : {};
}

/** The token of an Authorization header, or null where there is none. */
export function bearerOf(header: unknown): string | null {
  const match = typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header.trim()) : null;
  return match?.[1] ?? null;
}

function cookieOf(request: Asking, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null;
  }
  return null;
}

/**
 * The client's address: the socket's, or, behind trusted proxies, the one that the outermost of them saw. Entries
 * further left were written by the client and prove nothing, nor does what is no address.
 */
export function clientAddress(request: Asking, trustedProxies: number): string {
  const socket = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  if (trustedProxies === 0) return socket;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const named = forwarded.at(-trustedProxies) ?? forwarded[0] ?? '';
  return isIP(named) ? named : socket;
}

/** French where it is preferred to English; English otherwise. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 };
  for (const part of (acceptLanguage ?? '').split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    if (language !== 'en' && language !== 'fr') continue;
    const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((value) => value !== undefined);
    const quality = q === undefined ? 1 : Number(q);
    if (quality > best.quality) best = { language, quality };
  }
  return best.language;
}

/**
 * Whether a page of this origin may speak to us: our own, one that the operator allowed, or no page at all (programs
 * send no Origin). Cookies are taken from our own pages only; what browsers say of where a request without Origin was
 * started (Sec-Fetch-Site) counts, too.
 */
export function isAllowedOrigin(services: Pick<Services, 'config'>, request: Asking, byCookie: boolean): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) return !byCookie || site === undefined || site === 'same-origin' || site === 'none';
  if (isOwnOrigin(services.config.PUBLIC_URL, origin)) return true;
  return !byCookie && services.config.ALLOWED_ORIGINS.includes(origin);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The origin of PUBLIC_URL; where that is this machine itself, under any of its loopback names. */
function isOwnOrigin(publicUrl: string, origin: string): boolean {
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  if (!URL.canParse(origin) || !LOOPBACK.has(own.hostname)) return false;
  const other = new URL(origin);
  return LOOPBACK.has(other.hostname) && other.port === own.port && other.protocol === own.protocol;
}
