import { type Exchange, makeOperation, type Operation, type OperationResult } from '@urql/core';
import type { EventFieldsFragment } from '../../graphql/graphql.ts';
import { isOutdated, OUTDATING, told } from './news.ts';

/** A query or mutation that is on its way. */
interface Asked {
  /** Requests for it that have not been answered. */
  open: number;
  /** What arrived meanwhile: events, and answers to mutations. */
  readonly overtakenBy: OperationResult[];
}

/**
 * Asks a query again where an event arrived while its answer was on its way: that may have been read before what the event
 * tells of had happened, and it would put back what the event has just changed. A mutation is not done again: there, the event
 * is told once more after the answer. Behind the cache, which sees to all that is not on its way.
 */
export const overtaken: Exchange = ({ client, forward }) => {
  const asked = new Map<number, Asked>();

  function begun({ kind, key }: Operation): readonly never[] {
    if (kind === 'teardown') asked.delete(key);
    if (kind !== 'query' && kind !== 'mutation') return [];
    const request = asked.get(key) ?? { open: 0, overtakenBy: [] };
    request.open += 1;
    asked.set(key, request);
    return [];
  }

  /** Returns what is to be told after it once more. */
  function answered(result: OperationResult): readonly OperationResult[] {
    const { kind, key } = result.operation;
    const request = asked.get(key);
    if (request && --request.open <= 0) asked.delete(key);
    if (kind !== 'query') {
      for (const { overtakenBy } of asked.values()) overtakenBy.push(result);
      return kind === 'mutation' ? (request?.overtakenBy.filter((news) => saysElse(result, news)) ?? []) : [];
    }
    if (!request || request.open > 0) return [];
    if (result.data && request.overtakenBy.some((news) => mayLack(result, news))) {
      const { operation } = result;
      client.reexecuteOperation(
        makeOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }),
      );
    }
    return [];
  }

  return (operations) => watched(forward(watched(operations, begun)), answered);
};

/** Whether an answer holds a list or an object that has changed, as the news say. */
function mayLack({ operation, data }: OperationResult, news: OperationResult): boolean {
  const [[field, value] = ['', null]] = Object.entries((news.data ?? {}) as Record<string, unknown>);
  if (news.operation.kind === 'mutation') return holdsList(operation, OUTDATING[field]);
  if (!value) return false;
  const about = told(value as EventFieldsFragment);
  if (!about || holdsList(operation, about.concept)) return true;
  const changed = new Set([...objectsIn(value)].map(({ id }) => id).concat(about.subject));
  changed.delete(undefined);
  return [...objectsIn(data)].some(({ id }) => changed.has(id));
}

/** Whether an event has it that something in an answer is otherwise. */
function saysElse({ data }: OperationResult, news: OperationResult): boolean {
  if (news.operation.kind !== 'subscription') return false;
  const answer = [...objectsIn(data)];
  return [...objectsIn(news.data)].some(({ id, ...told }) => {
    const same = id === undefined ? undefined : answer.find((object) => object['id'] === id);
    return same !== undefined && Object.keys(told).some((key) => key in same && !isEqual(told[key], same[key]));
  });
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function holdsList({ query, variables }: Operation, concept: string | undefined): boolean {
  if (concept === undefined) return false;
  for (const node of objectsIn(query.definitions)) {
    if (node['kind'] !== 'Field') continue;
    const { name, arguments: given = [] } = node as unknown as FieldNode;
    const args = given.map(({ name, value }) => [name.value, valueIn(value, variables ?? {})] as const);
    if (isOutdated(concept, name.value, Object.fromEntries(args))) return true;
  }
  return false;
}

interface Named {
  readonly name: { readonly value: string };
}
interface FieldNode extends Named {
  readonly arguments?: readonly (Named & { readonly value: ValueNode })[];
}
type ValueNode = Named & { readonly kind: string; readonly value?: unknown };

function valueIn(node: ValueNode, variables: Record<string, unknown>): unknown {
  return node.kind === 'Variable' ? variables[node.name.value] : node.value;
}

/** Every object in a value, however deep. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const part of Object.values(value)) yield* objectsIn(part);
}

type Source<Value> = (sink: (signal: Signal<Value>) => void) => void;
/** As wonka has it, which urql is built on: a source begins by a signal that is tagged 0, and each value is tagged 1. */
type Signal<Value> = 0 | ({ readonly tag: 0 } & [(talkback: 0 | 1) => void]) | ({ readonly tag: 1 } & [Value]);

/** A source of values that tells `see` of each before it goes on, and goes on with those that `see` returns after it. */
function watched<Value>(source: Source<Value>, see: (value: Value) => readonly Value[]): Source<Value> {
  return (sink) =>
    source((signal) => {
      const more = signal !== 0 && signal.tag === 1 ? see(signal[0]) : [];
      sink(signal);
      for (const value of more) sink(Object.assign([value] satisfies [Value], { tag: 1 as const }));
    });
}
