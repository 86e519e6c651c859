import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Memory } from './engine.ts';

/** What the services remember, in a file that only its owner can read; a broken one is forgotten. */
export class MemoryFile implements Memory {
  readonly #path: string;
  readonly #values: Map<string, unknown>;

  constructor(path: string) {
    this.#path = path;
    this.#values = new Map(Object.entries(read(path)));
  }

  get<T>(key: string): T | undefined {
    return this.#values.get(key) as T | undefined;
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const draft = `${this.#path}.${randomBytes(6).toString('hex')}.tmp`;
    writeFileSync(draft, `${JSON.stringify(Object.fromEntries(this.#values))}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(draft, this.#path);
  }
}

function read(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
