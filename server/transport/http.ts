import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Services } from '../domain/context.ts';
import { countMetrics, type Metrics } from './metrics.ts';
import { appPolicy, createStaticFiles } from './static-files.ts';
import { GRAPHQL_PATH, type Yoga } from './yoga.ts';

/** security.md, against Node's own 60, 300 and 30 s: slow senders hold nothing up. */
const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 30_000;
const CHECK_EVERY_MS = 1_000;
const KEEP_ALIVE_MS = 5_000;

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

export interface Pages {
  /** Answers requests outside of the API, such as the mails of development mode; false: not its path. */
  (req: IncomingMessage, res: ServerResponse, pathname: string): Promise<boolean>;
}

/** The HTTP server: the API, GraphiQL, health and metrics. Listens nowhere yet. */
export function createHttpServer(services: Services, yoga: Yoga, metrics: Metrics, pages: readonly Pages[]): Server {
  const { config, db, log } = services;
  const graphiql = createStaticFiles({
    root: `${DIST}/graphiql`,
    mount: '/graphiql',
    csp: appPolicy(config.PUBLIC_URL),
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(req.url ?? '/', 'http://host');
    res.setHeader('x-content-type-options', 'nosniff');
    if (pathname === GRAPHQL_PATH) {
      if (refuseBody(req, res, config.BODY_MAX_BYTES)) return;
      res.setHeader('cache-control', 'no-store');
      await yoga(req, res);
      return;
    }
    switch (pathname) {
      case '/':
        res.writeHead(302, { location: '/graphiql/' }).end();
        return;
      case '/healthz':
        plain(res, 200, 'alive\n');
        return;
      case '/readyz':
        await db.ping().then(
          () => plain(res, 200, 'ready\n'),
          () => plain(res, 503, 'the database does not answer\n'),
        );
        return;
      case '/metrics':
        plain(res, 200, countMetrics(metrics));
        return;
    }
    for (const page of [...pages, graphiql]) {
      if (await page(req, res, pathname)) return;
    }
    plain(res, 404, 'There is nothing here. The API is at /graphql, GraphiQL at /graphiql.\n');
  }

  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: BODY_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (req, res) => {
      answer(req, res).catch((error: unknown) => {
        log.error({ err: error, path: req.url?.split('?')[0] }, 'a request failed unexpectedly');
        if (!res.headersSent) plain(res, 500, 'Something went wrong on the server.\n');
        else res.destroy();
      });
    },
  );
  return server;
}

/** Answers a body that is too large, of unknown size, or no JSON, without reading it. */
function refuseBody(req: IncomingMessage, res: ServerResponse, most: number): boolean {
  if (req.method !== 'POST') return false;
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refuse(req, res, 415, 'Send application/json.');
  const length = req.headers['content-length'];
  if (length === undefined) return refuse(req, res, 411, 'Send a Content-Length.');
  if (Number(length) > most) return refuse(req, res, 413, `At most ${most} bytes.`);
  return false;
}

function refuse(req: IncomingMessage, res: ServerResponse, status: number, message: string): true {
  // What is still on its way is not read: the connection ends with the answer.
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  res.end(JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] }));
  req.resume();
  return true;
}

function plain(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(text);
}
