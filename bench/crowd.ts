import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Opening } from './subscriber.ts';
import type { Ask, Told } from './subscribers.ts';

/** Thousands of subscribers of one server, in a process of their own. */
export class Crowd {
  readonly #process: ChildProcess = fork(fileURLToPath(new URL('./subscribers.ts', import.meta.url)));
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** Adds subscribers; resolves when all are there. */
  async open(openings: readonly Opening[]): Promise<void> {
    await this.#ask({ ask: 'open', port: this.#port, openings });
  }

  /** The milliseconds from a request until the last one has been told of what it did. */
  toAll(request: Buffer): Promise<number> {
    return this.#ask({ ask: 'toAll', port: this.#port, request: request.toString('latin1') });
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #ask(ask: Ask): Promise<number> {
    const answer = once(this.#process, 'message') as Promise<[Told]>;
    this.#process.send(ask);
    const [{ milliseconds, failure }] = await answer;
    if (failure) throw new Error(failure);
    return milliseconds;
  }
}
