import type { Duplex } from 'node:stream';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { CloseCode, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { authenticate, type Credentials } from '../domain/authenticate.ts';
import type { Services } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import type { Context } from '../schema/builder.ts';
import {
  type Asking,
  bearerOf,
  clientAddress,
  createContext,
  credentialsOf,
  isAllowedOrigin,
  languageOf,
  type Origin,
} from './context.ts';
import { asksForCost, type Cost, type DocumentJudge, tooLarge } from './document-limits.ts';
import { denialError, inputError, requestError, withoutHttp } from './errors.ts';
import { type Deliver, EventGroups } from './event-groups.ts';
import { measuredSubscriptions } from './measuring.ts';
import type { OpenConnections } from './open-connections.ts';
import type { CompiledOperations } from './operation-execution.ts';
import type { AnswerReady } from './ready-operations.ts';
import type { RequestRate } from './request-rate.ts';
import { limited } from './timeout.ts';
import type { Yoga } from './yoga.ts';

/** RFC 6455 and its registry: try again later. Clients of graphql-ws do. */
export const TRY_AGAIN_LATER = 1013;

/** What connection_init may carry. */
interface ConnectionParams extends Record<string, unknown> {
  /** `Bearer …`, as the HTTP header. */
  readonly authorization?: unknown;
  readonly Authorization?: unknown;
  /** As the HTTP header, for messages to people. */
  readonly acceptLanguage?: unknown;
}

/** One operation of a socket, from its message on until nothing of it runs any more. */
export interface Operation {
  /** As its client calls it. */
  readonly id: string;
  /** Whether it goes on after its first answer. */
  endless: boolean;
  /** Whether its client wants no more of it. */
  completed: boolean;
  /** The message that uses its id again, heard when it has ended; null for none. */
  next: string | null;
}

/** What is kept with each socket. */
export interface SocketState extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  /** The connection below it. */
  readonly stream: Duplex;
  readonly request: Asking;
  /** What runs, operations whose client lost interest included, until they have ended. */
  running: readonly Operation[];
  /** The operation that the message at hand began; null where it began none. */
  begun: Operation | null;
  /** Gives back its place: among those of its address that have not said who they are, and then among its principal's. */
  release: () => void;
  /** Whether it has not answered its last ping. */
  silent: boolean;
  /** The frame of a result that leaves when all whose turn it is were told: one at most, so that the next one waits for its reader. */
  unwritten: Buffer | null;
  /** The minute since 1970 in which its last message came, and how many it has heard in it. */
  minute: number;
  messages: number;
}

/** The headers of a handshake that are read later: the rest of it is not kept for as long as its socket is open. */
const KEPT_HEADERS = [
  'accept-language',
  'authorization',
  'cookie',
  'origin',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
] as const;

/** What is kept of a handshake. */
export function keptOf({ headers, socket: { remoteAddress } }: Asking): Asking {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) kept[name] = String(value);
  }
  return { headers: kept, socket: { remoteAddress } };
}

/** What an operation runs with: its rootValue, as graphql-ws hands nothing else on. */
interface Running {
  /** The function that Yoga's plugins wrapped for it; of a subscription, until it has begun. */
  run: ((args: ExecutionArgs) => unknown) | null;
}

interface Subscribing extends Running {
  /** What its results tell beside themselves. */
  readonly extensions: { readonly cost: Cost } | null;
  readonly deliver: Deliver;
}

/** What sockets share with requests over HTTP. */
export interface SocketParts {
  readonly yoga: Yoga;
  readonly operations: CompiledOperations;
  readonly ready: AnswerReady;
  readonly judge: DocumentJudge;
  readonly rate: RequestRate;
  readonly connections: OpenConnections;
}

/**
 * What graphql-ws asks of us for each socket and operation. Every operation is let in like a request over HTTP: its
 * credentials are checked anew and it is counted.
 * @param sendResult sends a result, which is JSON, of the operation that the client called `id`.
 */
export function socketOperations(
  services: Services,
  { yoga, operations, ready, judge, rate, connections }: SocketParts,
  sendResult: (to: SocketState, id: string, result: Buffer) => void | Promise<void>,
): ServerOptions<ConnectionParams, SocketState> {
  const { config, log } = services;
  const groups = new EventGroups();
  const measured = measuredSubscriptions<object>(services.meters);

  function credentialsFor({ request }: SocketState, params: ConnectionParams | undefined): Credentials {
    const bearer = bearerOf(params?.authorization ?? params?.Authorization);
    return bearer ? { bearer } : credentialsOf(services, request);
  }

  return {
    connectionInitWaitTimeout: config.SOCKET_INIT_TIMEOUT_S * 1000,

    async onConnect({ extra, connectionParams }) {
      const { socket, request } = extra;
      const credentials = credentialsFor(extra, connectionParams);
      if (!isAllowedOrigin(services, request, credentials.sessionCookie !== undefined)) return false;
      const address = clientAddress(request, config.TRUST_PROXY);
      try {
        const principal = await authenticate(services, credentials);
        // One that closed meanwhile would never give its place back.
        if (socket.readyState !== socket.OPEN) return false;
        const release = connections.open(principal, address);
        if (release) {
          extra.release();
          extra.release = release;
          return true;
        }
        socket.close(TRY_AGAIN_LATER, 'too many sockets');
      } catch (error) {
        if (error instanceof Denial) {
          await rate.take({ kind: 'anonymous' }, address);
          socket.close(CloseCode.Forbidden, error.code);
        } else {
          throw error;
        }
      }
      return false;
    },

    onClose({ extra }) {
      extra.release();
    },

    async onSubscribe({ extra, connectionParams, subscriptions }, id, payload) {
      // Up to here nothing was awaited: what is counted here, the next message sees.
      const operation: Operation = { id, endless: false, completed: false, next: null };
      extra.running = [...extra.running, operation];
      extra.begun = operation;
      const { request } = extra;
      const asked = connectionParams?.acceptLanguage;
      const acceptLanguage = typeof asked === 'string' ? asked : request.headers['accept-language'];
      const limit = config.SOCKET_MAX_OPERATIONS;
      // Those whose client lost interest have made place at once, though they take a while to end.
      if (Object.keys(subscriptions).length > limit || extra.running.length > 2 * limit) {
        return [denialError(new Denial('TOO_MANY_REQUESTS', { operations: limit }), languageOf(acceptLanguage))];
      }
      const origin: Origin = {
        request,
        response: null,
        credentials: credentialsFor(extra, connectionParams),
        language: acceptLanguage ?? null,
      };
      try {
        const context = await createContext(services, rate, origin);
        const known = operations.ready(payload.query, payload.operationName ?? null);
        if (known) {
          const { schema, document } = known;
          const run = (args: ExecutionArgs) => runReady(args, payload, context);
          return { ...argsOf(payload, schema, document), contextValue: context, rootValue: { run } satisfies Running };
        }
        const enveloped = yoga.getEnveloped({ admitted: context, params: payload });
        const { schema, execute, subscribe, contextFactory, parse, validate } = enveloped;
        const document = parse(payload.query) as DocumentNode;
        const errors = validate(schema, document) as readonly GraphQLError[];
        if (errors.length > 0) return errors;
        const args = argsOf(payload, schema as GraphQLSchema, document);
        operation.endless = getOperationAST(document, payload.operationName)?.operation === 'subscription';
        if (!operation.endless) {
          return { ...args, contextValue: await contextFactory(), rootValue: { run: execute } satisfies Running };
        }
        // graphql-ws keeps the message for as long as the subscription: all of the same text keep one.
        (payload as { query: string }).query = document.loc?.source.body ?? payload.query;
        const name = payload.operationName ?? null;
        const extensions = asksForCost(payload) ? judge.cost(document, name, args.variableValues) : null;
        const deliver: Deliver = (result) => sendResult(extra, id, result);
        return {
          ...args,
          contextValue: context,
          rootValue: { run: subscribe, extensions, deliver } satisfies Subscribing,
        };
      } catch (error) {
        // A throw would close the whole socket, with every other subscription on it.
        return [requestError(error, languageOf(acceptLanguage), log)];
      }
    },

    execute: (args) => orErrors(() => (args.rootValue as Running).run?.(args)) as never,

    subscribe: (args) => orErrors(() => subscribe(args)) as never,

    onError: (_ctx, _id, _payload, errors) => withoutHttp(errors.map(presented)),

    onNext(_ctx, _id, _payload, _args, { errors, data, extensions }) {
      if (!errors) return undefined;
      return {
        errors: withoutHttp(errors),
        ...(data === undefined ? {} : { data }),
        ...(extensions ? { extensions } : {}),
      };
    },
  };

  /** As over HTTP: without Yoga, but for what is out of the ordinary. */
  async function runReady(args: ExecutionArgs, params: SubscribePayload, context: Context): Promise<unknown> {
    const answer = await ready(params, async () => context);
    if (answer.result) return answer.result;
    const { execute, contextFactory } = yoga.getEnveloped({ admitted: context, params, ...answer.begun });
    return execute({ ...args, contextValue: await contextFactory() });
  }

  async function subscribe(args: ExecutionArgs): Promise<unknown> {
    const context = args.contextValue as Context;
    const subscribing = args.rootValue as Subscribing;
    const { run, extensions, deliver } = subscribing;
    // All that Yoga made for this one operation is let go with it.
    subscribing.run = null;
    const broken = judge.variables(args.document, args.variableValues ?? {});
    if (broken) return measured({ errors: [tooLarge(broken, context.request.language)] }, context);
    const beginning = groups.subscribe({ ...args, rootValue: undefined }, extensions, deliver);
    const begun = (await limited(beginning, context, config.REQUEST_TIMEOUT_S)) as object | null;
    return begun ? measured(begun, context) : run?.(args);
  }

  /** The result, or the errors that it failed with: a throw would close the whole socket. */
  async function orErrors(run: () => unknown): Promise<unknown> {
    try {
      return await run();
    } catch (error) {
      return { errors: [requestError(error, 'en', log)] } satisfies ExecutionResult;
    }
  }
}

/** What graphql-ws hands on of an operation that a client asks for. */
function argsOf({ operationName, variables }: SubscribePayload, schema: GraphQLSchema, document: DocumentNode) {
  return { schema, document, ...(operationName ? { operationName } : {}), variableValues: variables ?? {} };
}

/** graphql-ws 6.4 wraps the error that a stream ended with into another one; ours, which says why, is within. */
function presented(error: GraphQLError): GraphQLError {
  const inner = error.originalError;
  return inputError(inner instanceof GraphQLError ? inner : error);
}
