import { request } from 'node:http';
import { connect } from 'node:net';
import { sessionCookieName } from '../domain/sign-in.ts';
import type { TestApp } from './app.ts';

/** Who asks, and what else the request says. */
export interface Caller {
  readonly bearer?: string;
  /** The secret of a sign-in, sent as its cookie. */
  readonly session?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands beside the document: `extensions` of GraphQL over HTTP. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it, and say with each document what it holds
  readonly data: any;
  readonly errors: readonly WireError[];
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** The codes of the errors, in order. */
  readonly codes: readonly unknown[];
}

export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface HttpApi {
  readonly port: number;
  /** The address of the API. */
  readonly url: string;
  /** Posts one operation, as any client does. */
  post(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<Answer>;
  /** Any request to the API; a body that is no text is sent as JSON. */
  send(init: Omit<RequestInit, 'body'> & { body?: unknown; search?: Record<string, string> }): Promise<Answer>;
  /** A subscription over server-sent events. */
  events(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<EventStream>;
}

/** Starts to listen, and speaks GraphQL over HTTP with it. */
export async function httpApi(app: TestApp): Promise<HttpApi> {
  const port = await app.listen();
  const url = `http://127.0.0.1:${port}/graphql`;
  const headersOf = ({ bearer, session, headers }: Caller): Record<string, string> => ({
    'content-type': 'application/json',
    ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    ...(session ? { cookie: `${sessionCookieName(app.config)}=${session}` } : {}),
    ...headers,
  });
  const send: HttpApi['send'] = async ({ body, search, ...init }) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const address = search ? `${url}?${new URLSearchParams(search)}` : url;
    return answerOf(
      await fetch(address, { ...init, redirect: 'manual', ...(text === undefined ? {} : { body: text }) }),
    );
  };
  return {
    port,
    url,
    send,
    post: (query, variables, caller = {}) =>
      send({ method: 'POST', headers: headersOf(caller), body: { query, variables, extensions: caller.extensions } }),
    events: (query, variables, caller = {}) =>
      openEvents(url, JSON.stringify({ query, variables, extensions: caller.extensions }), {
        ...headersOf(caller),
        accept: 'text/event-stream',
      }),
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {};
  const errors: WireError[] = body.errors ?? [];
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: body.data,
    errors,
    extensions: body.extensions,
    codes: errors.map(({ extensions }) => extensions?.['code']),
  };
}

export interface EventStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The payload of the next event `next`; null where the stream ended, whether with `complete` or without. */
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it, and say with each document what it holds
  next(): Promise<any>;
  /** Whether it ended with `complete`; known after `next` gave null. */
  readonly completed: boolean;
  /** Goes away without a word. */
  cut(): void;
}

function openEvents(url: string, body: string, headers: Record<string, string>): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const req = request(url, { method: 'POST', agent: false, headers: { ...headers, ...length } }, (res) => {
      res.setEncoding('utf8');
      const chunks = res[Symbol.asyncIterator]();
      let text = '';
      const stream = {
        status: res.statusCode ?? 0,
        headers: res.headers,
        completed: false,
        cut: () => req.destroy(),
        async next() {
          for (;;) {
            const end = text.indexOf('\n\n');
            if (end >= 0) {
              const [event, data] = [...text.slice(0, end).matchAll(/^(?:event|data): ?(.*)$/gm)].map((m) => m[1]);
              text = text.slice(end + 2);
              if (event === 'complete') stream.completed = true;
              if (event === 'next') return JSON.parse(data ?? 'null');
              continue;
            }
            const { value, done } = await chunks.next().catch(() => ({ value: '', done: true }));
            if (done) return null;
            text += value;
          }
        },
      };
      resolve(stream);
    });
    req.on('error', reject);
    req.end(body);
  });
}

/** Sends these bytes, as they are, and gives all that comes back until the server ends the connection, or it is enough. */
export function sendRaw(port: number, bytes: string, enough?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      answer += text;
      if (enough && answer.includes(enough)) socket.destroy();
    });
    // A reset after the answer is an end as well.
    socket.on('error', (error) => (answer ? resolve(answer) : reject(error)));
    socket.on('close', () => resolve(answer));
  });
}
