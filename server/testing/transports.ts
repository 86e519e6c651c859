import type { Caller, HttpApi, WireError } from './http.ts';
import { openSocket } from './sockets.ts';

/** The ways in which an operation can come. */
export const TRANSPORTS = ['HTTP', 'server-sent events', 'WebSocket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export interface Reply {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it, and say with each document what it holds
  readonly data: any;
  readonly errors: readonly WireError[];
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** As said by the headers; null where it says nothing, and over WebSocket, which has none. */
  readonly retryAfter: string | null;
}

export type Ask = (query?: string, variables?: Record<string, unknown>, extensions?: object) => Promise<Reply>;

/** Asks one operation after the other as this caller, all over one transport; over WebSocket on one socket. */
export async function askOver(transport: Transport, api: HttpApi, caller: Caller = {}): Promise<Ask> {
  if (transport === 'WebSocket') return askOverSocket(api, caller);
  return async (query = '{ __typename }', variables = {}, extensions = {}) => {
    const asking = { ...caller, extensions: { ...extensions } };
    if (transport === 'HTTP') {
      const { headers, ...answer } = await api.post(query, variables, asking);
      return { ...answer, retryAfter: headers.get('retry-after') };
    }
    const stream = await api.events(query, variables, asking);
    const { data, errors = [], extensions: told } = (await stream.next()) ?? {};
    stream.cut();
    return { data, errors, extensions: told, retryAfter: stream.headers['retry-after']?.toString() ?? null };
  };
}

async function askOverSocket(api: HttpApi, { bearer, session, headers = {} }: Caller): Promise<Ask> {
  const socket = await openSocket(api.port, {
    headers: { ...headers, ...(session ? { cookie: `beckon=${session}` } : {}) },
  });
  await socket.init(bearer ? { authorization: `Bearer ${bearer}` } : {});
  return async (query = '{ __typename }', variables = {}, extensions = {}) => {
    const { data, errors = [], extensions: told } = await socket.ask(query, variables, extensions);
    return { data, errors, extensions: told, retryAfter: null };
  };
}
