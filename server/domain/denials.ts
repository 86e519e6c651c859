/**
 * Why an operation did not take place for reasons that no form can mend: they become top-level GraphQL errors with
 * this code. The list is closed; docs/api.md explains each.
 */
export const DENIAL_CODES = [
  'UNAUTHENTICATED',
  'EMAIL_NOT_VERIFIED',
  'SECOND_FACTOR_REQUIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'IDEMPOTENCY_KEY_REUSED',
  'TOO_MANY_REQUESTS',
  'QUERY_TOO_LARGE',
  'TIMEOUT',
] as const;

export type DenialCode = (typeof DENIAL_CODES)[number];

export class Denial extends Error {
  override name = 'Denial';
  readonly code: DenialCode;
  /** What the message is about: the argument, the scope, the seconds to wait. */
  readonly details: Readonly<Record<string, string | number>>;
  constructor(code: DenialCode, details: Record<string, string | number> = {}) {
    super(`${code} ${JSON.stringify(details)}`);
    this.code = code;
    this.details = details;
  }
}

/**
 * An id that no row has. What is not there is looked for to the end under it, by the statements that what is others' takes,
 * so that the two are not told apart by the time either (server/schema/equal-work.test.ts).
 */
export const NO_ID = '';

/** «There is no such thing, or it is not yours to see»: the answer is the same, so that nobody can probe. */
export function notFound(argument: string): Denial {
  return new Denial('NOT_FOUND', { argument });
}
