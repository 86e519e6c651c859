import fc from 'fast-check';
import { expect } from 'vitest';
import { databaseEngine } from '../config.ts';
import type { Context } from '../domain/context.ts';
import { Denial } from '../domain/denials.ts';
import { Refusal } from '../domain/refusals.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { type TestApp, testApp } from './app.ts';

/**
 * Generated histories of what people do at once, judged by a model. A history is a list of rounds; what is in one round is
 * done at the same time, from several nodes on PostgreSQL. There has to be an order of the operations of the round in which
 * the model, one operation after the other, gives every answer that was really given, and comes to what is really so.
 *
 * A history that fails is shrunk and printed with its seed and path; docs/contributing.md says how to do it again.
 */
export interface Model<Op, State extends object> {
  readonly operation: fc.Arbitrary<Op>;
  readonly start: State;
  /** What one operation answers – a word of its own, or a refusal’s or denial’s code –, and what is so after it. */
  next(state: State, op: Op, at: Moment<State>): readonly [answer: string, after: State];
}

/** When an operation is done. */
export interface Moment<State> {
  /** From 1 on; between two rounds time passes. */
  readonly round: number;
  /** Its place in the round, for names of its own. */
  readonly index: number;
  /** What was so when the round began: what whoever does it has seen. */
  readonly before: State;
}

/** The real thing that a history is done to. */
export interface Subject<Op, State> {
  /** Gets an operation ready, on a node; doing it answers a word, or is refused or denied. */
  prepare(op: Op, at: Moment<State>, node: TestApp): Promise<() => Promise<string>>;
  /** What is so, of whatever the model tells. Also fails where something is so that must never be. */
  observe(): Promise<Partial<State>>;
}

/** Operations at once: all orders of four are 24, which are soon tried. */
const AT_ONCE = 4;

/** Rounds of one history; longer ones find nothing that these do not, and are shrunk longer. */
const ROUNDS = 6;

/** Time that finding and shrinking may take, so that a file takes less than 20 s (in milliseconds). */
const LONGEST_MS = 12_000;

/** Time that passes between two rounds, in milliseconds: one step of authenticator apps. */
export const ROUND_MS = 30_000;

/** @param begin Makes what the next history is done to. */
export async function expectHistories<Op, State extends object>(
  model: Model<Op, State>,
  begin: (app: TestApp) => Promise<Subject<Op, State>>,
  histories: number,
): Promise<void> {
  const app = await testApp();
  const nodes = databaseEngine() === 'postgres' ? [app, await app.anotherNode()] : [app];
  const round = fc.array(model.operation, { minLength: 1, maxLength: AT_ONCE });
  let done = 0;
  const property = fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: ROUNDS }), async (rounds) => {
    const subject = await begin(app);
    let state = model.start;
    for (const [i, operations] of rounds.entries()) {
      app.clock.advance(ROUND_MS);
      state = await doAtOnce(model, subject, operations, { round: i + 1, before: state, nodes });
    }
    done += 1;
  });
  await fc.assert(property, { numRuns: histories, interruptAfterTimeLimit: LONGEST_MS, ...replayed() });
  expect(done).toBeGreaterThan(0);
}

/** One counterexample again: HISTORY_SEED and HISTORY_PATH, as they were printed. */
function replayed(): { seed?: number; path?: string; endOnFailure?: boolean } {
  const { HISTORY_SEED: seed, HISTORY_PATH: path } = process.env;
  return { ...(seed ? { seed: Number(seed) } : {}), ...(path ? { path, endOnFailure: true } : {}) };
}

async function doAtOnce<Op, State extends object>(
  model: Model<Op, State>,
  subject: Subject<Op, State>,
  operations: readonly Op[],
  { round, before, nodes }: { round: number; before: State; nodes: readonly TestApp[] },
): Promise<State> {
  const ready: (() => Promise<string>)[] = [];
  for (const [index, op] of operations.entries()) {
    const node = nodes[index % nodes.length] as TestApp;
    ready.push(await subject.prepare(op, { round, index, before }, node));
  }
  const answers = await Promise.all(ready.map((perform) => answerOf(perform())));
  const observed = await subject.observe();
  const tried: unknown[] = [];
  for (const order of ordersOf(operations.map((_, index) => index))) {
    let state = before;
    const told = new Map<number, string>();
    for (const index of order) {
      const [answer, after] = model.next(state, operations[index] as Op, { round, index, before });
      told.set(index, answer);
      state = after;
    }
    const expected = operations.map((_, index) => told.get(index));
    const foretold = { answers: expected, observed: seenOf(state, observed) };
    if (canonicalJson(foretold) === canonicalJson({ answers, observed })) return state;
    tried.push(foretold);
  }
  throw new Error(
    `round ${round}: no order of ${JSON.stringify(operations)} explains ${JSON.stringify({ answers, observed })}; ` +
      `the first would be ${JSON.stringify(tried[0])}, before: ${JSON.stringify(before)}`,
  );
}

/** What the model says of what was observed; it may know more than can be seen. */
function seenOf<State extends object>(state: State, observed: Partial<State>): Partial<State> {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name in observed)) as Partial<State>;
}

/** What is neither refused nor denied, but fails, fails the test. */
async function answerOf(operation: Promise<string>): Promise<string> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    if (error instanceof Denial)
      return error.code === 'NOT_FOUND' ? `NOT_FOUND ${error.details['argument']}` : error.code;
    throw error;
  }
}

function* ordersOf(indexes: readonly number[]): Generator<number[]> {
  if (indexes.length === 0) yield [];
  for (const first of indexes) {
    for (const rest of ordersOf(indexes.filter((index) => index !== first))) yield [first, ...rest];
  }
}

/** A caller at one of the nodes. */
export const at = (node: TestApp, { ctx }: { readonly ctx: Context }): Context => ({ ...ctx, ...node.services });
