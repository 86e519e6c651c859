import type pg from 'pg';
import { Batch, type Plan, type Prepared, Statement } from './statement-batch.ts';

/** Statements that writing connections keep planned, some 20 KiB each; those beyond are planned each time. */
const MOST_NAMED = 300;

/** What a statement whose answer nobody reads gives at once. */
const UNREAD = { rows: [] };

/** By the text of the statement; the same for all connections. */
const plans = new Map<string, Plan>();

const BEGIN = {
  /** Of a transaction that writes: each statement finds what is committed by then. */
  WRITE: planOf('BEGIN'),
  /** All statements find what was committed at the first of them. */
  SNAPSHOT: planOf('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
} as const;
const COMMIT = planOf('COMMIT');

const beginnings = new Set<Plan | undefined>(Object.values(BEGIN));

/** What Drizzle asks a connection for. */
interface Asked extends pg.QueryConfig {
  readonly rowMode?: 'array';
  /** Of a statement of our own: it returns nothing. */
  readonly unread?: true;
}

/**
 * A connection for one transaction after another, which asks PostgreSQL as few times as it can: `BEGIN` goes with the
 * first read, writes that return nothing with what comes after them, the last of them with the `COMMIT`. A statement costs
 * less than waiting for its answer (decision 25). What such a write fails with is thrown by the next statement that has
 * an answer, or by the commit. After any failure nothing is committed: the commit throws it, whoever caught it before.
 */
export class PipelinedConnection {
  readonly #client: pg.PoolClient;
  readonly #prepared = new Map<string, Prepared>();
  /** What leaves when the loop goes on. */
  #batch: Statement[] = [];
  /** Of the transaction that runs: the first failure, which the commit throws as well, to which PostgreSQL would only say ROLLBACK. */
  #failure: Error | null = null;

  /** @param client of a pool with `pipeline: true`. */
  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  begin(what: keyof typeof BEGIN = 'WRITE'): void {
    this.#failure = null;
    this.#unanswered(BEGIN[what], []);
  }

  /** For Drizzle, in a transaction. */
  async query(asked: Asked, values: unknown[]): Promise<{ rows: unknown[] }> {
    const plan = planOf(asked.text, asked.name, asked.unread);
    if (plan.answered) return this.#orFailure(this.#answered(plan, values, asked.rowMode));
    this.#unanswered(plan, values);
    return UNREAD;
  }

  /** For Drizzle, outside of a transaction. */
  read({ text, name, rowMode }: Asked, values: unknown[]): Promise<{ rows: unknown[] }> {
    // Lists are asked for in many ways, most of them once: planned for good is what was prepared.
    return this.#answered(name ? planOf(text, name) : { text, name: '', answered: true }, values, rowMode);
  }

  async commit(): Promise<void> {
    await this.#orFailure(this.#answered(COMMIT, []));
  }

  /** What has not left yet never does. @throws Error where the connection is lost. */
  async rollback(): Promise<void> {
    const unsent = this.#batch;
    this.#batch = [];
    for (const { done } of unsent) done(new Error('rolled back'), []);
    if (!beginnings.has(unsent[0]?.plan)) await this.#client.query('ROLLBACK');
  }

  #answered(plan: Plan, values: unknown[], rowMode?: 'array'): Promise<{ rows: unknown[] }> {
    return new Promise((resolve, reject) => {
      this.#send(
        new Statement(plan, values, rowMode === 'array', (failure, rows) => {
          if (failure) reject(failure);
          else resolve({ rows });
        }),
      );
    });
  }

  #unanswered(plan: Plan, values: unknown[]): void {
    this.#send(
      new Statement(plan, values, true, (failure) => {
        this.#failure ??= failure;
      }),
    );
  }

  /** After a failure PostgreSQL refuses everything else: what failed first says why. */
  async #orFailure<T>(answer: Promise<T>): Promise<T> {
    try {
      const found = await answer;
      if (!this.#failure) return found;
    } catch (error) {
      this.#failure ??= error as Error;
    }
    throw this.#failure;
  }

  /** Everything that is sent before the loop goes on leaves together. */
  #send(statement: Statement): void {
    if (this.#batch.length === 0) process.nextTick(() => this.#flush());
    this.#batch.push(statement);
  }

  #flush(): void {
    const statements = this.#batch;
    this.#batch = [];
    if (statements.length > 0) this.#client.query(new Batch(statements, this.#prepared));
  }
}

function planOf(text: string, name?: string, unread = isWrite(text) && !text.includes(' returning ')): Plan {
  let plan = plans.get(text);
  if (!plan) {
    const named = name ?? (plans.size < MOST_NAMED ? `beckon_${plans.size}` : '');
    plan = { text, name: named, answered: !unread };
    if (plans.size < MOST_NAMED) plans.set(text, plan);
  }
  return plan;
}

function isWrite(text: string): boolean {
  return /^(insert|update|delete) /.test(text);
}
