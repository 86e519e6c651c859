import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Child } from './child.ts';
import type { Opening } from './subscriber.ts';
import type { Ask, Told } from './subscribers.ts';

/** Subscribers that come and go before: what they leave is mostly code that is compiled for all. */
const WARM_UP_SUBSCRIBERS = 200;

/** Opens thousands of subscribers that stay, and gives what each takes of the server's memory in KiB. */
export async function openCrowd(
  server: Child,
  count: number,
  opening: (i: number) => Opening,
  closers: (() => unknown)[],
): Promise<{ crowd: Crowd; kibibytes: number }> {
  const openMany = async (some: number) => {
    const crowd = new Crowd(server.port);
    closers.push(() => crowd.close());
    await crowd.open(Array.from({ length: some }, (_, i) => opening(i)));
    return crowd;
  };
  await (await openMany(WARM_UP_SUBSCRIBERS)).close();
  const before = await server.usage(true);
  const crowd = await openMany(count);
  const after = await server.usage(true);
  return { crowd, kibibytes: (after.rssBytes - before.rssBytes) / 1024 / count };
}

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
