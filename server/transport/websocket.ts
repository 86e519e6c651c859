import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { authenticate, type Credentials } from '../domain/authenticate.ts';
import type { Services } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import { principalKey } from '../domain/principal.ts';
import type { Context } from '../schema/builder.ts';
import { bearerOf, clientAddress, credentialsOf, isAllowedOrigin, languageOf, type Origin } from './context.ts';
import { denialError, maskedError } from './errors.ts';
import { GRAPHQL_PATH, type Yoga } from './yoga.ts';

/** The subprotocol of graphql-ws. */
const SUBPROTOCOL = 'graphql-transport-ws';

/** Between pings; a peer that misses one is dropped after as long again (graphql-ws's own default). */
const PING_MS = 12_000;

/** How long a client may take to say who it is (security.md: 3 to 5 s). */
const INIT_MS = 5_000;

/** RFC 6455: going away, and try again later. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
/** OWASP WebSocket sheet: too many messages are a policy violation. */
const POLICY_VIOLATION = 1008;

const MINUTE_MS = 60_000;

/** What connection_init may carry. */
interface ConnectionParams extends Record<string, unknown> {
  /** `Bearer …`, as the HTTP header. */
  readonly authorization?: unknown;
  readonly Authorization?: unknown;
  /** As the HTTP header, for messages to people. */
  readonly acceptLanguage?: unknown;
}

/** What graphql-ws keeps with each socket; `countedFor` is whom it counts for. */
interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  countedFor?: string;
}

/** What one operation over a socket executes with, by the functions that Yoga's plugins wrapped. */
interface Enveloped {
  execute: (args: ExecutionArgs) => unknown;
  subscribe: (args: ExecutionArgs) => unknown;
}

/** GraphQL over WebSocket, on the same path as over HTTP. */
export function serveWebSocket(
  http: Server,
  yoga: Yoga,
  services: Services,
): { sockets(): number; close(): Promise<void> } {
  const { config, clock, log } = services;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: config.SOCKET_MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const socketsOf = new Map<string, number>();
  const operationsOf = new WeakMap<WebSocket, number>();

  function credentialsFor(extra: Extra, params: ConnectionParams | undefined): Credentials {
    const bearer = bearerOf(params?.authorization ?? params?.Authorization);
    return bearer ? { bearer } : credentialsOf(services, extra.request);
  }

  const languageIn = (params: ConnectionParams | undefined): string | null =>
    typeof params?.acceptLanguage === 'string' ? params.acceptLanguage : null;

  const graphql = useServer<ConnectionParams, Extra>(
    {
      connectionInitWaitTimeout: INIT_MS,
      async onConnect(ctx) {
        const credentials = credentialsFor(ctx.extra, ctx.connectionParams);
        if (!isAllowedOrigin(services, ctx.extra.request, credentials.sessionCookie !== undefined)) return false;
        let key: string;
        try {
          const principal = await authenticate(services, credentials);
          key =
            principal.kind === 'anonymous'
              ? `address:${clientAddress(ctx.extra.request, config.TRUST_PROXY)}`
              : principalKey(principal);
        } catch (error) {
          if (!(error instanceof Denial)) throw error;
          ctx.extra.socket.close(CloseCode.Forbidden, error.code);
          return undefined;
        }
        const open = socketsOf.get(key) ?? 0;
        if (open >= config.SOCKETS_PER_PRINCIPAL) {
          ctx.extra.socket.close(TRY_AGAIN_LATER, 'too many sockets');
          return undefined;
        }
        socketsOf.set(key, open + 1);
        ctx.extra.countedFor = key;
        return true;
      },
      onClose(ctx) {
        const key = ctx.extra.countedFor;
        if (key === undefined) return;
        const open = (socketsOf.get(key) ?? 1) - 1;
        if (open === 0) socketsOf.delete(key);
        else socketsOf.set(key, open);
      },
      async onSubscribe(ctx, _id, payload) {
        const { socket, request } = ctx.extra;
        const language = languageIn(ctx.connectionParams);
        const live = operationsOf.get(socket) ?? 0;
        if (live >= config.SOCKET_MAX_OPERATIONS) {
          const denial = new Denial('TOO_MANY_REQUESTS', { operations: config.SOCKET_MAX_OPERATIONS });
          return [denialError(denial, languageOf(language ?? undefined))];
        }
        const origin: Origin = {
          request,
          response: null,
          credentials: credentialsFor(ctx.extra, ctx.connectionParams),
          language,
        };
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          origin,
          params: payload,
        });
        try {
          const document = parse(payload.query);
          const errors = validate(schema, document) as readonly GraphQLError[];
          if (errors.length > 0) return errors;
          const args = {
            schema: schema as GraphQLSchema,
            document,
            ...(payload.operationName ? { operationName: payload.operationName } : {}),
            variableValues: payload.variables ?? {},
            contextValue: (await contextFactory()) as Context,
            rootValue: { execute, subscribe } satisfies Record<keyof Enveloped, unknown>,
          };
          operationsOf.set(socket, live + 1);
          return args as ExecutionArgs;
        } catch (error) {
          // A throw would close the whole socket, with every other subscription on it.
          if (error instanceof GraphQLError && !error.originalError) return [error];
          return [maskedError(error, 'none', log)];
        }
      },
      execute: (args) => (args.rootValue as Enveloped).execute(args) as never,
      subscribe: (args) => (args.rootValue as Enveloped).subscribe(args) as never,
      onComplete(ctx) {
        const { socket } = ctx.extra;
        operationsOf.set(socket, Math.max(0, (operationsOf.get(socket) ?? 1) - 1));
      },
      onNext(ctx) {
        // A reader that does not read is sent away; it comes back and resumes from its cursor.
        const { socket } = ctx.extra;
        if (socket.bufferedAmount > config.SOCKET_MAX_BUFFERED_BYTES)
          socket.close(TRY_AGAIN_LATER, 'reading too slowly');
      },
    },
    server,
    PING_MS,
  );

  server.on('connection', (socket) => {
    let window = 0;
    let messages = 0;
    socket.on('message', () => {
      const now = clock.now();
      const current = now - (now % MINUTE_MS);
      messages = current === window ? messages + 1 : 1;
      window = current;
      if (messages > config.SOCKET_MESSAGES_PER_MINUTE) socket.close(POLICY_VIOLATION, 'too many messages');
    });
    // A broken frame is the peer's doing, and ends its socket only.
    socket.on('error', () => socket.terminate());
  });

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (new URL(request.url ?? '/', 'http://host').pathname !== GRAPHQL_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    const byCookie = credentialsOf(services, request).sessionCookie !== undefined;
    if (!isAllowedOrigin(services, request, byCookie)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request));
  });

  return {
    sockets: () => server.clients.size,
    async close() {
      for (const socket of server.clients) socket.close(GOING_AWAY, 'the server goes away');
      await graphql.dispose();
      for (const socket of server.clients) socket.terminate();
    },
  };
}
