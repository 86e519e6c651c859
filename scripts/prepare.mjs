/**
 * Makes a checkout ready to run: `node scripts/prepare.mjs [--runtime | --after-install] [app …]` installs the dependencies where they are missing or
 * not those of package-lock.json, and builds the server and each named web app of client/ where its build is missing or older than its
 * sources. npm calls it before `demo`, `start`, `test` and others. With --runtime an installation without the
 * devDependencies will do, as long as nothing is to be built. After an installation npm calls it with --after-install, which
 * installs nothing itself: what can be built is built then, and who starts the demo next waits for nothing. Repeatable; quick
 * when nothing is to do.
 *
 * Plain JavaScript for any Node from 18 on, with nothing imported from node_modules: on a fresh clone it runs on the
 * Node of the machine, before the pinned one (the npm package `node`) is installed. What npm runs after it gets the pinned one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(root, '.cache', 'prepare.lock');
/** npm links it here on every system; on Windows the program itself has another name. */
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** What each build depends on besides its own folder: in client/, or `server`. */
const SHARED_SOURCES = ['vite.config.ts', 'package-lock.json'];
const APP_SOURCES = [...SHARED_SOURCES, join('client', 'api'), join('client', 'graphql')];

const runtimeWillDo = process.argv.includes('--runtime');
const afterInstall = process.argv.includes('--after-install');
const apps = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const todo = () => ({ install: !afterInstall && !isInstalled(), build: apps.filter((app) => !isBuilt(app)) });

// Called by an installation of this very script, which builds what it was asked for; or by one without the tools.
if (afterInstall && (process.env.BECKON_PREPARING || !hasTools())) process.exit();

const first = todo();
if (first.install || first.build.length > 0) {
  takeLock();
  // Another one may have done it while this one waited for the lock.
  const { install, build } = todo();
  if (install || (build.length > 0 && !hasTools())) installAll();
  for (const app of build) buildApp(app);
}

function hasTools() {
  return existsSync(join(root, 'node_modules', 'vite'));
}

function installAll() {
  const started = Date.now();
  say('installing the dependencies (once; about a minute) …');
  // With NODE_ENV=production npm would leave out the devDependencies, which the builds need.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('npm-cli.js')) run(process.execPath, [npm, ...args]);
  else run('npm', args, process.platform === 'win32');
  if (!existsSync(pinnedNode)) {
    fail(
      'npm did not install the pinned Node: is `ignore-scripts` set? Then run: npm rebuild node --ignore-scripts=false',
    );
  }
  say(`dependencies installed in ${seconds(started)}`);
}

function buildApp(app) {
  const started = Date.now();
  say(`building ${app} …`);
  run(pinnedNode, [join('scripts', 'build.ts'), app]);
  say(`${app} built in ${seconds(started)}`);
}

/** Whether node_modules is what package-lock.json asks for, by npm's own record of what it installed. */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const found = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted) fail('package-lock.json is missing or damaged');
  if (!found || !existsSync(pinnedNode)) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, dev, devOptional }]) => {
    if (path === '') return true;
    const there = found[path];
    // Optional ones are for other systems.
    if (!there) return Boolean(optional || (runtimeWillDo && (dev || devOptional)));
    return there.version === version && there.integrity === integrity;
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Whether the build is there and no source is younger. Without the sources (an image) there is nothing to compare. */
function isBuilt(app) {
  const isServer = app === 'server';
  const entry = join(root, 'dist', app, isServer ? 'main.js' : 'index.html');
  if (!existsSync(entry)) return false;
  const built = statSync(entry).mtimeMs;
  const sources = isServer ? [...SHARED_SOURCES, app] : [...APP_SOURCES, join('client', app)];
  return sources.every((source) => youngest(join(root, source)) <= built);
}

function youngest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time counts too: it tells of a file that was removed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => youngest(join(path, name))));
}

/**
 * Lets one of several terminals at a time install or build, until this process ends. The file holds the process that has
 * it, so that one left behind by a process that was killed is seen as such.
 */
function takeLock() {
  const pollMs = 250;
  let told = false;
  mkdirSync(join(root, '.cache'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(lockFile, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld()) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!told)
      say('another terminal is preparing this checkout; waiting for it (if there is none: rm .cache/prepare.lock) …');
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs);
  }
}

function isHeld() {
  let text;
  try {
    text = readFileSync(lockFile, 'utf8');
  } catch {
    return false;
  }
  // Empty: its owner is between creating and writing it.
  return text === '' || isAlive(Number(text));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(command, args, shell = false) {
  const env = { ...process.env, BECKON_PREPARING: '1' };
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
  });
  if (error || status !== 0) fail(`failed: ${command} ${args.join(' ')}${error ? ` (${error.message})` : ''}`);
}

/** On the error stream, so that the output of what runs afterwards stays its own. */
function say(text) {
  process.stderr.write(`beckon: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
