import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface StaticFilesOptions {
  /** Folder of a built web app: `dist/<app>`. It need not exist; nothing is handled then. */
  readonly root: string;
  /** Path that the app stands at, without a slash at its end: `/graphiql`, or the empty text for `/`. */
  readonly mount: string;
  /** The Content-Security-Policy of every file. */
  readonly csp: string;
  /** Whether the app has pages of its own, at addresses that are no files: each of them is its index.html. */
  readonly pages?: boolean;
}

/** Answers the request and resolves to true, or leaves it untouched and resolves to false. */
export type StaticFiles = (req: IncomingMessage, res: ServerResponse, pathname: string) => Promise<boolean>;

/** What is sent as what. A file of another type is not served, the compressed neighbours and source maps among them. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

/** In the order of preference: what the build puts beside a file (vite.config.ts). */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Vite writes these names with a hash of the content, so that what stands under one never changes. */
const HASHED_ASSET = /^assets\/[^/]+-[\w-]{8}\.\w+$/;
const ONE_YEAR_S = 365 * 24 * 60 * 60;

/**
 * The policy for Beckon's own web apps: everything from the server itself, no inline script, no frame around it.
 * Styles may be inline because the Monaco editor writes its style sheet at run time; data: is for its fonts and icons.
 * @param publicUrl the server's address; its socket is named because not every browser counts ws: as 'self'.
 */
export function appPolicy(publicUrl: string): string {
  const { protocol, host } = new URL(publicUrl);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${protocol === 'https:' ? 'wss' : 'ws'}://${host}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Serves the files of a built web app by GET and HEAD: its index.html at the mount itself, the others by their names.
 * A path that is no file of it, or lies outside the mount, is left to the caller.
 */
export function createStaticFiles({ root, mount, csp, pages = false }: StaticFilesOptions): StaticFiles {
  return async (req, res, pathname) => {
    const name = pages && isPage(req, pathname) ? 'index.html' : nameOf(pathname, mount);
    const contentType = name === null ? undefined : CONTENT_TYPES[extname(name)];
    if (name === null || contentType === undefined) return false;

    const file = await openFile(join(root, name), req.headers['accept-encoding']);
    if (!file) return false;
    await using handle = file.handle;

    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Security-Policy', csp);
    res.setHeader('Referrer-Policy', 'no-referrer');
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return true;
    }

    res.setHeader('ETag', file.etag);
    res.setHeader('Vary', 'Accept-Encoding');
    res.setHeader('Cache-Control', HASHED_ASSET.test(name) ? `public, max-age=${ONE_YEAR_S}, immutable` : 'no-cache');
    if (matches(req.headers['if-none-match'], file.etag)) {
      res.writeHead(304).end();
      return true;
    }

    res.setHeader('Content-Type', contentType);
    res.setHeader('Content-Length', file.size);
    if (file.encoding) res.setHeader('Content-Encoding', file.encoding);
    res.writeHead(200);
    if (req.method === 'HEAD') {
      res.end();
    } else {
      // Fails only when the browser goes away or the disk does: the connection is closed then, and nobody is left to tell.
      await pipeline(handle.createReadStream({ autoClose: false }), res).catch(() => res.destroy());
    }
    return true;
  };
}

/** Whether a browser asks for a page to show: programs that look for a file or an answer are told that there is none. */
function isPage({ method, headers }: IncomingMessage, pathname: string): boolean {
  return method === 'GET' && extname(pathname) === '' && (headers.accept ?? '').includes('text/html');
}

/** The file's name below the root, or null where the path can name none. */
function nameOf(pathname: string, mount: string): string | null {
  if (pathname === mount || pathname === `${mount}/`) return 'index.html';
  if (!pathname.startsWith(`${mount}/`)) return null;
  let name: string;
  try {
    name = decodeURIComponent(pathname.slice(mount.length + 1));
  } catch {
    return null;
  }
  // Judged after decoding, once: no part may climb, be hidden or empty, or name a drive or a stream of Windows.
  const plain = name.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\:\0]/.test(part));
  return plain ? name : null;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly encoding: string | null;
  readonly size: number;
  readonly etag: string;
}

/** The file, or the compressed neighbour that the client takes best; null where there is none. */
async function openFile(path: string, acceptEncoding: string | undefined): Promise<OpenFile | null> {
  const plain = await openPlain(path, null);
  if (!plain) return null;
  for (const { name, suffix } of ENCODINGS) {
    if (!accepts(acceptEncoding, name)) continue;
    const compressed = await openPlain(path + suffix, name);
    if (!compressed) continue;
    await plain.handle.close();
    return compressed;
  }
  return plain;
}

async function openPlain(path: string, encoding: string | null): Promise<OpenFile | null> {
  let handle: FileHandle;
  try {
    // NONBLOCK: opening a pipe must not wait for its writer.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    return null;
  }
  const { size, mtimeMs } = stat;
  const etag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}${encoding ? `-${encoding}` : ''}"`;
  return { handle, encoding, size, etag };
}

/** Whether an Accept-Encoding header takes a coding: named, or by `*`, and not with a weight of 0. */
function accepts(header: string | undefined, encoding: string): boolean {
  let any = false;
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    if (name === encoding) return !refused;
    if (name === '*') any = !refused;
  }
  return any;
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2): a W/ that a proxy put before the tag does not matter. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => {
    const tag = part.trim();
    return tag === '*' || tag.replace(/^W\//, '') === etag;
  });
}
