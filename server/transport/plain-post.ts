import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { type GraphQLParams, processRegularResult } from 'graphql-yoga';
import type { AnswerReady } from './ready-operations.ts';
import type { Admit, Yoga } from './yoga.ts';

type MediaType = 'application/json' | 'application/graphql-response+json';

/** What answers operations over HTTP. */
export interface HttpParts {
  readonly yoga: Yoga;
  readonly ready: AnswerReady;
  readonly admit: Admit;
}

/** Yoga's hooks ask no more of a request than its method. */
const ANY_POST = new Request('http://localhost/graphql', { method: 'POST' });

/**
 * Answers GraphQL over HTTP. The ordinary request, a query or mutation posted as JSON and answered as JSON, is read and
 * written here, with node's own streams: a fetch Request and Response around it cost a fifth of a device list
 * (bench/README.md). What is between, from the checks of parameters to the masking of errors, is Yoga's, but for operations that
 * are ready to run; and so is all that is unusual: GET, other media types, event streams, pages of the `otherOrigins`,
 * malformed bodies.
 */
export async function answerGraphql(
  { yoga, ready, admit }: HttpParts,
  otherOrigins: readonly string[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { origin, accept } = req.headers;
  const crossOrigin = origin !== undefined && otherOrigins.includes(origin);
  const mediaType = req.method === 'POST' && !crossOrigin ? mediaTypeFor(accept) : null;
  if (!mediaType || !Number(req.headers['content-length'])) {
    await yoga(req, res);
    return;
  }
  const body = await readBody(req);
  if (!body) return;
  const params = plainParams(body);
  if (!params) {
    // Yoga takes what was read already from where Express leaves it.
    await yoga(Object.assign(req, { body }), res);
    return;
  }
  const answer = await ready(params, () => admit(req, res));
  const result =
    answer.result ??
    ((await yoga.getResultForParams({ params, request: ANY_POST }, { req, res, ...answer.begun })) as ExecutionResult);
  if (result.errors || result.extensions) {
    const response = processRegularResult(result, yoga.fetchAPI, mediaType);
    write(res, response.status, Object.fromEntries(response.headers), await response.text());
  } else {
    write(res, 200, { 'content-type': `${mediaType}; charset=utf-8` }, JSON.stringify(result));
  }
}

/** As Yoga chooses: the first of our two media types that is asked for; null where none is, or it takes a closer look. */
function mediaTypeFor(accept: string | undefined): MediaType | null {
  if (accept === undefined) return 'application/json';
  if (accept.includes('charset')) return null;
  for (const part of accept.split(',')) {
    const type = part.split(';', 1)[0]?.trim().toLowerCase();
    if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'application/json';
    if (type === 'application/graphql-response+json') return type;
  }
  return null;
}

/** The whole body, which is known to be small (http.ts); null where the client went away before its end. */
function readBody(req: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    req.on('close', () => resolve(null));
    req.on('error', () => resolve(null));
  });
}

/** What the body asks for; null unless it is one request, well-formed, that cannot be a subscription. */
function plainParams(body: Buffer): GraphQLParams | null {
  let params: unknown;
  try {
    params = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  if (!isObject(params)) return null;
  const { query, variables, operationName, extensions, ...others } = params;
  if (typeof query !== 'string' || query.includes('subscription')) return null;
  if (!(isAbsent(operationName) || typeof operationName === 'string')) return null;
  if (!(isAbsent(variables) || isObject(variables)) || !(isAbsent(extensions) || isObject(extensions))) return null;
  return Object.keys(others).length === 0 ? (params as GraphQLParams) : null;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function write(res: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
