import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { type DatabaseLog, LOOK_AGAIN } from './database.ts';

/** The channel of LISTEN/NOTIFY. */
const CHANNEL = 'beckon';

/** How long a lost connection waits before it is opened again. */
export const RECONNECT_MS = 500;

/** How long announcements are gathered after some were sent; those that come after a pause leave at once. */
const GATHER_MS = 5;

/** It has a name so that it is planned once for the connection. */
const ANNOUNCE = { name: 'announce', text: 'select pg_notify($1, text) from unnest($2::text[]) text' };

/** Announcements that wait for the connection to be there again; in place of more, everybody looks again. */
const MOST_UNSENT = 10_000;

/**
 * A node's announcements to all nodes, itself among them, by a connection of its own. They are sent once what they are about is
 * committed, those of many transactions together: NOTIFY inside of each puts all commits in order, so that none shares the
 * wait for the disk (decision 25). This node hears of its own at once.
 */
export class Channel {
  readonly #connect: () => Promise<pg.Client>;
  readonly #log: DatabaseLog;
  #client: pg.Client | null = null;
  #unsent = new Set<string>();
  #sending: Promise<void> | null = null;
  #closed = false;
  hear: (text: string) => void = () => {};
  again: () => void = () => {};

  private constructor(connect: () => Promise<pg.Client>, log: DatabaseLog) {
    this.#connect = connect;
    this.#log = log;
  }

  /** @param connect opens a connection. */
  static async open(connect: () => Promise<pg.Client>, log: DatabaseLog): Promise<Channel> {
    const channel = new Channel(connect, log);
    await channel.#open();
    return channel;
  }

  announce(texts: readonly string[]): void {
    for (const text of texts) {
      this.hear(text);
      this.#unsent.add(text);
    }
    if (this.#unsent.size > MOST_UNSENT) this.#unsent = new Set([LOOK_AGAIN]);
    this.#send();
  }

  async close(): Promise<void> {
    if (!this.#client && this.#unsent.size > 0) await this.#open().catch(this.#log.lostConnection);
    // What the last commits announced may go by one more statement.
    await this.#sending;
    this.#send();
    await this.#sending;
    this.#closed = true;
    await this.#client?.end();
  }

  async #open(): Promise<void> {
    const client = await this.#connect();
    const { processID } = client as unknown as { processID: number };
    client.on('notification', ({ processId, payload = '' }) => {
      if (processId !== processID) this.hear(payload);
    });
    try {
      // An announcement that a crash of PostgreSQL takes away is made up for by looking again when it is back.
      await client.query(`SET synchronous_commit TO off; LISTEN ${CHANNEL}`);
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    if (this.#closed) return client.end();
    // Not before: a try that fails ends as well, and would be followed by two, each of them by two more.
    client.on('end', () => {
      this.#client = null;
      if (!this.#closed) this.#reopen();
    });
    this.#client = client;
    this.#send();
  }

  #reopen(): void {
    setTimeout(() => {
      if (this.#closed) return;
      this.#open().then(
        () => {
          this.#log.reconnected();
          this.again();
        },
        (error: Error) => {
          this.#log.lostConnection(error);
          this.#reopen();
        },
      );
    }, RECONNECT_MS).unref();
  }

  #send(): void {
    if (this.#closed || this.#sending || !this.#client || this.#unsent.size === 0) return;
    const texts = this.#unsent;
    this.#unsent = new Set();
    this.#sending = this.#deliver(this.#client, texts);
  }

  async #deliver(client: pg.Client, texts: ReadonlySet<string>): Promise<void> {
    try {
      await client.query({ ...ANNOUNCE, values: [CHANNEL, [...texts]] });
      await wait(GATHER_MS);
    } catch (error) {
      this.#log.lostConnection(error as Error);
      this.#unsent = new Set([...texts, ...this.#unsent]);
      await wait(RECONNECT_MS);
    }
    this.#sending = null;
    this.#send();
  }
}
