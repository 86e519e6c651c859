import { createHmac } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../lib/public-address.ts';

/** How long a receiver may take to answer, connecting among it. Below the first retry, which keeps other nodes off. */
export const ANSWER_TIMEOUT_MS = 10_000;

export interface SignedRequest {
  readonly url: string;
  readonly secret: string;
  /** The present instant, in milliseconds. */
  readonly now: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Lets it go to addresses inside of the server's own network. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/** What came of an attempt: the status, or why there is none. */
export type Outcome = { readonly status: number } | { readonly status: null; readonly error: string };

/** `t=<seconds since 1970>,v1=<HMAC-SHA-256 of "t.body", in hexadecimal>`: the receiver recomputes it, and refuses what is old. */
export function signatureOf(secret: string, now: number, body: string): string {
  const t = Math.floor(now / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/**
 * Posts once, signed; redirects are not followed, and nothing of the answer but its status is read. The addresses that
 * the host's name has are judged where the connection is made, on the very ones that it is made to, so that a name that
 * leads elsewhere the next moment gains nothing. Never throws.
 */
export function post(signed: SignedRequest): Promise<Outcome> {
  const { url, secret, now, body, headers, allowPrivate, signal } = signed;
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  // An address in place of a name is never looked up.
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return Promise.resolve(PRIVATE);
  return new Promise((done) => {
    const failed = (error: NodeJS.ErrnoException) =>
      done(
        error.code === PRIVATE_CODE ? PRIVATE : { status: null, error: signal.aborted ? 'TIMEOUT' : reasonOf(error) },
      );
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const req = send(
      url,
      {
        method: 'POST',
        // A connection of its own: one that is kept would have been judged long ago.
        agent: false,
        lookup: allowPrivate ? resolve : lookupPublic,
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
        headers: {
          ...headers,
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Beckon-Webhook/1',
          'beckon-signature': signatureOf(secret, now, body),
        },
      },
      (res) => {
        done({ status: res.statusCode ?? 0 });
        res.on('error', () => {});
        res.destroy();
      },
    );
    req.on('error', failed);
    req.end(body);
  });
}

const PRIVATE_CODE = 'BECKON_PRIVATE_ADDRESS';
const PRIVATE: Outcome = { status: null, error: 'PRIVATE_ADDRESS' };

/** In one word, for the history: Node's code, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
function reasonOf({ code, name }: NodeJS.ErrnoException): string {
  return name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR' ? 'TIMEOUT' : (code ?? name);
}

/** As `dns.lookup`, for names of which every address is public; one that also leads inside is not trusted at all. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(Object.assign(new Error('not a public address'), { code: PRIVATE_CODE }), '');
    }
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
