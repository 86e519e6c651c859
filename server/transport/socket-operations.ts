import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode, type ServerOptions } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { authenticate, type Credentials } from '../domain/authenticate.ts';
import type { Services } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import type { Context } from '../schema/builder.ts';
import {
  bearerOf,
  clientAddress,
  createContext,
  credentialsOf,
  isAllowedOrigin,
  languageOf,
  type Origin,
} from './context.ts';
import { denialError, inputError, requestError, withoutHttp } from './errors.ts';
import type { OpenConnections } from './open-connections.ts';
import type { RequestRate } from './request-rate.ts';
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
  /** Whether it goes on after its first answer. */
  endless: boolean;
}

/** What is kept with each socket. */
export interface SocketState extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Operations that run, those whose client lost interest until they have ended. */
  readonly operations: Set<Operation>;
  /** The operation that the message at hand began; null where it began none. */
  begun: Operation | null;
  /** Gives back its place among its principal's connections; null before it has one. */
  release: (() => void) | null;
}

/** What an operation executes with, by the functions that Yoga's plugins wrapped for it. */
interface Enveloped {
  readonly execute: (args: ExecutionArgs) => unknown;
  readonly subscribe: (args: ExecutionArgs) => unknown;
  readonly operation: Operation;
}

/**
 * What graphql-ws asks of us for each socket and operation. Every operation is let in like a request over HTTP: its
 * credentials are checked anew and it is counted.
 */
export function socketOperations(
  yoga: Yoga,
  services: Services,
  rate: RequestRate,
  connections: OpenConnections,
): ServerOptions<ConnectionParams, SocketState> {
  const { config, log } = services;

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
        extra.release = connections.open(principal, address);
        if (extra.release) return true;
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
      extra.release?.();
    },

    async onSubscribe({ extra, connectionParams, subscriptions }, _id, payload) {
      // Up to here nothing was awaited: what is counted here, the next message sees.
      const operation: Operation = { endless: false };
      extra.operations.add(operation);
      extra.begun = operation;
      const { request, operations } = extra;
      const asked = connectionParams?.acceptLanguage;
      const acceptLanguage = typeof asked === 'string' ? asked : request.headers['accept-language'];
      const limit = config.SOCKET_MAX_OPERATIONS;
      // Those whose client lost interest have made place at once, though they take a while to end.
      if (Object.keys(subscriptions).length > limit || operations.size > 2 * limit) {
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
        const enveloped = yoga.getEnveloped({ admitted: context, params: payload });
        const { schema, execute, subscribe, contextFactory, parse, validate } = enveloped;
        const document = parse(payload.query);
        const errors = validate(schema, document) as readonly GraphQLError[];
        if (errors.length > 0) return errors;
        return {
          schema: schema as GraphQLSchema,
          document,
          ...(payload.operationName ? { operationName: payload.operationName } : {}),
          variableValues: payload.variables ?? {},
          contextValue: (await contextFactory()) as Context,
          rootValue: { execute, subscribe, operation } satisfies Enveloped,
        } as ExecutionArgs;
      } catch (error) {
        // A throw would close the whole socket, with every other subscription on it.
        return [requestError(error, languageOf(acceptLanguage), log)];
      }
    },

    execute: (args) => orErrors(() => (args.rootValue as Enveloped).execute(args)) as never,

    subscribe(args) {
      const { subscribe, operation } = args.rootValue as Enveloped;
      operation.endless = true;
      return orErrors(() => subscribe(args)) as never;
    },

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

  /** The result, or the errors that it failed with: a throw would close the whole socket. */
  async function orErrors(run: () => unknown): Promise<unknown> {
    try {
      return await run();
    } catch (error) {
      return { errors: [requestError(error, 'en', log)] } satisfies ExecutionResult;
    }
  }
}

/** graphql-ws 6.4 wraps the error that a stream ended with into another one; ours, which says why, is within. */
function presented(error: GraphQLError): GraphQLError {
  const inner = error.originalError;
  return inputError(inner instanceof GraphQLError ? inner : error);
}
