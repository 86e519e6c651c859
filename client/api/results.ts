import { BeckonError } from './errors.ts';
import { OWN_MESSAGES } from './own-messages.ts';

/** What all refusals have, as the documents of this client ask for them. */
export interface RefusalFields {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** The members of a mutation's result union that are refusals. */
export type RefusalOf<Result> = Extract<Result, RefusalFields>;
/** The member that says that it was done. */
export type PayloadOf<Result> = Exclude<Result, RefusalFields>;

/** Thrown by `unwrap`: the server refused, and says to the person why. Nothing was changed. */
export class RefusalError<R extends RefusalFields = RefusalFields> extends Error {
  override name = 'RefusalError';
  readonly refusal: R;
  constructor(refusal: R) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Whether a mutation answered a refusal. It tells by the fields of `UserError`, so that the document has to ask for
 * `code`, `message` and `path` (`... on UserError`).
 */
export function isRefusal<Result extends object>(result: Result): result is RefusalOf<Result> {
  return 'code' in result && 'message' in result && 'path' in result;
}

/** The payload of a mutation. @throws RefusalError where it was refused. */
export function unwrap<Result extends object>(result: Result): PayloadOf<Result> {
  if (isRefusal(result)) throw new RefusalError(result);
  // A member that the document does not select, such as a refusal that a newer server has.
  if (Object.keys(result).every((key) => key === '__typename')) {
    throw new BeckonError('PROTOCOL', OWN_MESSAGES.unknownAnswer);
  }
  return result as PayloadOf<Result>;
}
