import {
  type AnyVariables,
  type Exchange,
  fetchExchange,
  type OperationResult,
  stringifyDocument,
  subscriptionExchange,
  type TypedDocumentNode,
  Client as UrqlClient,
} from '@urql/core';
import type {
  AccountEventsSubscription,
  AlertEventsSubscription,
  CompanyEventsSubscription,
  DeviceEventsSubscription,
  SessionEventsSubscription,
} from '../graphql/graphql.ts';
import { waitBefore } from './backoff.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { BeckonError, errorFromUrql, isAuthenticationLost, notBeckon } from './errors.ts';
import { EventStream, type EventStreamOptions } from './event-stream.ts';
import {
  AccountCursor,
  AccountEvents,
  AlertCursor,
  AlertEvents,
  CompanyCursor,
  CompanyEvents,
  DeviceCursor,
  DeviceEvents,
  SessionCursor,
  SessionEvents,
} from './operations/events.ts';
import { OWN_MESSAGES } from './own-messages.ts';
import { ServerClock } from './server-clock.ts';

export interface BeckonClientOptions {
  /** The server's address: `https://beckon.example.org` (`/graphql` is added) or the GraphQL address itself. */
  url: string;
  /** An API token or device credential. Without one, a browser's cookie is used. */
  token?: string | undefined;
  /** Language of the messages to people. */
  language?: 'en' | 'fr' | undefined;
  /** Called when the server does not take the sign-in, token or credential (any more). */
  onAuthenticationLost?: ((error: BeckonError) => void) | undefined;
  /** Called whenever the socket of the event streams connects, is lost, waits for its next try. */
  onConnection?: ((state: ConnectionState) => void) | undefined;
  /** A WebSocket for where there is none of its own; browsers and Node ≥ 22 have one. */
  webSocketImpl?: typeof WebSocket | undefined;
  fetch?: typeof fetch | undefined;
  /**
   * urql exchanges in front of the request, such as a cache. Subscriptions to events (`urql.subscription`) go through them
   * too; they resume as the streams below do, and take the cursor to begin after as the variable `after`.
   */
  exchanges?: readonly Exchange[] | undefined;
}

export interface StreamOptions {
  /** Resume after this cursor: of the last event dealt with, or the `eventCursor` of a query. Absent: from now on. */
  after?: string | null | undefined;
  /** Ends the stream. */
  signal?: AbortSignal | undefined;
}

export type DeviceEvent = DeviceEventsSubscription['deviceEvents'];
export type AccountEvent = AccountEventsSubscription['accountEvents'];
export type CompanyEvent = CompanyEventsSubscription['companyEvents'];
export type AlertEvent = AlertEventsSubscription['alertEvents'];
export type SessionEvent = SessionEventsSubscription['sessionEvents'];

export interface BeckonClient {
  /** The urql client itself, for its bindings to React and others. */
  readonly urql: UrqlClient;
  /** What the socket is doing; see `onConnection`. */
  readonly connection: ConnectionState;
  /** Runs a query over HTTP. @throws BeckonError */
  query<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /**
   * Runs a mutation over HTTP. One whose input has an `idempotencyKey` is repeated when the connection is lost, because
   * then it takes effect once all the same. @throws BeckonError
   */
  mutate<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** The inbox of the device whose credential this client has; it is online while the stream is open. */
  deviceEvents(options?: StreamOptions): EventStream<DeviceEvent>;
  /** The inbox of the account that is signed in. */
  accountEvents(options?: StreamOptions): EventStream<AccountEvent>;
  /** What happens in the company of the account that is signed in; alerts come by `alertEvents`. */
  companyEvents(options?: StreamOptions): EventStream<CompanyEvent>;
  /** What happens to the alerts and threats of a company, as far as one's permissions show them. */
  alertEvents(companyId: string, options?: StreamOptions): EventStream<AlertEvent>;
  /** What happens in one support session. */
  sessionEvents(id: string, options?: StreamOptions): EventStream<SessionEvent>;
  /** The server's time now, in ms since 1970, as far as its answers tell: count deadlines down by it. */
  serverNow(): number;
  /** Cuts short the wait before the next try to connect. */
  retryNow(): void;
  /** Ends all streams (with a BeckonError CLOSED) and closes the socket. */
  close(): void;
}

/** How often an idempotent mutation is sent at most, when connections get lost. */
const MOST_SENDINGS = 4;

/** A client of one server, for one principal. Opens nothing before it is used. @throws TypeError for a bad address. */
export function createBeckonClient(options: BeckonClientOptions): BeckonClient {
  const url = graphqlAddress(options.url);
  const clock = new ServerClock();
  const streams = new Set<EventStream<{ cursor: string }>>();
  const authorization = options.token === undefined ? undefined : `Bearer ${options.token}`;
  const headers: Record<string, string> = {
    ...(authorization ? { authorization } : {}),
    ...(options.language ? { 'accept-language': options.language } : {}),
  };

  const send = options.fetch ?? globalThis.fetch;
  const urql = new UrqlClient({
    url,
    exchanges: [
      ...(options.exchanges ?? []),
      subscriptionExchange({ forwardSubscription: ({ query = '', variables = {} }) => eventsOf(query, variables) }),
      fetchExchange,
    ],
    requestPolicy: options.exchanges ? 'cache-first' : 'network-only',
    // Documents and variables hold what does not belong into the logs of proxies, as addresses do.
    preferGetMethod: false,
    fetchOptions: () => ({ headers, credentials: 'include' }),
    fetch: async (input, init) => {
      const sentAt = Date.now();
      const response = await send(input, init);
      clock.answered(sentAt, response.headers.get('date'));
      return response;
    },
  });
  const connection = new Connection({
    url: url.replace(/^http/, 'ws'),
    connectionParams: {
      ...(authorization ? { authorization } : {}),
      ...(options.language ? { acceptLanguage: options.language } : {}),
    },
    webSocketImpl: options.webSocketImpl,
    onState: options.onConnection,
  });
  const retryNow = (): void => connection.retryNow();
  // Browsers say when the network is back.
  globalThis.addEventListener?.('online', retryNow);

  function report(error: BeckonError): BeckonError {
    if (isAuthenticationLost(error)) options.onAuthenticationLost?.(error);
    return error;
  }

  function dataOf<Data>(result: OperationResult<Data>): Data {
    if (result.error) throw report(errorFromUrql(result.error, url));
    if (result.data === undefined || result.data === null) {
      throw notBeckon(url);
    }
    return result.data;
  }

  const client: BeckonClient = {
    urql,
    get connection() {
      return connection.state;
    },
    query: async (document, variables) => dataOf(await urql.query(document, variables)),
    async mutate(document, variables) {
      for (let sending = 1; ; sending++) {
        const result = await urql.mutation(document, variables);
        const error = result.error && errorFromUrql(result.error, url);
        const again = error?.code === 'NETWORK' && hasIdempotencyKey(variables) && sending < MOST_SENDINGS;
        if (!again) return dataOf(result);
        await new Promise((resolve) => setTimeout(resolve, waitBefore(sending)));
      }
    },
    deviceEvents: (streamOptions = {}) =>
      open(DeviceEvents, {}, streamOptions, {
        eventIn: (data: DeviceEventsSubscription | null | undefined) => data?.deviceEvents,
        present: async () => {
          const { viewer } = await client.query(DeviceCursor, {});
          if (viewer.device) return viewer.device.eventCursor;
          throw new BeckonError('FORBIDDEN', OWN_MESSAGES.deviceOnly);
        },
      }),
    accountEvents: (streamOptions = {}) =>
      open(AccountEvents, {}, streamOptions, {
        eventIn: (data: AccountEventsSubscription | null | undefined) => data?.accountEvents,
        present: async () => {
          const { viewer } = await client.query(AccountCursor, {});
          if (viewer.account) return viewer.account.eventCursor;
          throw report(new BeckonError('UNAUTHENTICATED', OWN_MESSAGES.signInFirst));
        },
      }),
    companyEvents: (streamOptions = {}) =>
      open(CompanyEvents, {}, streamOptions, {
        eventIn: (data: CompanyEventsSubscription | null | undefined) => data?.companyEvents,
        present: async () => {
          const { account } = (await client.query(CompanyCursor, {})).viewer;
          if (!account) throw report(new BeckonError('UNAUTHENTICATED', OWN_MESSAGES.signInFirst));
          if (account.company) return account.company.eventCursor;
          throw new BeckonError('FORBIDDEN', OWN_MESSAGES.membersOnly);
        },
      }),
    alertEvents: (companyId, streamOptions = {}) =>
      open(AlertEvents, { companyId }, streamOptions, {
        eventIn: (data: AlertEventsSubscription | null | undefined) => data?.alertEvents,
        present: async () => {
          const { node } = await client.query(AlertCursor, { companyId });
          if (node?.__typename !== 'Company') throw new BeckonError('NOT_FOUND', OWN_MESSAGES.noCompany);
          if (node.alertEventCursor) return node.alertEventCursor;
          throw new BeckonError('FORBIDDEN', OWN_MESSAGES.alertsHidden);
        },
      }),
    sessionEvents: (id, streamOptions = {}) =>
      open(SessionEvents, { id }, streamOptions, {
        eventIn: (data: SessionEventsSubscription | null | undefined) => data?.sessionEvents,
        present: async () => {
          const { node } = await client.query(SessionCursor, { id });
          if (node?.__typename === 'SupportSession') return node.eventCursor;
          throw new BeckonError('NOT_FOUND', OWN_MESSAGES.noSession);
        },
      }),
    serverNow: () => clock.now(),
    retryNow,
    close() {
      globalThis.removeEventListener?.('online', retryNow);
      for (const stream of [...streams]) stream.fail(new BeckonError('CLOSED', OWN_MESSAGES.closed));
      connection.close();
    },
  };

  /** The events of a subscription for urql: resumed like every stream here, each result the one event that it is. */
  function eventsOf(query: string, { after, ...variables }: Record<string, unknown>) {
    return {
      subscribe(sink: { next(result: { data: object }): void; error(error: unknown): void; complete(): void }) {
        // A subscription has one field.
        let field = '';
        const stream = open<{ cursor: string; occurredAt: string }>(
          query,
          variables,
          { after: after as string | null | undefined },
          {
            eventIn: (data: Record<string, never> | null | undefined) => {
              [field = ''] = Object.keys(data ?? {});
              return data?.[field];
            },
            present: () => Promise.reject(new BeckonError('BAD_USER_INPUT', OWN_MESSAGES.cursorMissing)),
          },
        );
        const forward = async (): Promise<void> => {
          for await (const event of stream) sink.next({ data: { [field]: event } });
        };
        forward().then(sink.complete, sink.error);
        return { unsubscribe: () => void stream.return() };
      },
    };
  }

  function open<Event extends { readonly cursor: string; readonly occurredAt: string }>(
    document: TypedDocumentNode<never, never> | Parameters<typeof stringifyDocument>[0],
    variables: Record<string, unknown>,
    { after, signal }: StreamOptions,
    parts: Pick<EventStreamOptions<Event>, 'eventIn' | 'present'>,
  ): EventStream<Event> {
    const stream: EventStream<Event> = new EventStream<Event>({
      ...parts,
      connection,
      query: stringifyDocument(document),
      variables,
      after,
      signal,
      onEvent: (event) => clock.heardOf(event.occurredAt),
      onError: (error) => void report(error),
      onEnd: () => streams.delete(stream as never),
    });
    streams.add(stream as never);
    return stream;
  }

  return client;
}

/** The GraphQL address of a server. @throws TypeError where it is no http(s) address. */
export function graphqlAddress(address: string): string {
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`The server's address has to start with http:// or https://, not ${url.protocol}`);
  }
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/graphql';
  url.hash = '';
  return url.href;
}

function hasIdempotencyKey(variables: unknown): boolean {
  const { input } = (variables ?? {}) as { input?: { idempotencyKey?: unknown } };
  return typeof input?.idempotencyKey === 'string';
}
