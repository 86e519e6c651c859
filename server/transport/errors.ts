import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isAsyncIterable } from 'graphql-yoga';
import type { Language } from '../db/tables/accounts.ts';
import type { Log } from '../domain/context.ts';
import { DENIAL_CODES, Denial, type DenialCode } from '../domain/denials.ts';
import { Refusal } from '../domain/refusals.ts';
import { newReference } from '../lib/ids.ts';
import type { Context } from '../schema/builder.ts';
import { denialMessage, internalMessage } from '../schema/messages.ts';

/** The HTTP status where an operation did not come to run at all. */
const HTTP_STATUS: Readonly<Partial<Record<DenialCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_MANY_REQUESTS: 429,
  TIMEOUT: 504,
};

/** The denial as clients get it: the code in `extensions`, the message in their language. */
export function denialError(denial: Denial, language: Language, from?: GraphQLError): GraphQLError {
  const { code, details } = denial;
  return new GraphQLError(denialMessage(language, code, details), {
    ...(from ? { nodes: from.nodes ?? null, path: from.path ?? null } : {}),
    extensions: { code, ...details },
  });
}

/** As `denialError`, for what ends a whole HTTP request: with its status, and Retry-After where there is one. */
export function denialResponseError(denial: Denial, language: Language): GraphQLError {
  const error = denialError(denial, language);
  const status = HTTP_STATUS[denial.code];
  const wait = denial.details['retryAfterSeconds'];
  const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
  if (status) error.extensions['http'] = { status, headers };
  return error;
}

/**
 * What clients may know of an error. Denials and the language's own errors (syntax, validation, variables) pass;
 * anything else is masked, and logged under the reference that the client gets.
 */
export function presentError(error: unknown, ctx: Pick<Context, 'request' | 'log'>): GraphQLError {
  const graphqlError = error instanceof GraphQLError ? error : null;
  const cause = rootCause(error);
  if (cause instanceof Denial) return denialError(cause, ctx.request.language, graphqlError ?? undefined);
  if (cause instanceof GraphQLError) return inputError(cause);
  return masked(cause, ctx.request.id, ctx.request.language, ctx.log, graphqlError);
}

/** As `presentError`, for what ends a whole request before it has a context. */
export function requestError(error: unknown, language: Language, log: Log): GraphQLError {
  const cause = rootCause(error);
  if (cause instanceof Denial) return denialResponseError(cause, language);
  if (cause instanceof GraphQLError) return inputError(cause);
  const hidden = masked(cause, newReference(), language, log, null);
  hidden.extensions['http'] = { status: 500 };
  return hidden;
}

/** Gives errors of the language itself, and Yoga's own about requests, the one code of ours that they fall under. */
export function inputError(error: GraphQLError): GraphQLError {
  const { extensions } = error;
  if (OWN_CODES.has(String(extensions['code']))) return error;
  // A request that is none is answered with 400 also where errors within GraphQL are not (graphql-over-http, BCF8).
  if (extensions['code'] === 'BAD_REQUEST') extensions['http'] = { ...(extensions['http'] as object), spec: false };
  extensions['code'] = 'BAD_USER_INPUT';
  // Yoga repeats what JSON.parse said.
  delete extensions['originalError'];
  return error;
}

const OWN_CODES: ReadonlySet<string> = new Set([...DENIAL_CODES, 'INTERNAL']);

/** Errors as they go over a socket: without what Yoga keeps in them for HTTP. */
export function withoutHttp(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  return errors.map((error) => {
    const { extensions, ...rest } = error.toJSON();
    const { http: _, ...kept } = extensions ?? {};
    return { ...rest, extensions: kept };
  });
}

function masked(
  cause: unknown,
  reference: string,
  language: Language,
  log: Log,
  from: GraphQLError | null,
): GraphQLError {
  const details = cause instanceof Refusal ? { refusal: `${cause.type} ${cause.code}` } : {};
  log.error({ err: cause, reference, ...details }, 'an operation failed unexpectedly');
  return new GraphQLError(internalMessage(language, reference), {
    ...(from ? { nodes: from.nodes ?? null, path: from.path ?? null } : {}),
    extensions: { code: 'INTERNAL', reference },
  });
}

/** What was thrown at the bottom: GraphQL wraps errors once for each layer that they pass. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/** Presents the errors of every result, of queries, mutations and each event of subscriptions alike. */
export function useErrors(): Plugin<Context> {
  const present = (result: ExecutionResult, ctx: Context): ExecutionResult =>
    result.errors?.length ? { ...result, errors: result.errors.map((error) => presentError(error, ctx)) } : result;
  return {
    onValidate:
      () =>
      ({ result }) => {
        for (const error of result as GraphQLError[]) inputError(error);
      },
    onExecute: ({ args }) => ({
      onExecuteDone({ result, setResult }) {
        if (!isAsyncIterable(result) && result.errors?.length) setResult(present(result, args.contextValue));
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult({ result, setResult }) {
        if (!isAsyncIterable(result)) {
          setResult(present(result as ExecutionResult, args.contextValue));
          return undefined;
        }
        return {
          onNext({ result: next, setResult: setNext }) {
            if (next.errors?.length) setNext(present(next, args.contextValue));
          },
        };
      },
      onSubscribeError({ error, setError }) {
        setError(presentError(error, args.contextValue));
      },
    }),
  };
}
