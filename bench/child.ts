import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a measured process has used since it started. */
export interface Usage {
  readonly cpuMicroseconds: number;
  readonly rssBytes: number;
}

/** A server under measurement, in a process of its own. */
export interface Child {
  readonly port: number;
  /** What it uses at present; `settled`: after its garbage was collected. */
  usage(settled?: boolean): Promise<Usage>;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GAUGE = new URL('./gauge.mjs', import.meta.url).href;

/** Longest that a server may take to start, or to stop, before the run is given up. */
const PATIENCE_MS = 20_000;

/**
 * Starts `node <script>` and waits until it prints `127.0.0.1:<port>`. TypeScript is run without its types, which Node would
 * take 40 ms and 20 MB to strip in each process.
 */
export async function startChild(script: string, env: Readonly<Record<string, string>>): Promise<Child> {
  const file = script.endsWith('.ts') ? stripped(script) : script;
  const child = spawn(process.execPath, [...flagsOf(script), '--expose-gc', '--import', GAUGE, file], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await portOf(child, script);
  return {
    port,
    usage(settled = false) {
      return new Promise((resolve, reject) => {
        const died = (code: number | null) => reject(new Error(`${script} ended with ${code}`));
        child.once('exit', died);
        child.once('message', (usage) => {
          child.off('exit', died);
          resolve(usage as Usage);
        });
        child.send(settled ? 'settled' : 'now', (error) => error && reject(error));
      });
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}

/** What `npm start` gives Node beside the script, where it is the one that it starts. */
function flagsOf(script: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [, ...words] = scripts.start.split(' ');
  return words.at(-1) === script ? words.slice(0, -1) : [];
}

/** A script and the neighbours that it imports, as JavaScript; where they find the same packages. */
function stripped(script: string): string {
  const folder = join(ROOT, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(script, '.ts')}.mjs`);
  const text = stripTypeScriptTypes(readFileSync(join(ROOT, script), 'utf8'));
  const neighbour = (_all: string, name: string) => `from './${basename(stripped(join(dirname(script), name)))}'`;
  writeFileSync(file, text.replace(/from '\.\/([\w-]+\.ts)'/g, neighbour));
  return file;
}

function portOf(child: ChildProcess, script: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${script} ${why}\n${said}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), PATIENCE_MS);
    const ended = (code: number | null) => fail(`ended with ${code}`);
    const hear = (chunk: Buffer) => {
      said += chunk;
      const port = /127\.0\.0\.1:([1-9]\d*)/.exec(said)?.[1];
      if (!port) return;
      clearTimeout(timer);
      child.off('exit', ended);
      // What it says later is not kept, but read: a full pipe would hold it up.
      child.stdout?.off('data', hear).resume();
      resolve(Number(port));
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', ended);
    child.stdout?.on('data', hear);
  });
}
