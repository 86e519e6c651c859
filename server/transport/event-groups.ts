import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  executeSubscriptionEvent,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ValidatedSubscriptionArgs,
  validateSubscriptionArgs,
  visit,
} from 'graphql';
import type { EventStream, Followed } from '../domain/event-stream.ts';
import { andThen } from '../lib/and-then.ts';
import type { Context } from '../schema/builder.ts';
import { createLoaders } from '../schema/loaders.ts';
import { type CompiledOperation, compileOperation } from './compiled-operations.ts';
import { presentError, withoutHttp } from './errors.ts';

type Extensions = Readonly<Record<string, unknown>>;

/**
 * Takes one result of a subscription, as JSON: the same bytes for all who share it. Where it gives a promise, the next one
 * comes when that resolves, so that a stream is read no faster than its reader reads.
 */
export type Deliver = (result: Buffer) => void | Promise<void>;

/** What an event comes to. */
interface Told {
  readonly result: Buffer;
  /** For whom alone; null: nothing of it depends on who reads, so it is the same for everybody. */
  readonly reader: string | null;
}

/**
 * Subscriptions whose events are executed once for all who ask the same (docs/decisions/0023): a group is a document, its
 * operation and its variables, and, where anything of the result depends on who reads, the reader. Groups decide who
 * shares a result, never who hears of an event: that is judged by the source of each subscription.
 */
export class EventGroups {
  /** By what they ask beside their document. */
  readonly #groups = new WeakMap<DocumentNode, Map<string, EventGroup>>();

  /**
   * As `subscribe` of graphql-js, with `extensions` in every result, and all errors as clients get them; but what it
   * gives yields nothing: results are delivered, while its end is waited for. Null where the variables do not fit: Yoga says
   * better what is wrong with them.
   */
  async subscribe(
    args: ExecutionArgs,
    extensions: Extensions | null,
    deliver: Deliver,
  ): Promise<EventResults | ExecutionResult | null> {
    const ctx = args.contextValue as Context;
    const validated = validateSubscriptionArgs(args);
    if (!('schema' in validated)) return null;
    const source = await createSourceEventStream(validated);
    if (!(Symbol.asyncIterator in source)) {
      return { errors: (source.errors ?? []).map((error) => presentError(error, ctx)) };
    }
    return new EventResults(source as EventStream, this.#join(validated, extensions), ctx, deliver);
  }

  #join(args: ValidatedSubscriptionArgs, extensions: Extensions | null): EventGroup {
    const { document, operation, rawVariableValues } = args;
    const groups = this.#groups.get(document) ?? new Map<string, EventGroup>();
    this.#groups.set(document, groups);
    const given = rawVariableValues ?? {};
    const deciding = decidingOf(operation, document).filter((name) => Object.hasOwn(given, name));
    const variables = deciding.map((name) => [name, given[name]]);
    const key = JSON.stringify([operation.name?.value, variables, extensions]);
    const group = groups.get(key) ?? new EventGroup(args, extensions, () => groups.delete(key));
    groups.set(key, group);
    group.members += 1;
    return group;
  }
}

/** Those who asked the same. */
class EventGroup {
  members = 0;
  readonly operation: OperationDefinitionNode;
  readonly #args: ValidatedSubscriptionArgs;
  readonly #extensions: Extensions | null;
  readonly #forget: () => void;

  constructor(args: ValidatedSubscriptionArgs, extensions: Extensions | null, forget: () => void) {
    this.operation = args.operation;
    // Of nobody in particular.
    this.#args = { ...args, contextValue: null, rawVariableValues: null };
    this.#extensions = extensions;
    this.#forget = forget;
  }

  /** The result for an event, executed since anything was announced last: rights are those of now, as are objects. */
  tell(event: Followed, ctx: Context): Buffer | Promise<Buffer> {
    const telling = ctx.wakeUps.share(event, this, () => this.#execute(event, ctx));
    return andThen(telling, (told) => {
      const reader = told.reader === null ? null : readerKey(ctx);
      if (told.reader === reader) return told.result;
      const own = ctx.wakeUps.share(told, reader, () => this.#execute(event, ctx));
      return andThen(own, ({ result }) => result);
    });
  }

  leave(): void {
    this.members -= 1;
    if (this.members === 0) this.#forget();
  }

  async #execute(event: Followed, reader: Context): Promise<Told> {
    const { ctx, asked } = watched(reader);
    const values = { rootValue: event, contextValue: ctx };
    const compiled = await compiledOf(this.#args)?.({ ...values, coercedVariables: this.#args.variableValues });
    const { errors, ...told } = compiled ?? (await executeSubscriptionEvent({ ...this.#args, ...values }));
    const result = JSON.stringify({
      ...(errors ? { errors: withoutHttp(errors.map((error) => presentError(error, ctx))) } : {}),
      ...told,
      ...(this.#extensions ? { extensions: this.#extensions } : {}),
    });
    return { result: Buffer.from(result), reader: asked() ? readerKey(reader) : null };
  }
}

/**
 * One subscription, for graphql-ws: its results are delivered here, past its message for each, and what graphql-ws waits for is the end
 * (decision 23). An object with the functions of its class, because ten thousand wait.
 */
export class EventResults implements AsyncIterableIterator<never> {
  readonly #source: EventStream;
  readonly #ctx: Context;
  readonly #group: EventGroup;
  readonly #deliver: Deliver;
  #ended = false;

  constructor(source: EventStream, group: EventGroup, ctx: Context, deliver: Deliver) {
    this.#source = source;
    this.#group = group;
    this.#ctx = ctx;
    this.#deliver = deliver;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Delivers until there is nothing more to deliver. */
  async next(): Promise<IteratorResult<never>> {
    try {
      await this.#source.tellAll((event) => this.#tell(event));
    } catch (error) {
      this.#end();
      const { message } = error as Error;
      const { operation } = this.#group;
      throw presentError(new GraphQLError(message, { nodes: [operation], cause: error as Error }), this.#ctx);
    }
    this.#end();
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<never>> {
    this.#end();
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  #tell(event: Followed): void | Promise<void> {
    const telling = this.#group.tell(event, this.#ctx);
    return telling instanceof Promise ? telling.then((result) => this.#hand(result)) : this.#hand(telling);
  }

  #hand(result: Buffer): void | Promise<void> {
    // Its client may have lost interest while it was executed.
    if (!this.#ended) return this.#deliver(result);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#group.leave();
  }
}

/**
 * A context of its own for one execution, with loaders of its own, that notes whether anybody asks in whose name it is:
 * what nobody asks, nothing depends on.
 */
function watched(reader: Context): { ctx: Context; asked(): boolean } {
  let asked = false;
  const ctx: Context = {
    ...reader,
    loaders: createLoaders(reader),
    get principal() {
      asked = true;
      return reader.principal;
    },
    get request() {
      asked = true;
      return reader.request;
    },
    get reauthenticate() {
      asked = true;
      return reader.reauthenticate;
    },
    get setCookie() {
      asked = true;
      return reader.setCookie;
    },
  };
  return { ctx, asked: () => asked };
}

/** Everything of a reader that can decide what it may see; the same text for its every socket. */
function readerKey({ principal, request: { language, address, userAgent } }: Context): string {
  return JSON.stringify([principal, language, address, userAgent]);
}

const compiledOfOperation = new WeakMap<OperationDefinitionNode, CompiledOperation | null>();

/** What was made of the operation when its first event came; null where it takes the reference executor. */
function compiledOf({ schema, document, operation }: ValidatedSubscriptionArgs): CompiledOperation | null {
  let compiled = compiledOfOperation.get(operation);
  if (compiled === undefined) {
    compiled = compileOperation(schema, document, operation.name?.value ?? null);
    compiledOfOperation.set(operation, compiled);
  }
  return compiled;
}

const decidingOfOperation = new WeakMap<OperationDefinitionNode, readonly string[]>();

/**
 * The variables of an operation that decide what an event comes to: not those that say nothing but where in the stream to begin
 * (`after` of the subscription's field), nor what is sent along and is no variable of it, which may be nested without end.
 */
function decidingOf(operation: OperationDefinitionNode, document: DocumentNode): readonly string[] {
  let deciding = decidingOfOperation.get(operation);
  if (!deciding) {
    const cursors = findCursors(operation, document);
    const declared = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
    deciding = declared.filter((name) => !cursors.has(name));
    decidingOfOperation.set(operation, deciding);
  }
  return deciding;
}

function findCursors(operation: OperationDefinitionNode, document: DocumentNode): ReadonlySet<string> {
  const positions = new Set<unknown>();
  const cursors = new Set<string>();
  for (const field of operation.selectionSet.selections) {
    if (field.kind !== Kind.FIELD) continue;
    for (const { name, value } of field.arguments ?? []) {
      if (name.value !== 'after' || value.kind !== Kind.VARIABLE) continue;
      positions.add(value);
      cursors.add(value.name.value);
    }
  }
  for (const { variable } of operation.variableDefinitions ?? []) positions.add(variable);
  visit(document, {
    Variable(node) {
      if (!positions.has(node)) cursors.delete(node.name.value);
    },
  });
  return cursors;
}
