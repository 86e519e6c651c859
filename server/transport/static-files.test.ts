import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appPolicy, createStaticFiles } from './static-files.ts';

const INDEX = '<!doctype html><title>app</title>';
const SCRIPT = 'console.log("é");'.repeat(200);
const CSP = appPolicy('https://beckon.example');
const NOT_HANDLED = 599;

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beckon-static-'));
  const root = join(folder, 'app');
  await mkdir(join(root, 'assets', 'folder.js'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await mkdir(join(folder, 'app-secret'));
  await writeFile(join(folder, 'app-secret', 'a.txt'), 'secret');
  await writeFile(join(root, 'index.html'), INDEX);
  await writeFile(join(root, '.env.txt'), 'secret');
  await writeFile(join(root, 'notes.md'), 'secret');
  await writeFile(join(root, 'plain.txt'), 'plain');
  await writeFile(join(root, 'blank name.txt'), 'blank');
  await writeFile(join(root, 'assets', 'index-4LGsZvos.js'), SCRIPT);
  await writeFile(join(root, 'assets', 'index-4LGsZvos.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(root, 'assets', 'index-4LGsZvos.js.gz'), gzipSync(SCRIPT));
  const serveApp = createStaticFiles({ root, mount: '/app', csp: CSP });
  const serveNothing = createStaticFiles({ root: join(folder, 'not-built'), mount: '/not-built', csp: CSP });
  server = createServer(async (req, res) => {
    // As an outer server does it, but without its normalisation, so that every attempt arrives as it was sent.
    const pathname = (req.url ?? '').split('?')[0] ?? '';
    if (await serveApp(req, res, pathname)) return;
    if (await serveNothing(req, res, pathname)) return;
    res.writeHead(NOT_HANDLED).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** node:http itself: fetch() would tidy the path up before it sends it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', to = server): Promise<Answer> {
  const { port } = to.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) });
      });
    });
    req.on('error', reject);
    req.end();
  });
}

describe('files', () => {
  test.each(['/app', '/app/', '/app?query=1', '/app/index.html'])(
    'API-06 the page stands at the mount and is asked for anew each time: %s',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(200);
      expect(answer.body.toString()).toBe(INDEX);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-cache');
    },
  );

  test('a file with a hash in its name is cached for good', async () => {
    const answer = await ask('/app/assets/index-4LGsZvos.js');
    expect(answer.body.toString()).toBe(SCRIPT);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(SCRIPT)));
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('a name is decoded', async () => {
    expect((await ask('/app/blank%20name.txt')).body.toString()).toBe('blank');
  });

  test.each([
    '/',
    '/app2',
    '/application',
    '/app/none.js',
    '/app/assets',
    '/app/assets/',
    '/app//plain.txt',
    '/not-built',
  ])('what is no file of the app is left to the caller: %s', async (path) => {
    expect((await ask(path)).status).toBe(NOT_HANDLED);
    expect((await ask(path, {}, 'POST')).status).toBe(NOT_HANDLED);
  });

  test('a folder, a type without a content type and a compressed neighbour are not served as files', async () => {
    for (const path of ['/app/assets/folder.js', '/app/notes.md', '/app/assets/index-4LGsZvos.js.br']) {
      expect((await ask(path)).status).toBe(NOT_HANDLED);
    }
  });

  test('a mount at / serves the same', async () => {
    const serve = createStaticFiles({ root: join(folder, 'app'), mount: '', csp: CSP });
    const atRoot = createServer((req, res) => void serve(req, res, req.url ?? ''));
    await new Promise<void>((resolve) => atRoot.listen(0, '127.0.0.1', resolve));
    expect((await ask('/', {}, 'GET', atRoot)).body.toString()).toBe(INDEX);
    expect((await ask('/plain.txt', {}, 'GET', atRoot)).body.toString()).toBe('plain');
    await new Promise((resolve) => atRoot.close(resolve));
  });

  test('an app with pages answers a browser at any address with its index.html, and programs with nothing', async () => {
    const serve = createStaticFiles({ root: join(folder, 'app'), mount: '', csp: CSP, pages: true });
    const withPages = createServer(async (req, res) => {
      if (!(await serve(req, res, req.url ?? ''))) res.writeHead(NOT_HANDLED).end();
    });
    await new Promise<void>((resolve) => withPages.listen(0, '127.0.0.1', resolve));
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    for (const path of ['/', '/sign-in', '/company/members']) {
      expect((await ask(path, browser, 'GET', withPages)).body.toString()).toBe(INDEX);
    }
    expect((await ask('/plain.txt', browser, 'GET', withPages)).body.toString()).toBe('plain');
    expect((await ask('/none.js', browser, 'GET', withPages)).status).toBe(NOT_HANDLED);
    expect((await ask('/sign-in', { accept: 'application/json' }, 'GET', withPages)).status).toBe(NOT_HANDLED);
    expect((await ask('/sign-in', browser, 'POST', withPages)).status).toBe(NOT_HANDLED);
    await new Promise((resolve) => withPages.close(resolve));
  });
});

describe('methods', () => {
  test('HEAD answers with the headers of GET and no body', async () => {
    const [get, head] = await Promise.all([ask('/app/plain.txt'), ask('/app/plain.txt', {}, 'HEAD')]);
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    for (const name of ['content-length', 'content-type', 'etag', 'cache-control'] as const) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    '%s on a file is refused with what is allowed',
    async (method) => {
      const answer = await ask('/app/plain.txt', {}, method);
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD');
    },
  );
});

describe('compression', () => {
  test.each([
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['br;q=0.0, *', 'gzip'],
    ['identity', undefined],
    ['', undefined],
  ])('Accept-Encoding «%s» is answered with %s', async (accepted, encoding) => {
    const answer = await ask('/app/assets/index-4LGsZvos.js', { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const plain =
      encoding === 'br' ? brotliDecompressSync(answer.body) : encoding ? gunzipSync(answer.body) : answer.body;
    expect(digest(plain)).toBe(digest(Buffer.from(SCRIPT)));
  });

  test('a file that the build did not compress is sent as it is', async () => {
    const answer = await ask('/app/plain.txt', { 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toBe('plain');
  });
});

describe('conditional requests', () => {
  test('the tag that was sent is answered with 304 and no body, by GET and HEAD', async () => {
    const etag = (await ask('/app')).headers.etag ?? '';
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask('/app', { 'if-none-match': sent }, method);
        expect(answer.status).toBe(304);
        expect(answer.body).toHaveLength(0);
        expect(answer.headers.etag).toBe(etag);
        expect(answer.headers['content-security-policy']).toBe(CSP);
      }
    }
  });

  test('another tag is answered with the file', async () => {
    expect((await ask('/app', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('each coding of a file has a tag of its own', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', 'identity'].map(
        async (coding) => (await ask('/app/assets/index-4LGsZvos.js', { 'accept-encoding': coding })).headers.etag,
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });
});

describe('safety', () => {
  test('every answer carries the security headers', async () => {
    for (const [path, method] of [
      ['/app', 'GET'],
      ['/app/assets/index-4LGsZvos.js', 'HEAD'],
      ['/app', 'POST'],
    ] as const) {
      const { headers } = await ask(path, {}, method);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['content-security-policy']).toBe(CSP);
    }
  });

  test('the policy allows no inline script, no foreign host and no frame', () => {
    const directives = new Map(CSP.split('; ').map((text) => [text.split(' ')[0], text.split(' ').slice(1)]));
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(directives.get('connect-src')).toEqual(["'self'", 'wss://beckon.example']);
    expect(appPolicy('http://127.0.0.1:4000')).toContain("connect-src 'self' ws://127.0.0.1:4000;");
  });

  test.each([
    '/app/../secret.txt',
    '/app/..%2fsecret.txt',
    '/app/..%2Fsecret.txt',
    '/app/%2e%2e/secret.txt',
    '/app/%2e%2e%2fsecret.txt',
    '/app/%252e%252e%252fsecret.txt',
    '/app/..\\secret.txt',
    '/app/..%5csecret.txt',
    '/app/assets/../../secret.txt',
    '/app/assets/..%2f..%2fsecret.txt',
    '/app/./../secret.txt',
    '/app/....//secret.txt',
    '/app/..;/secret.txt',
    '/app/%c0%ae%c0%ae/secret.txt',
    '/app/%00/../secret.txt',
    '/app/plain.txt%00.html',
    '/app/%2fetc/passwd',
    '/app//etc/passwd',
    '/app-secret/a.txt',
    '/app/../app-secret/a.txt',
    '/app/.env.txt',
    '/app/%2eenv.txt',
    '/app/c:secret.txt',
    '/app/plain.txt::$DATA',
    '/app/%',
    '/app/%zz',
    `/app/${'a'.repeat(5000)}.txt`,
  ])('nothing outside the folder, hidden or malformed is served: %s', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(NOT_HANDLED);
    expect(answer.body.toString()).toBe('');
  });

  test('a browser that goes away in the middle leaves the server well', async () => {
    await writeFile(join(folder, 'app', 'big.txt'), 'x'.repeat(8_000_000));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const req = request({ host: '127.0.0.1', port, path: '/app/big.txt', agent: false }, (res) => {
        res.once('data', () => res.destroy());
        res.once('close', resolve);
      });
      req.end();
    });
    expect((await ask('/app/plain.txt')).body.toString()).toBe('plain');
  });
});

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
