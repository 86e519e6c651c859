import { type Database, LOOK_AGAIN } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { Turns } from '../lib/turns.ts';

/** PostgreSQL takes payloads of less than 8,000 bytes. */
const MOST_BYTES = 7_000;

/** Who waits for topics. An object with a method: ten thousand of them take less than as many functions. */
export interface Sleeper {
  readonly topics: readonly string[];
  /** One of the topics may have something new. */
  wake(topic: string): void;
}

/** By what it is about, and then by the key: a promise, until what it resolves to is there. */
type Shared = Map<unknown, Map<unknown, unknown>>;

/**
 * Longest that what was worked out serves for others, in ms. Whatever is announced ends it before; this is
 * for the little that changes without a word (when a device was seen last), and for the memory.
 */
const SHARED_FOR_MS = 1_000;

/**
 * Tells readers that there may be something new, in this process and on every node. A topic is the name of a stream,
 * or of something else to look at again (`auth:…`, `deadlines`). A wake-up carries no content: whoever is woken reads
 * the database from the position that it holds.
 */
export class WakeUps {
  /** One sleeper stands by itself: most topics have no other. */
  readonly #sleepers = new Map<string, Sleeper | Set<Sleeper>>();
  /** In which those who are woken together go on. */
  readonly turns = new Turns();
  readonly #clock: Clock;
  #shared: Shared | null = null;

  constructor(db: Pick<Database, 'listen' | 'onGap'>, clock: Clock) {
    this.#clock = clock;
    const lookAgain = () => {
      this.#shared = null;
      for (const topic of [...this.#sleepers.keys()]) this.#wake(topic);
    };
    db.listen((text) => {
      if (text === LOOK_AGAIN) return lookAgain();
      this.#shared = null;
      for (const topic of JSON.parse(text) as string[]) this.#wake(topic);
    });
    db.onGap(lookAgain);
  }

  /** Wakes the sleeper whenever one of its topics may have something new, until it is removed. */
  add(sleeper: Sleeper): void {
    for (const topic of sleeper.topics) {
      const already = this.#sleepers.get(topic);
      if (already === undefined) this.#sleepers.set(topic, sleeper);
      else if (already instanceof Set) already.add(sleeper);
      else this.#sleepers.set(topic, new Set([already, sleeper]));
    }
  }

  remove(sleeper: Sleeper): void {
    for (const topic of sleeper.topics) {
      const there = this.#sleepers.get(topic);
      if (there instanceof Set) there.delete(sleeper);
      if (there === sleeper || (there instanceof Set && there.size === 0)) this.#sleepers.delete(topic);
    }
  }

  /** Calls `wake` whenever one of the topics may have something new, until the returned function is called. */
  register(topics: readonly string[], wake: () => void): () => void {
    const sleeper: Sleeper = { topics, wake: () => wake() };
    this.add(sleeper);
    return () => this.remove(sleeper);
  }

  /**
   * What `work` works out about something, once for all who ask for it, until anything at all is announced: a stream
   * with ten thousand readers is read once, and a reader of ten thousand streams is checked once. An announcement comes
   * after its commit, so that nobody is given what is older than what it was woken by. What failed is tried again by the
   * next who asks. Not in a promise where it is there, because each of ten thousand would wait for one.
   */
  share<T>(about: unknown, key: unknown, work: () => Promise<T>): T | Promise<T> {
    this.#shared ??= this.#begin();
    let worked = this.#shared.get(about);
    if (!worked) {
      worked = new Map();
      this.#shared.set(about, worked);
    }
    if (worked.has(key)) return worked.get(key) as T | Promise<T>;
    const result = work();
    worked.set(key, result);
    result.then(
      (value) => worked.set(key, value),
      () => worked.delete(key),
    );
    return result;
  }

  /** How many topics somebody waits for, for the metrics. */
  get size(): number {
    return this.#sleepers.size;
  }

  #begin(): Shared {
    const shared: Shared = new Map();
    this.#clock.at(this.#clock.now() + SHARED_FOR_MS, () => {
      if (this.#shared === shared) this.#shared = null;
    });
    return shared;
  }

  #wake(topic: string): void {
    const sleepers = this.#sleepers.get(topic);
    if (sleepers instanceof Set) for (const sleeper of [...sleepers]) sleeper.wake(topic);
    else sleepers?.wake(topic);
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
