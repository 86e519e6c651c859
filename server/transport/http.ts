import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Services } from '../domain/context.ts';
import { newReference } from '../lib/ids.ts';
import type { Counter } from '../lib/prometheus.ts';
import { ROOT } from '../lib/root.ts';
import { METRICS_TYPE, type MetricsSources, mayReadMetrics, readMetrics } from './metrics.ts';
import { answerGraphql, type HttpParts } from './plain-post.ts';
import { isEventStream, watchStreams } from './stalled-streams.ts';
import { appPolicy, createStaticFiles } from './static-files.ts';
import { GRAPHQL_PATH } from './yoga.ts';

/** How often slow senders are looked for (security.md; Node would every 30 s). */
const CHECK_EVERY_MS = 1_000;

const DIST = join(ROOT, 'dist');

/** Answers requests outside of the API, such as the mails of development mode; false: not its path. */
export type Pages = (req: IncomingMessage, res: ServerResponse, pathname: string) => Promise<boolean>;

export interface HttpServer {
  readonly server: Server;
  /** Takes no more requests, and resolves when those that run are answered, after the grace at the latest. */
  close(): Promise<void>;
}

/** The HTTP server: the API, the dashboard, GraphiQL, health and metrics. Listens nowhere yet. */
export function createHttpServer(
  services: Services,
  graphql: HttpParts,
  metrics: MetricsSources,
  pages: readonly Pages[],
): HttpServer {
  const { config, db, log, meters } = services;
  const graphiql = createStaticFiles({
    root: `${DIST}/graphiql`,
    mount: '/graphiql',
    csp: appPolicy(config.PUBLIC_URL),
  });
  const dashboard = createStaticFiles({
    root: `${DIST}/dashboard`,
    mount: '',
    csp: appPolicy(config.PUBLIC_URL),
    pages: true,
  });
  const classes = [1, 2, 3, 4, 5].reduce<Counter[]>((all, first) => {
    all[first] = meters.httpResponses.of(`${first}xx`);
    return all;
  }, []);
  const running = new Set<ServerResponse>();
  let closing = false;

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.setHeader('x-content-type-options', 'nosniff');
    const pathname = pathOf(req);
    if (pathname === null) return plain(res, 400, 'This is no address.\n');
    if (closing) return goingAway(res);
    if (pathname === GRAPHQL_PATH) {
      res.setHeader('cache-control', 'no-store');
      if (isOpenedByHand(req)) {
        res.writeHead(303, { location: '/graphiql' }).end();
        return;
      }
      if (refuseBody(req, res, config.BODY_MAX_BYTES)) return;
      await answerGraphql(graphql, config.ALLOWED_ORIGINS, req, res);
      return;
    }
    const ownPage = ownPages.get(pathname);
    if (ownPage) {
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.setHeader('allow', 'GET, HEAD');
        return plain(res, 405, 'Only to be read.\n');
      }
      await ownPage(req, res);
      return;
    }
    for (const page of [...pages, graphiql, dashboard]) {
      if (await page(req, res, pathname)) return;
    }
    plain(res, 404, 'There is nothing here. The API is at /graphql, GraphiQL at /graphiql.\n');
  }

  async function tellMetrics(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (mayReadMetrics(req, config.METRICS_TOKEN)) {
      plain(res, 200, await readMetrics(services, metrics), METRICS_TYPE);
    } else if (config.METRICS_TOKEN === null) {
      plain(res, 403, 'Only for this machine itself, or by METRICS_TOKEN.\n');
    } else {
      res.setHeader('www-authenticate', 'Bearer');
      plain(res, 401, 'Send METRICS_TOKEN as Authorization: Bearer.\n');
    }
  }

  const ownPages = new Map<string, (req: IncomingMessage, res: ServerResponse) => unknown>([
    ['/healthz', (_req, res) => plain(res, 200, 'alive\n')],
    [
      '/readyz',
      (_req, res) =>
        db.ping().then(
          () => plain(res, 200, 'ready\n'),
          () => plain(res, 503, 'the database does not answer\n'),
        ),
    ],
    ['/metrics', tellMetrics],
  ]);

  const server = createServer(
    {
      headersTimeout: config.HTTP_HEADERS_TIMEOUT_S * 1000,
      requestTimeout: config.HTTP_REQUEST_TIMEOUT_S * 1000,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      keepAliveTimeout: config.HTTP_KEEP_ALIVE_S * 1000,
      // Some HTTP clients offer h2c with each first request; it is declined by answering in HTTP/1.1 (RFC 9110, 7.8).
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (req, res) => {
      running.add(res);
      res.once('close', () => {
        running.delete(res);
        // A client that went away before it was answered has no answer to be counted.
        if (res.headersSent) classes[Math.floor(res.statusCode / 100)]?.add();
      });
      answer(req, res).catch((error: unknown) => {
        const reference = newReference();
        log.error({ err: error, reference, path: req.url?.split('?')[0] }, 'a request failed unexpectedly');
        if (!res.headersSent) plain(res, 500, `Something went wrong on the server. Reference: ${reference}\n`);
        else res.destroy();
      });
    },
  );

  const streams = watchStreams(running, config.SOCKET_PING_S * 1000, meters);

  return {
    server,
    async close() {
      closing = true;
      server.close();
      streams.stop();
      const answers: Promise<unknown>[] = [];
      for (const res of running) {
        // Streams of events have no end: they are cut below, and their readers come back to resume elsewhere.
        if (isEventStream(res)) continue;
        if (!res.headersSent) res.setHeader('connection', 'close');
        answers.push(new Promise((resolve) => res.once('close', resolve)));
      }
      await orAfter(Promise.all(answers), config.SHUTDOWN_GRACE_S * 1000);
      server.closeAllConnections();
    },
  };
}

/** Resolves with the work, or after so many milliseconds without it. */
export async function orAfter(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/** Whether a person has put the API's address into a browser, which asks for a page and for nothing of the API. */
function isOpenedByHand({ method, url = '', headers }: IncomingMessage): boolean {
  return method === 'GET' && !url.includes('?') && (headers.accept?.includes('text/html') ?? false);
}

/** The path that a request asks for; null where it is none. What clients write there may be anything. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string | null {
  // Put together, because `//` by itself would be read as the beginning of a host.
  return URL.parse(url.startsWith('/') ? `http://host${url}` : url)?.pathname ?? null;
}

/** Answers what it should not be, or is too much, without reading it: only JSON in UTF-8 of a known size comes in. */
function refuseBody(req: IncomingMessage, res: ServerResponse, most: number): boolean {
  const { 'content-type': type, 'content-length': length, 'content-encoding': encoding } = req.headers;
  // What a page may send to other origins without asking has another type than JSON, or none: also with GET.
  if (req.method !== 'POST' && type === undefined) return false;
  if (!isJson(type ?? '')) return refuse(req, res, 415, 'Send application/json, in UTF-8.');
  if (req.method !== 'POST') return false;
  if (encoding !== undefined && encoding !== 'identity') return refuse(req, res, 415, 'Send it uncompressed.');
  if (length === undefined) return refuse(req, res, 411, 'Send a Content-Length.');
  if (Number(length) > most) return refuse(req, res, 413, `At most ${most} bytes.`);
  return false;
}

function isJson(contentType: string): boolean {
  const [type, ...parameters] = contentType.toLowerCase().split(';');
  return (
    type?.trim() === 'application/json' &&
    parameters.every((parameter) => /^ *(charset *= *"?utf-?8"? *)?$/.test(parameter))
  );
}

function refuse(req: IncomingMessage, res: ServerResponse, status: number, message: string): true {
  // The connection ends with the answer; what arrives until then is thrown away.
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  res.end(JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] }));
  req.resume();
  return true;
}

function goingAway(res: ServerResponse): void {
  res.setHeader('retry-after', '1');
  res.setHeader('connection', 'close');
  plain(res, 503, 'The server is being stopped.\n');
}

function plain(res: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
