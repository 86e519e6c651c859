import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GraphQLError } from 'graphql';
import type { EventRow } from '../db/tables/events.ts';
import { type AuditFilter, auditedBy, exportAuditLog } from '../domain/audit.ts';
import type { Services } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import type { Context } from '../schema/builder.ts';
import { createContext, credentialsOf, languageOf } from './context.ts';
import { requestError } from './errors.ts';
import type { Pages } from './http.ts';
import type { RequestRate } from './request-rate.ts';

const PATH = '/audit.jsonl';

/** The statuses of denials that an operation of GraphQL answers with 200, because it has come to run. */
const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  EMAIL_NOT_VERIFIED: 403,
  SECOND_FACTOR_REQUIRED: 403,
  BAD_USER_INPUT: 400,
};

/**
 * Audit logs as JSON Lines at `/audit.jsonl` (API-04): `companyId` (one's own account's where absent), `concept`,
 * `change`, `subject`, `actorId`, `from` and `until` as in the API. Signed in as there, by bearer token or cookie. It is
 * written as fast as the reader takes it; the connection is cut where the reader may not read on, so that a part is
 * never taken for the whole.
 */
export function auditExport(services: Services, rate: RequestRate): Pages {
  return async (req, res, pathname) => {
    if (pathname !== PATH) return false;
    res.setHeader('cache-control', 'no-store');
    if (req.method !== 'GET') {
      res.writeHead(405, { allow: 'GET', 'content-type': 'text/plain; charset=utf-8' }).end('Only to be read.\n');
      return true;
    }
    try {
      const ctx = await createContext(services, rate, {
        request: req,
        response: res,
        credentials: credentialsOf(services, req),
      });
      const { searchParams } = new URL(`http://host${req.url ?? '/'}`);
      const batches = exportAuditLog(ctx, auditedBy(ctx, searchParams.get('companyId')), filterOf(searchParams));
      // What is refused is refused before the answer begins.
      const first = await batches.next();
      res.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="audit.jsonl"',
      });
      await send(ctx, res, first.done ? [] : first.value, batches);
    } catch (error) {
      if (!res.headersSent) refuse(services, res, error, languageOf(req.headers['accept-language']));
    }
    return true;
  };
}

async function send(
  ctx: Context,
  res: ServerResponse,
  first: readonly EventRow[],
  rest: AsyncIterable<readonly EventRow[]>,
): Promise<void> {
  async function* chunks() {
    yield lines(first);
    for await (const batch of rest) yield lines(batch);
  }
  try {
    await pipeline(Readable.from(chunks(), { objectMode: true, highWaterMark: 1 }), res);
  } catch (error) {
    // The pipeline has cut the connection. A reader that went away, or may not read on, is nobody's fault.
    const gone = error instanceof Denial || (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!gone) ctx.log.error({ err: error, reference: ctx.request.id }, 'an audit log could not be exported');
  }
}

const lines = (batch: readonly EventRow[]): string =>
  batch.map(({ at, ...record }) => `${JSON.stringify({ at: new Date(at).toISOString(), ...record })}\n`).join('');

function filterOf(parameters: URLSearchParams): AuditFilter {
  return {
    concept: parameters.get('concept'),
    change: parameters.get('change'),
    subject: parameters.get('subject'),
    actorId: parameters.get('actorId'),
    from: instantOf(parameters, 'from'),
    until: instantOf(parameters, 'until'),
  };
}

function instantOf(parameters: URLSearchParams, name: string): number | null {
  const text = parameters.get(name);
  if (text === null) return null;
  const instant = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw new Denial('BAD_USER_INPUT', { argument: name });
  return instant;
}

function refuse(services: Services, res: ServerResponse, error: unknown, language: 'en' | 'fr'): void {
  const shown: GraphQLError = requestError(error, language, services.log);
  const { http, ...extensions } = shown.extensions;
  const { status, headers } = (http ?? {}) as { status?: number; headers?: Record<string, string> };
  const code = status ?? STATUS[String(extensions['code'])] ?? 400;
  res.writeHead(code, { 'content-type': 'application/json; charset=utf-8', ...headers });
  res.end(JSON.stringify({ errors: [{ message: shown.message, extensions }] }));
}
