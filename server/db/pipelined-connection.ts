import type { Writable } from 'node:stream';
import type pg from 'pg';

/** Statements that writing connections keep planned, some 20 KiB each; those beyond are planned each time. */
const MOST_NAMED = 300;

/** What a statement whose answer nobody reads gives at once. */
const UNREAD = { rows: [] };

interface Plan {
  /** PostgreSQL parses and plans a statement that has one once for each connection, which costs more than most of ours take to run. */
  readonly name: string | undefined;
  readonly answered: boolean;
}

/** By the text of the statement; the same for all connections. */
const plans = new Map<string, Plan>();

/**
 * A connection for one transaction after another, which asks PostgreSQL as few times as it can: `BEGIN` goes with the
 * first read, writes that return nothing with what comes after them, the last of them with the `COMMIT`. A statement costs
 * less than waiting for its answer (decision 25). What such a write fails with is thrown by the next statement that has
 * an answer, or by the commit.
 */
export class PipelinedConnection {
  readonly #client: pg.PoolClient;
  #begun: Promise<unknown> = Promise.resolve();
  /** Of the transaction that runs: the first failure of what was not waited for. */
  #failure: Error | null = null;
  #corked = false;

  /** @param client of a pool with `pipeline: true`. */
  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  begin(): void {
    this.#failure = null;
    this.#begun = this.#send('BEGIN');
    this.#unanswered(this.#begun);
  }

  /** For Drizzle. */
  async query(statement: pg.QueryConfig, values: unknown[]): Promise<pg.QueryResult | typeof UNREAD> {
    const { name, answered } = planOf(statement);
    // Whatever happens to BEGIN: nothing is written outside of a transaction.
    if (isWrite(statement.text)) await this.#begun;
    const answer = this.#send({ ...statement, ...(name && { name }) }, values);
    if (!answered) {
      this.#unanswered(answer);
      return UNREAD;
    }
    return this.#orFailure(answer);
  }

  /** @param first statements that go with it, each ended by a semicolon. */
  async commit(first: string): Promise<void> {
    await this.#orFailure(this.#send(`${first}COMMIT`));
  }

  /** @throws Error where the connection is lost. */
  async rollback(): Promise<void> {
    await this.#send('ROLLBACK');
  }

  #unanswered(answer: Promise<unknown>): void {
    answer.catch((error: Error) => {
      this.#failure ??= error;
    });
  }

  /** After a failure PostgreSQL refuses everything else: what failed first says why. */
  async #orFailure<T>(answer: Promise<T>): Promise<T> {
    try {
      const found = await answer;
      if (!this.#failure) return found;
    } catch (error) {
      throw this.#failure ?? error;
    }
    throw this.#failure;
  }

  /** Everything that is sent before the loop goes on leaves by one system call. */
  #send(statement: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> {
    if (!this.#corked) {
      const { stream } = (this.#client as unknown as { connection: { stream: Writable } }).connection;
      stream.cork();
      this.#corked = true;
      process.nextTick(() => {
        this.#corked = false;
        stream.uncork();
      });
    }
    return values ? this.#client.query(statement, values) : this.#client.query(statement);
  }
}

function planOf({ name, text }: pg.QueryConfig): Plan {
  let plan = plans.get(text);
  if (!plan) {
    const named = name ?? (plans.size < MOST_NAMED ? `beckon_${plans.size}` : undefined);
    plan = { name: named, answered: !isWrite(text) || text.includes(' returning ') };
    if (plans.size < MOST_NAMED) plans.set(text, plan);
  }
  return plan;
}

function isWrite(text: string): boolean {
  return /^(insert|update|delete) /.test(text);
}
