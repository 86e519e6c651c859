import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Services } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import type { Context } from '../schema/builder.ts';
import { buildSchema } from '../schema/schema.ts';
import { createContext, credentialsOf, isAllowedOrigin, languageOf, type Origin } from './context.ts';
import { useDocumentLimits } from './document-limits.ts';
import { denialResponseError, maskedError, useErrors } from './errors.ts';
import type { RequestRate } from './request-rate.ts';

/** What is handed to Yoga with each operation: over HTTP the pair of node:http, over WebSocket the origin itself. */
export type ServerContext = { req: IncomingMessage; res: ServerResponse } | { origin: Origin };

export type Yoga = YogaServerInstance<ServerContext, Context>;

/** The path of the API, for HTTP, server-sent events and WebSocket alike. */
export const GRAPHQL_PATH = '/graphql';

/** Builds the schema and the server around it; opens nothing. */
export function createGraphqlServer(services: Services, rate: RequestRate): Yoga {
  const { config, log } = services;
  return createYoga<ServerContext, Context>({
    schema: buildSchema(),
    graphqlEndpoint: GRAPHQL_PATH,
    // GraphiQL is served from our own files: Yoga's own page loads from a third-party host.
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    // http.ts counts bytes: Yoga's stream for each body is the largest single cost (performance.md).
    maxRequestBodySize: false,
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
      maskError: (error) => {
        if (error instanceof GraphQLError && !error.originalError) return error;
        return maskedError(error, 'none', log);
      },
    },
    plugins: [useDocumentLimits(config), useErrors()],
    context: async (initial) => {
      const origin =
        'origin' in initial
          ? initial.origin
          : { request: initial.req, response: initial.res, credentials: credentialsOf(services, initial.req) };
      try {
        if (!isAllowedOrigin(services, origin.request, origin.credentials.sessionCookie !== undefined)) {
          throw new Denial('FORBIDDEN', { header: 'Origin' });
        }
        return await createContext(services, rate, origin);
      } catch (error) {
        if (!(error instanceof Denial)) throw error;
        throw denialResponseError(error, languageOf(origin.language ?? origin.request.headers['accept-language']));
      }
    },
  });
}
