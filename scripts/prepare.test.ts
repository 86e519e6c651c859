import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A checkout with a stand-in for npm and for the pinned Node, each of which writes down how it was called. */
let checkout: string;

const LOCK = {
  packages: {
    '': { name: 'beckon' },
    'node_modules/graphql': { version: '17.1.0', integrity: 'sha512-a' },
    'node_modules/vite': { version: '8.3.8', integrity: 'sha512-b', dev: true },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-c', optional: true },
  },
};

/** What npm ci does, as far as it matters here. */
const NPM = `
const { appendFileSync, mkdirSync, writeFileSync, chmodSync, readFileSync } = require('node:fs');
appendFileSync('calls', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) process.exit(1);
if (!process.env.BECKON_PREPARING) appendFileSync('calls', 'not told\\n');
mkdirSync('node_modules/node/bin', { recursive: true });
mkdirSync('node_modules/vite', { recursive: true });
writeFileSync('node_modules/node/bin/node', '#!/bin/sh\\necho "node $*" >> calls\\nmkdir -p "dist/$2" && touch "dist/$2/index.html"\\n');
chmodSync('node_modules/node/bin/node', 0o755);
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
delete packages[''];
delete packages['node_modules/fsevents'];
writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

const INSTALLED = 'npm ci --include=dev --no-audit --no-fund --loglevel=error';
const BUILT = 'node scripts/build.ts web';

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'beckon-prepare-'));
  await mkdir(join(checkout, 'scripts'));
  await mkdir(join(checkout, 'client', 'web', 'pages'), { recursive: true });
  await copyFile(join(import.meta.dirname, 'prepare.mjs'), join(checkout, 'scripts', 'prepare.mjs'));
  await writeFile(join(checkout, 'npm-cli.js'), NPM);
  await writeFile(join(checkout, 'client', 'web', 'pages', 'main.ts'), '');
  await writeFile(join(checkout, 'package-lock.json'), JSON.stringify(LOCK));
});

afterEach(() => rm(checkout, { recursive: true }));

function prepare(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<{ code: number; told: string }> {
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'prepare.mjs'), ...args], {
    cwd: tmpdir(),
    env: { ...process.env, npm_execpath: join(checkout, 'npm-cli.js'), ...env },
  });
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, told })));
}

/** What was called since it was asked last. */
async function calls(): Promise<string[]> {
  const path = join(checkout, 'calls');
  const text = await readFile(path, 'utf8').catch(() => '');
  await rm(path, { force: true });
  return text.split('\n').filter(Boolean);
}

async function installWithout(...left: string[]): Promise<void> {
  const packages = Object.fromEntries(Object.entries(LOCK.packages).filter(([path]) => !left.includes(path)));
  await writeFile(join(checkout, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

test('a fresh clone is installed, with the tools in production too, and then built on the pinned Node', async () => {
  const { code, told } = await prepare(['web'], { NODE_ENV: 'production' });
  expect(told).toMatch(/installing the dependencies.*building web.*web built/s);
  expect(code).toBe(0);
  expect(await calls()).toEqual([INSTALLED, BUILT]);
});

test('where nothing is to do, nothing is called and nothing is said', async () => {
  await prepare(['web']);
  await calls();
  expect(await prepare(['web'])).toEqual({ code: 0, told: '' });
  expect(await calls()).toEqual([]);
});

test('without a named app nothing is built', async () => {
  await prepare();
  expect(await calls()).toEqual([INSTALLED]);
});

test('a package of another version or content than the lockfile says is installed anew', async () => {
  await prepare();
  for (const change of [{ version: '17.2.0' }, { integrity: 'sha512-z' }]) {
    const packages = {
      ...LOCK.packages,
      'node_modules/graphql': { ...LOCK.packages['node_modules/graphql'], ...change },
    };
    await writeFile(join(checkout, 'package-lock.json'), JSON.stringify({ packages }));
    await calls();
    await prepare();
    expect(await calls()).toEqual([INSTALLED]);
  }
});

test('a missing package counts, but for optional ones, and for the tools when only running', async () => {
  await prepare(['web']);
  await installWithout('node_modules/graphql');
  await calls();
  await prepare(['--runtime', 'web']);
  expect(await calls()).toEqual([INSTALLED]);

  await installWithout('node_modules/vite');
  await prepare(['--runtime', 'web']);
  expect(await calls()).toEqual([]);
  await prepare(['web']);
  expect(await calls()).toEqual([INSTALLED]);
});

test('an installation without the tools gets them when something is to be built', async () => {
  await prepare();
  await installWithout('node_modules/vite');
  await rm(join(checkout, 'node_modules', 'vite'), { recursive: true });
  await calls();
  await prepare(['--runtime', 'web']);
  expect(await calls()).toEqual([INSTALLED, BUILT]);
});

test('a build is made anew when a source is younger', async () => {
  await prepare(['web']);
  await calls();
  const source = join(checkout, 'client', 'web', 'pages', 'main.ts');
  const future = Date.now() / 1000 + 60;
  await utimes(source, future, future);
  await prepare(['web']);
  expect(await calls()).toEqual([BUILT]);
});

test('after an installation by hand what is missing is built, and nothing is installed', async () => {
  await prepare();
  await calls();
  expect((await prepare(['--after-install', 'web'])).code).toBe(0);
  expect(await calls()).toEqual([BUILT]);
  expect(await prepare(['--after-install', 'web'])).toEqual({ code: 0, told: '' });
});

test('after an installation of its own, or one without the tools, nothing is built by npm', async () => {
  await prepare();
  await calls();
  expect(await prepare(['--after-install', 'web'], { BECKON_PREPARING: '1' })).toEqual({ code: 0, told: '' });
  await rm(join(checkout, 'node_modules', 'vite'), { recursive: true });
  expect(await prepare(['--after-install', 'web'])).toEqual({ code: 0, told: '' });
  expect(await calls()).toEqual([]);
});

test('several terminals at once install and build once', async () => {
  const all = await Promise.all([prepare(['web']), prepare(['web']), prepare()]);
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(await calls()).toEqual([INSTALLED, BUILT]);
});

test('what fails ends it with an error that names it, and the next attempt is free', async () => {
  const failed = await prepare(['web'], { NPM_FAILS: 'yes' });
  expect(failed.code).toBe(1);
  expect(failed.told).toContain('failed: ');
  expect(await calls()).toEqual([INSTALLED]);
  expect((await prepare(['web'])).code).toBe(0);
});

test('a lock left behind by a process that was killed holds nobody up', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => gone.on('close', resolve));
  await mkdir(join(checkout, '.cache'));
  await writeFile(join(checkout, '.cache', 'prepare.lock'), String(gone.pid));
  expect((await prepare()).code).toBe(0);
  expect(await calls()).toEqual([INSTALLED]);
});

test('without the pinned Node it says what to do', async () => {
  await writeFile(join(checkout, 'npm-cli.js'), '');
  const { code, told } = await prepare();
  expect(code).toBe(1);
  expect(told).toContain('npm rebuild node --ignore-scripts=false');
});
