import { databaseEngine } from '../config.ts';
import type { Queries } from './database.ts';
import type { PipelinedConnection } from './pipelined-connection.ts';

/** An event that is to be the next of its stream: its canonical JSON, up to its number and from there on. */
export interface NextEvent {
  readonly stream: string;
  readonly untilNumber: string;
  readonly fromNumber: string;
}

/** Events of one statement: for each, those are looked through for it. */
const MOST_AT_ONCE = 100;

/** `hashAfter` of the domain (event-log.ts), in SQL. */
const hashAfter = (hash: string, number: string) =>
  `translate(encode(sha256(convert_to(${hash} || e'\\n' || until_number || ${number} || from_number, 'UTF8')), 'base64'), '+/=', '-_')`;

const APPEND = `with drafts as materialized (
  select draft ->> 0 as stream, draft ->> 1 as until_number, draft ->> 2 as from_number from jsonb_array_elements($1::jsonb) draft
), heads as (
  insert into streams as head (name, last, hash) select stream, 1, ${hashAfter("''", "'1'")} from drafts
  on conflict (name) do update set last = head.last + 1,
    hash = (select ${hashAfter('head.hash', '(head.last + 1)')} from drafts where stream = excluded.name)
  returning name, last, hash
), numbered as materialized (
  select name, last, hash, (until_number || last || from_number)::jsonb as event from heads join drafts on stream = name
)
insert into events (stream, number, at, concept, change, subject, actor, before, after, request_id, address, hash)
select name, last, (event ->> 'at')::bigint, event ->> 'concept', event ->> 'change', event ->> 'subject', event -> 'actor',
  nullif(event -> 'before', 'null'), nullif(event -> 'after', 'null'), event ->> 'requestId', event ->> 'address', hash
from numbered`;

/** Whether the engine numbers and hashes events by itself, so that nobody waits for the heads of streams. */
export const NUMBERS_EVENTS = databaseEngine() === 'postgres';

/** Appends events to streams, in their order; no two to the same. Only where `NUMBERS_EVENTS`. */
export async function appendNext(q: Queries, next: readonly NextEvent[]): Promise<void> {
  const { $client: connection } = q as unknown as { $client: Pick<PipelinedConnection, 'query'> };
  for (let at = 0; at < next.length; at += MOST_AT_ONCE) {
    const some = next.slice(at, at + MOST_AT_ONCE);
    const values = [
      JSON.stringify(some.map(({ stream, untilNumber, fromNumber }) => [stream, untilNumber, fromNumber])),
    ];
    await connection.query({ text: APPEND, unread: true }, values);
  }
}
