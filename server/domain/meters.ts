import { Counter, Counters, Histogram } from '../lib/prometheus.ts';

/** Bounds of durations, in seconds: from a query out of memory to REQUEST_TIMEOUT_S. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Bounds of the number of transactions in one commit: up to as many as SQLite's writer takes together. */
const GROUPED = [1, 2, 4, 8, 16, 32, 64];

/** What this process has counted since it started; /metrics tells it. Labels have closed lists of values. */
export function createMeters() {
  return {
    /** Operations by type, `none` where it came to none, and `ok` or the code of the first error. */
    operations: new Counters('type', 'outcome'),
    /** From being let in to being answered. */
    querySeconds: new Histogram(SECONDS),
    mutationSeconds: new Histogram(SECONDS),
    /** By class: 2xx, 3xx, 4xx, 5xx. */
    httpResponses: new Counters('status'),
    /** Refusals that a person was answered with, by code. */
    refusals: new Counters('code'),
    /** Events that were committed by this node, by what they are about and what happened to it. */
    events: new Counters('concept', 'change'),
    /** Streams that are followed at present. */
    subscriptions: new Counter(),
    /** Readers that were sent away, by transport. */
    slowReaders: new Counters('transport'),
    socketCloses: new Counters('code'),
    refusedConnections: new Counter(),
    commits: new Histogram(GROUPED),
    commitSeconds: new Histogram(SECONDS),
    slowWrites: new Counter(),
    /** Connections to PostgreSQL that broke, and how often the listening one was opened anew. */
    lostConnections: new Counter(),
    listenerReconnects: new Counter(),
    mails: new Counters('outcome'),
    webhookDeliveries: new Counters('outcome'),
  } as const;
}

export type Meters = ReturnType<typeof createMeters>;

/** What waits to be delivered: how much, at most `BACKLOG_COUNTED`, and since when, in ms since 1970; null for none. */
export interface Backlog {
  readonly waiting: number;
  readonly oldestAt: number | null;
}

/** A backlog is counted by an index as far as here: whoever asks for metrics never makes the server read a whole table. */
export const BACKLOG_COUNTED = 1_000;

export function backlogOf(waiting: readonly { readonly at: number }[]): Backlog {
  const oldestAt = waiting.reduce<number | null>((oldest, { at }) => Math.min(oldest ?? at, at), null);
  return { waiting: waiting.length, oldestAt };
}
