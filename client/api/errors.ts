import type { CombinedError } from '@urql/core';
import { OWN_MESSAGES, type OwnMessage } from './own-messages.ts';

/** Codes that the server gives (docs/api.md explains each), and those of the client itself, in the second half. */
export type BeckonErrorCode =
  | 'UNAUTHENTICATED'
  | 'EMAIL_NOT_VERIFIED'
  | 'SECOND_FACTOR_REQUIRED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TOO_MANY_REQUESTS'
  | 'QUERY_TOO_LARGE'
  | 'TIMEOUT'
  | 'INTERNAL'
  /** The server could not be reached, or the connection was lost before the answer. */
  | 'NETWORK'
  /** Something answered that does not speak this protocol: most likely another program listens there. */
  | 'PROTOCOL'
  /** The client was closed. */
  | 'CLOSED';

interface BeckonErrorOptions {
  cause?: unknown;
  retryAfterSeconds?: number | undefined;
  reference?: string | undefined;
}

/**
 * Why nothing came of an operation: everything but the refusals, which are answers. `message` is a sentence for a
 * person: the server's in the language of the client, the client's own in English; `messageIn` has those in French too.
 */
export class BeckonError extends Error {
  override name = 'BeckonError';
  readonly code: BeckonErrorCode | (string & {});
  /** Whether the same operation may succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** How long the server asks to wait before the next try; undefined where it does not say. */
  readonly retryAfterSeconds: number | undefined;
  /** What to quote to whoever runs the server: it stands in the server's log. */
  readonly reference: string | undefined;
  readonly #own: OwnMessage | null;

  /** @param message What the server said, or a sentence of the client itself. */
  constructor(code: BeckonError['code'], message: string | OwnMessage, options: BeckonErrorOptions = {}) {
    const own = typeof message === 'string' ? null : message;
    super(own?.en ?? String(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.#own = own;
    this.code = code;
    this.retryable = RETRYABLE.has(code);
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.reference = options.reference;
  }

  /** The sentence in a language; one of the server's stays in the language that the client asked for. */
  messageIn(language: 'en' | 'fr'): string {
    return this.#own?.[language] ?? this.message;
  }
}

const RETRYABLE: ReadonlySet<string> = new Set(['TOO_MANY_REQUESTS', 'TIMEOUT', 'INTERNAL', 'NETWORK']);

/** Whether the credential itself was refused: asking again with the same one is of no use. */
export function isAuthenticationLost(error: unknown): boolean {
  return error instanceof BeckonError && error.code === 'UNAUTHENTICATED';
}

/** An error as GraphQL transports carry it. */
export interface WireError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Something answered, but no server of ours. @param detail In brackets behind the sentence; empty for none. */
export function notBeckon(url: string, detail = '', cause?: unknown): BeckonError {
  const more = detail && ` (${detail})`;
  return new BeckonError(
    'PROTOCOL',
    {
      en: `${url} answers, but not as a Beckon server${more}.`,
      fr: `${url} répond, mais pas comme un serveur Beckon${more}.`,
    },
    { cause },
  );
}

/** The first of an answer's errors as a `BeckonError`; without a code of its own it was the server's fault. */
export function errorFromWire(errors: readonly WireError[]): BeckonError {
  const [error] = errors;
  const { code, retryAfterSeconds, reference } = error?.extensions ?? {};
  return new BeckonError(typeof code === 'string' ? code : 'INTERNAL', error?.message ?? OWN_MESSAGES.noReason, {
    cause: errors,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined,
    reference: typeof reference === 'string' ? reference : undefined,
  });
}

/** What urql found, as a `BeckonError`. */
export function errorFromUrql(error: CombinedError, url: string): BeckonError {
  if (error.graphQLErrors.length > 0) return errorFromWire(error.graphQLErrors);
  const status = (error.response as { status?: number } | undefined)?.status;
  // A proxy in front, or the server while it starts and stops, answers 5xx without GraphQL in it.
  if (status !== undefined && status < 500) return notBeckon(url, `HTTP ${status}`, error);
  const reason = reasonOf(error.networkError);
  const more = reason ? ` (${reason})` : '';
  return new BeckonError(
    'NETWORK',
    { en: `The server at ${url} cannot be reached${more}.`, fr: `Le serveur ${url} est injoignable${more}.` },
    { cause: error.networkError ?? error },
  );
}

/** The innermost reason that Node gives (`ECONNREFUSED` …); browsers tell none. */
function reasonOf(error: unknown): string | undefined {
  let reason: string | undefined;
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') reason = at.code;
  }
  return reason;
}
