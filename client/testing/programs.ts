import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { BUILT_SERVER } from '../../server/testing/built-server.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';

export const AGENT = fileURLToPath(new URL('../agent/main.ts', import.meta.url));
/** Longest wait for words that have to come, in ms: far more than any of them take, on a machine that does much else as well. */
const PATIENCE_MS = 60_000;

/** A process whose words are read one after the other: each `says` looks behind what the one before found. */
export class Program {
  readonly process: ChildProcess;
  #said = '';
  #read = 0;
  #look: (() => void) | null = null;

  constructor(file: string, args: readonly string[], env: Record<string, string> = {}) {
    this.process = spawn(process.execPath, [file, ...args], {
      env: { PATH: process.env['PATH'], HOME: tmpdir(), ...env },
      stdio: 'pipe',
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.#said += text;
        this.#look?.();
      });
    }
    closeAfterTest(() => {
      this.process.kill('SIGKILL');
    });
  }

  /** Waits for these words. */
  async says(words: RegExp | string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const pattern = typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words;
    this.#look = () => {
      const found = pattern.exec(this.#said.slice(this.#read));
      if (!found) return;
      this.#read += found.index + found[0].length;
      resolve(found[1] ?? found[0]);
    };
    const ended = (): void => {
      this.#look?.();
      reject(new Error(`ended without saying ${pattern}:\n${this.#said}`));
    };
    const timer = setTimeout(() => {
      reject(new Error(`did not say ${pattern} within ${PATIENCE_MS} ms:\n${this.#said}`));
    }, PATIENCE_MS);
    this.process.once('close', ended);
    this.#look();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.process.off('close', ended);
      this.#look = null;
    }
  }

  get said(): string {
    return this.#said;
  }

  types(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  async ends(): Promise<number | null> {
    const [code] = this.process.exitCode === null ? await once(this.process, 'close') : [this.process.exitCode];
    return code as number | null;
  }
}

export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'beckon-agents-'));
  closeAfterTest(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Server {
  readonly program: Program;
  readonly port: string;
}

export async function startServer(folder: string, port = '0'): Promise<Server> {
  const program = new Program(BUILT_SERVER, [], {
    DATA_DIR: folder,
    PORT: port,
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
  });
  return { program, port: await program.says(/listening on 127\.0\.0\.1:(\d+)/) };
}

export interface Registered {
  readonly state: string;
  readonly address: string;
  readonly grouped: string;
  run(...options: string[]): Promise<Program>;
}

/** Registers a simulated Windows device: invitations are for Windows (INV-01), whatever the tests run on. */
export async function register(port: string, name: string, simulate = 'platform=WINDOWS'): Promise<Registered> {
  const state = join(temporaryFolder(), 'agent.json');
  const server = `http://127.0.0.1:${port}`;
  const enrol = new Program(AGENT, [
    '--state',
    state,
    '--server',
    server,
    'enrol',
    '--name',
    name,
    '--simulate',
    simulate,
  ]);
  const grouped = await enrol.says(/Your ID is ([\d ]+)\./);
  expect(await enrol.ends()).toBe(0);
  return {
    state,
    grouped,
    address: grouped.replaceAll(' ', ''),
    async run(...options) {
      const program = new Program(AGENT, ['--state', state, 'run', ...options]);
      await program.says('online');
      return program;
    },
  };
}

export async function twoAgents(port: string): Promise<{ ana: Registered; ben: Registered; a: Program; b: Program }> {
  const [ana, ben] = await Promise.all([register(port, 'Ana'), register(port, 'Ben')]);
  const [a, b] = await Promise.all([ana.run(), ben.run()]);
  return { ana, ben, a, b };
}
