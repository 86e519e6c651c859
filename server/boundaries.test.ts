import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { expect, it } from 'vitest';

/**
 * Who may import whom: transport → schema → domain → db, only to the right, and everybody lib/ and config.ts. The rule
 * is read off the import lines, so that it holds for types as for values.
 */

const ROOT = join(import.meta.dirname, '..');

interface Import {
  /** From the root of the repository, for files of ours; the package's name for others. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

interface SourceFile {
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const FILES = globSync(['server/**/*.ts', 'client/**/*.{ts,tsx}'], { cwd: ROOT })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.startsWith('client/graphql/'))
  .map(sourceFile);

const PRODUCTION = FILES.filter(({ path }) => !/\.test\.tsx?$/.test(path) && !/^(server|client)\/testing\//.test(path));
const SERVER = PRODUCTION.filter(({ path }) => path.startsWith('server/'));

function sourceFile(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const statements = code.matchAll(/^(?:import|export)\s([^;'"]*?)from\s*['"]([^'"]+)['"]/gm);
  const others = code.matchAll(/\bimport\s*\(?\s*['"]([^'"]+)['"]/g);
  const imports = [
    ...[...statements].map(([, what = '', from = '']) => importOf(path, from, isTypeOnly(what))),
    ...[...others].map(([, from = '']) => importOf(path, from, false)),
  ];
  return { path, code, imports };
}

/** `type A` and `{ type A, type B }` leave nothing behind once types are stripped. */
function isTypeOnly(what: string): boolean {
  const names = what.trim().replace(/^\{|\}$/g, '');
  if (/^type\s/.test(what.trim())) return true;
  const parts = names.split(',').filter((part) => part.trim() !== '');
  return what.trim().startsWith('{') && parts.every((part) => /^\s*type\s/.test(part));
}

function importOf(path: string, from: string, typeOnly: boolean): Import {
  const ours = from.startsWith('.');
  return { target: ours ? posix.join(dirname(path), from) : packageOf(from), ours, typeOnly };
}

function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The layer of a file: its folder in server/ or client/, its own path for the files beside them. */
function layerOf(path: string): string {
  const [top, folder, ...rest] = path.split('/');
  return rest.length === 0 ? path : `${top}/${folder}`;
}

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'server/config.ts': [],
  'server/lib': [],
  'server/db': ['server/lib', 'server/config.ts'],
  'server/domain': ['server/db', 'server/lib', 'server/config.ts'],
  'server/mail': ['server/domain', 'server/db', 'server/lib', 'server/config.ts'],
  'server/webhooks': ['server/domain', 'server/db', 'server/lib', 'server/config.ts'],
  'server/schema': ['server/domain', 'server/db', 'server/lib', 'server/config.ts'],
  'server/transport': ['server/schema', 'server/domain', 'server/db', 'server/lib', 'server/config.ts'],
  'client/api': ['client/graphql'],
  'client/cli': [],
  'client/agent': ['client/api', 'client/cli', 'client/graphql'],
  'client/operator': ['client/api', 'client/cli', 'client/graphql'],
  'client/graphiql': ['client/api', 'client/graphql'],
  'client/dashboard': ['client/api', 'client/graphql'],
};

/** Packages that one layer, or one file of it, keeps to itself. */
const KEPT: Readonly<Record<string, RegExp>> = {
  'better-sqlite3': /^server\/db\//,
  pg: /^server\/db\//,
  'drizzle-orm': /^server\/(db|domain|mail|webhooks|demo)\//,
  lucia: /^server\/domain\/(sign-in|auth-session-adapter)\.ts$/,
  '@node-rs/argon2': /^server\/domain\/passwords\.ts$/,
  'altcha-lib': /^(server\/domain|client\/api)\/captcha\.ts$/,
  nodemailer: /^server\/mail\//,
  '@pothos/core': /^server\/schema\//,
  graphql: /^(server\/(schema|transport)|client\/graphiql)\//,
  'graphql-yoga': /^server\/transport\//,
  'graphql-ws': /^(server\/transport|client\/(api|graphiql))\//,
  ws: /^server\/transport\//,
  // Of the agent, Web monitoring is what speaks HTTP by itself.
  'node:http': /^(server\/(transport|webhooks)|client\/agent\/services\/web)\//,
};

it('each layer imports from the layers below it only', () => {
  const wrong = PRODUCTION.flatMap((file) => {
    const layer = layerOf(file.path);
    const below = MAY_IMPORT[layer];
    // What stands beside the layers (app.ts, serve.ts, demo.ts …) puts them together.
    if (!below) return [];
    return file.imports
      .filter(({ ours, target }) => ours && ![layer, ...below].includes(layerOf(target)))
      .map(({ target }) => `${file.path} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

it('every folder of server/ has its place among the layers', () => {
  const known = new Set([...Object.keys(MAY_IMPORT), 'server/demo', 'server/testing']);
  const folders = new Set(FILES.map(({ path }) => path.split('/')).flatMap(([a, b, c]) => (c ? [`${a}/${b}`] : [])));
  expect([...folders].filter((folder) => folder.startsWith('server/') && !known.has(folder))).toEqual([]);
});

it('schema and transport know the tables by their types only', () => {
  const wrong = SERVER.filter(({ path }) => /^server\/(schema|transport)\//.test(path)).flatMap(({ path, imports }) =>
    imports
      .filter(({ target, typeOnly }) => target.startsWith('server/db/tables/') && !typeOnly)
      .map(({ target }) => `${path} → ${target}`),
  );
  // The names of the permissions are a list of constants beside their table.
  expect(wrong.filter((line) => !line.endsWith('server/db/tables/permission-profiles.ts'))).toEqual([]);
});

it('nothing in production imports what is there for tests', () => {
  const wrong = PRODUCTION.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => /^(server|client)\/testing\//.test(target))
      .map(({ target }) => `${path} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

it('the client imports nothing of the server, so that others can use it', () => {
  const wrong = PRODUCTION.filter(({ path }) => path.startsWith('client/')).flatMap(({ path, imports }) =>
    imports.filter(({ target }) => target.startsWith('server/')).map(({ target }) => `${path} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

it('a package is imported where it belongs, so that it can be exchanged there', () => {
  const wrong = PRODUCTION.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, typeOnly }) => KEPT[target] && !KEPT[target].test(path) && !typeOnly)
      .map(({ target }) => `${path} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

it('config.ts is the only reader of the environment in server/', () => {
  const readers = SERVER.filter(({ code }) => /\bprocess\s*\.\s*env\b/.test(code)).map(({ path }) => path);
  expect(readers).toEqual(['server/config.ts']);
});

it('domain and schema take the time from the clock of their context only', () => {
  const ownClock = /\bDate\.now\(|\bnew Date\(\s*\)|\bset(Timeout|Interval|Immediate)\(|\bperformance\.now\(/;
  const wrong = SERVER.filter(({ path, code }) => /^server\/(domain|schema)\//.test(path) && ownClock.test(code));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

it('the server writes to its log, not to the console', () => {
  expect(SERVER.filter(({ code }) => /\bconsole\./.test(code)).map(({ path }) => path)).toEqual([]);
});

it('there are no barrels and no drawers', () => {
  const names = FILES.map(({ path }) => relative('', path));
  expect(names.filter((path) => /(^|\/)(index\.tsx?|utils?(\.tsx?|\/)|helpers?(\.tsx?|\/))/.test(path))).toEqual([]);
});

it('the rules above see what they are about', () => {
  const found = FILES.find(({ path }) => path === 'server/domain/invitations.ts');
  expect(found?.imports).toContainEqual({ target: 'server/db/prepared.ts', ours: true, typeOnly: false });
  expect(found?.imports).toContainEqual({ target: 'server/domain/context.ts', ours: true, typeOnly: true });
  expect(found?.imports).toContainEqual({ target: 'drizzle-orm', ours: false, typeOnly: false });
});
