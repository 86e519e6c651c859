import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig, SETTINGS } from '../server/config.ts';
import { SQLITE_MIGRATIONS } from '../server/db/sqlite.ts';
import { stopWithin } from '../server/serve.ts';
import { testApp } from '../server/testing/app.ts';
import { BUILT_SERVER } from '../server/testing/built-server.ts';
import { httpApi } from '../server/testing/http.ts';

/** Where no image can be built, what it is built from is read: what matters to whoever runs it, and paths that exist. */

const ROOT = join(import.meta.dirname, '..');
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The instructions of each stage; what continues on the next line is one. */
function stagesOf(dockerfile: string): Instruction[][] {
  const lines = dockerfile
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push({ word, rest });
  }
  return stages;
}

const stages = stagesOf(textOf('Dockerfile'));
const last = stages.at(-1) ?? [];
const all = (word: string) => last.filter((instruction) => instruction.word === word).map(({ rest }) => rest);
const env = Object.fromEntries(
  all('ENV').flatMap((rest) => [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, k, v]) => [k, v])),
);

/** What its exec form holds; fails where it is none. */
function words(rest: string | undefined): string[] {
  return JSON.parse(rest?.slice(rest.indexOf('[')) ?? '');
}

const ignored = textOf('.dockerignore')
  .split('\n')
  .filter((line) => line !== '');
const inContext = (path: string) =>
  !ignored.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));

it('the image is built apart from what runs, which has no tools, is nobody’s but root’s, and runs as a number that is not root', () => {
  expect(stages).toHaveLength(2);
  expect(last[0]?.rest).toMatch(/-slim$/);
  const afterUser = last.slice(last.findIndex(({ word }) => word === 'USER') + 1).map(({ word }) => word);
  expect(all('USER')).toEqual(['1000:1000']);
  // Nothing is copied or run any more as that user, and nothing copied is given to it.
  for (const word of ['COPY', 'ADD', 'RUN', 'USER']) expect(afterUser).not.toContain(word);
  for (const rest of all('COPY')) expect(rest).not.toContain('--chown');
  expect(all('ADD')).toEqual([]);
  expect(env).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
  expect(Object.keys(env).filter((name) => name !== 'PATH' && !(name in SETTINGS))).toEqual([]);
  expect(textOf('Dockerfile')).not.toMatch(/(PASSWORD|SECRET|TOKEN|SMTP_URL|DATABASE_URL)\s*=/);
});

it('what is written goes to one volume, which exists and belongs to who runs', () => {
  expect(all('VOLUME')).toEqual([env['DATA_DIR']]);
  expect(all('RUN')).toEqual([`mkdir ${env['DATA_DIR']} && chown 1000:1000 ${env['DATA_DIR']}`]);
  expect(all('EXPOSE')).toEqual([env['PORT']]);
  expect(env['PORT']).toBe(String(readConfig({}).PORT));
});

it('it starts what npm start does, but Node itself, the pinned one, so that SIGTERM reaches it', () => {
  const command = words(all('CMD')[0]);
  expect(command.at(-1)).toBe(relative(ROOT, BUILT_SERVER));
  expect(command.join(' ')).toBe(JSON.parse(textOf('package.json')).scripts.start);
  expect(env['PATH']).toMatch(/^\/beckon\/node_modules\/\.bin:/);
  expect(all('WORKDIR')).toEqual(['/beckon']);
  expect(Object.keys(JSON.parse(textOf('package.json')).dependencies)).toContain('node');
});

it('all that the server imports is in the image: its bundle, migrations, and packages that are no development dependencies', () => {
  const copied = all('COPY').map((rest) => /^--from=build \/beckon\/(\S+) \.\/(\S*)$/.exec(rest)?.[1] ?? rest);
  expect(copied).toEqual(['package.json', 'node_modules', 'dist', relative(ROOT, dirname(SQLITE_MIGRATIONS))]);
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };
  const imported = globSync('dist/server/*.js', { cwd: ROOT }).flatMap((path) =>
    [...textOf(path).matchAll(/^(?:import|export)\b[^'"\n]*['"]([^'"./][^'"]*)['"]/gm)].map(([, from = '']) => from),
  );
  const packages = new Set(imported.filter((from) => !from.startsWith('node:')));
  expect(packages.size).toBeGreaterThan(2);
  expect([...packages].filter((name) => !(name in dependencies) && !builtinModules.includes(name))).toEqual([]);
});

it('the build has its sources, and neither history, data, tests nor what it installs itself', () => {
  const [copyLock = ''] = (stages[0] ?? []).filter(({ word }) => word === 'COPY').map(({ rest }) => rest);
  for (const path of copyLock.split(' ').slice(0, -1))
    expect([path, existsSync(join(ROOT, path)) && inContext(path)]).toEqual([path, true]);
  const needed = [
    'scripts/build.ts',
    'vite.config.ts',
    'client/dashboard/index.html',
    'client/graphiql/index.html',
    'client/graphql/gql.ts',
    'tsconfig.json',
  ];
  for (const path of needed) expect([path, existsSync(join(ROOT, path)) && inContext(path)]).toEqual([path, true]);
  const migrations = globSync('server/db/migrations/**/*.sql', { cwd: ROOT });
  expect(migrations.length).toBeGreaterThan(5);
  for (const path of migrations) expect([path, inContext(path)]).toEqual([path, true]);
  for (const path of [
    '.git/HEAD',
    'node_modules/ws/index.js',
    'data/beckon.sqlite',
    'server/start.test.ts',
    'server/testing/app.ts',
    'dist/dashboard/index.html',
  ]) {
    expect([path, inContext(path)]).toEqual([path, false]);
  }
});

it('its health check succeeds where the server is ready, and fails where nothing answers', async () => {
  const { port } = await httpApi(await testApp());
  const [command = '', ...args] = words(all('HEALTHCHECK')[0]);
  expect(command).toBe('node');
  const check = (PORT: string) =>
    new Promise<unknown>((resolve) => {
      execFile(process.execPath, args, { env: { PORT } }, (error) => resolve(error?.code ?? 0));
    });
  expect([await check(String(port)), await check('1')]).toEqual([0, 1]);
});

it('compose.yaml sets settings that exist, needs a password, takes rights away, and waits for a server that stops', () => {
  const compose = textOf('compose.yaml');
  const beckon = /^ {2}beckon:\n([\s\S]*?)^ {2}\w/m.exec(compose)?.[1] ?? '';
  const set = [...beckon.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name = '']) => name);
  expect(set.length).toBeGreaterThan(5);
  expect(set.filter((name) => !(name in SETTINGS))).toEqual([]);
  for (const line of [
    'read_only: true',
    "cap_drop: ['ALL']",
    "security_opt: ['no-new-privileges:true']",
    "tmpfs: ['/tmp', '/data']",
  ]) {
    expect(beckon).toContain(line);
  }
  const grace = Number(/stop_grace_period: (\d+)s/.exec(beckon)?.[1]) * 1000;
  expect(grace).toBeGreaterThan(stopWithin(readConfig({})));
  // Without a default, so that nobody runs on one.
  expect([...compose.matchAll(/\$\{DB_PASSWORD([^}]*)\}/g)].map(([, rest]) => rest?.slice(0, 2))).toEqual([':?', ':?']);
  expect(beckon).toContain('condition: service_healthy');
});
