import type { Database } from '../db/database.ts';

/** PostgreSQL takes payloads of less than 8,000 bytes. */
const MOST_BYTES = 7_000;

/**
 * Tells readers that there may be something new, in this process and on every node. A topic is the name of a stream,
 * or of something else to look at again (`auth:…`, `deadlines`). A wake-up carries no content: whoever is woken reads
 * the database from the position that it holds.
 */
export class WakeUps {
  readonly #sleepers = new Map<string, Set<() => void>>();

  constructor(db: Pick<Database, 'listen' | 'onGap'>) {
    db.listen((text) => {
      for (const topic of JSON.parse(text) as string[]) this.#wake(topic);
    });
    db.onGap(() => {
      for (const topic of this.#sleepers.keys()) this.#wake(topic);
    });
  }

  /** Calls `wake` whenever one of the topics may have something new, until the returned function is called. */
  register(topics: readonly string[], wake: () => void): () => void {
    // One of its own, so that ending one registration of a function leaves another one of the same in place.
    const sleeper = () => wake();
    for (const topic of topics) {
      let sleepers = this.#sleepers.get(topic);
      if (!sleepers) {
        sleepers = new Set();
        this.#sleepers.set(topic, sleepers);
      }
      sleepers.add(sleeper);
    }
    return () => {
      for (const topic of topics) {
        const sleepers = this.#sleepers.get(topic);
        sleepers?.delete(sleeper);
        if (sleepers?.size === 0) this.#sleepers.delete(topic);
      }
    };
  }

  /** How many listeners wait, for the metrics. */
  get size(): number {
    return this.#sleepers.size;
  }

  #wake(topic: string): void {
    const sleepers = this.#sleepers.get(topic);
    if (sleepers) for (const wake of [...sleepers]) wake();
  }
}

/** The topics as texts that one announcement each can carry. */
export function announcements(topics: Iterable<string>): string[] {
  const texts: string[] = [];
  let batch: string[] = [];
  let bytes = 2;
  for (const topic of topics) {
    const size = Buffer.byteLength(topic) + 3;
    if (bytes + size > MOST_BYTES) {
      texts.push(JSON.stringify(batch));
      batch = [];
      bytes = 2;
    }
    batch.push(topic);
    bytes += size;
  }
  if (batch.length > 0) texts.push(JSON.stringify(batch));
  return texts;
}
