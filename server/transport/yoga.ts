import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Log, Services } from '../domain/context.ts';
import type { Context } from '../schema/builder.ts';
import { buildSchema } from '../schema/schema.ts';
import { createContext, credentialsOf, languageOf } from './context.ts';
import { type DocumentJudge, useDocumentLimits } from './document-limits.ts';
import { requestError, useErrors } from './errors.ts';
import { useEventStreams } from './event-streams.ts';
import { useMeasure } from './measuring.ts';
import type { OpenConnections } from './open-connections.ts';
import { type Begun, type CompiledOperations, useCompiledOperations } from './operation-execution.ts';
import type { RequestRate } from './request-rate.ts';
import { useTimeout } from './timeout.ts';

/**
 * What is handed to Yoga with each operation: over HTTP the pair of node:http with what was begun already, to which the context
 * is added when the operation is let in; over WebSocket that context.
 */
export type ServerContext =
  | ({ req: IncomingMessage; res: ServerResponse; admitted?: Context } & Begun)
  | ({ admitted: Context; params?: unknown } & Begun);

export type Yoga = YogaServerInstance<ServerContext, Context>;

/** The path of the API, for HTTP, server-sent events and WebSocket alike. */
export const GRAPHQL_PATH = '/graphql';

/** What the GraphQL server is put together from. */
export interface GraphqlParts {
  readonly admit: Admit;
  readonly judge: DocumentJudge;
  readonly operations: CompiledOperations;
  readonly connections: OpenConnections;
}

/** Lets an operation over HTTP in. @throws Denial */
export type Admit = (req: IncomingMessage, res: ServerResponse) => Promise<Context>;

export function admission(services: Services, rate: RequestRate): Admit {
  return (request, response) =>
    createContext(services, rate, { request, response, credentials: credentialsOf(services, request) });
}

/** Builds the schema and the server around it; opens nothing. */
export function createGraphqlServer(services: Services, { admit, judge, operations, connections }: GraphqlParts): Yoga {
  const { config, log } = services;
  return createYoga<ServerContext, Context>({
    // Introspection is for everybody: the API is there to be built on (API-06, API-07), and so «Did you mean» tells
    // nothing that the schema in the repository does not.
    schema: buildSchema(),
    graphqlEndpoint: GRAPHQL_PATH,
    // GraphiQL is served from our own files: Yoga's own page loads from a third-party host.
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    // http.ts counts bytes: Yoga's stream for each body is the largest single cost (performance.md).
    maxRequestBodySize: false,
    // Yoga would remember what is wrong with a text as it was told whoever sent it first, in their language.
    parserAndValidationCache: { errorCache: { get: () => undefined, set() {} } },
    cors: (request) => {
      const origin = request.headers.get('origin');
      return origin && config.ALLOWED_ORIGINS.includes(origin)
        ? {
            origin,
            credentials: false,
            methods: ['GET', 'POST'],
            allowedHeaders: ['authorization', 'content-type', 'accept-language'],
            maxAge: 600,
          }
        : false;
    },
    logging: false,
    maskedErrors: {
      // What our own plugins have not presented: errors of requests, and of parsing.
      maskError: (error) => requestError(error, 'en', log),
    },
    plugins: [
      useAdmission(admit, log),
      useDocumentLimits(judge),
      useEventStreams(connections),
      useCompiledOperations(operations),
      useTimeout(config.REQUEST_TIMEOUT_S),
      useErrors(),
      useMeasure(services.meters),
    ],
    context: ({ admitted }) => admitted as Context,
  });
}

/**
 * Lets operations over HTTP in before their documents are parsed: what is refused for its caller costs no parsing, and
 * what cannot be parsed is counted.
 */
function useAdmission(admit: Admit, log: Log): Plugin<Context, ServerContext> {
  return {
    onResponse({ response }) {
      // Yoga lets event streams be kept if they are asked for again.
      if (response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    },
    async onParams({ context, setResult }) {
      const server = context as unknown as ServerContext;
      if (!('req' in server)) return;
      const { req, res } = server;
      try {
        server.admitted = await (server.admission ?? admit(req, res));
      } catch (error) {
        const language = languageOf(req.headers['accept-language']);
        setResult({ errors: [requestError(error, language, log)] });
      }
    },
  };
}
