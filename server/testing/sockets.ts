import type { Socket } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import type { TestApp } from './app.ts';
import type { WireError } from './http.ts';
import { closeAfterTest } from './resources.ts';

/** A message of graphql-transport-ws, as the server sends it. */
export interface SocketMessage {
  readonly type: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it, and say with each document what it holds
  readonly payload?: any;
}

export interface SocketAnswer {
  readonly data?: unknown;
  readonly errors?: WireError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface SocketClose {
  readonly code: number;
  readonly reason: string;
}

export interface SocketOptions extends ClientOptions {
  readonly protocol?: string;
  readonly path?: string;
}

export interface TestSocket {
  /** The next message that was not taken yet, however long ago it came. Fails where the socket closes before one. */
  next(): Promise<SocketMessage>;
  /** The next message of one operation; those of others stay where they are. */
  nextOf(id: string): Promise<SocketMessage>;
  send(message: object | string | Buffer): void;
  /** Says who it is, and waits for the acknowledgement. */
  init(payload?: Record<string, unknown>): Promise<void>;
  subscribe(id: string, query: string, variables?: Record<string, unknown>, extensions?: object): void;
  /** One query or mutation: what it answers. */
  ask(query: string, variables?: Record<string, unknown>, extensions?: object): Promise<SocketAnswer>;
  /** How it was closed, when it is. */
  readonly closed: Promise<SocketClose>;
  /** Ends the TCP connection at once, with no close frame: a reset, as by a network that is gone. */
  cut(): void;
  /** Reads nothing any more, so that the server's buffers fill; until `resume`. */
  pause(): void;
  resume(): void;
  readonly raw: WebSocket;
}

/** Opens a socket to the API, and waits for the handshake. Rejects with the status where it is refused. */
export function openSocket(port: number, { protocol, path, ...options }: SocketOptions = {}): Promise<TestSocket> {
  const raw = new WebSocket(`ws://127.0.0.1:${port}${path ?? '/graphql'}`, protocol ?? 'graphql-transport-ws', options);
  const messages: SocketMessage[] = [];
  let arrived: (() => void) | null = null;
  let asked = 0;
  raw.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    arrived?.();
  });
  const closed = new Promise<SocketClose>((resolve) => {
    raw.on('close', (code, reason) => {
      resolve({ code, reason: String(reason) });
      arrived?.();
    });
  });
  const take = async (fits: (message: SocketMessage) => boolean): Promise<SocketMessage> => {
    for (;;) {
      const at = messages.findIndex(fits);
      const [message] = at < 0 ? [] : messages.splice(at, 1);
      if (message) return message;
      if (raw.readyState === WebSocket.CLOSED) {
        const { code, reason } = await closed;
        throw new Error(`the socket was closed: ${code} ${reason}`);
      }
      await new Promise<void>((resolve) => {
        const before = arrived;
        arrived = () => {
          before?.();
          resolve();
        };
      });
    }
  };
  const socket: TestSocket = {
    raw,
    closed,
    next: () => take(() => true),
    nextOf: (id) => take((message) => message.id === id),
    send: (message) =>
      raw.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    async init(payload) {
      socket.send({ type: 'connection_init', ...(payload ? { payload } : {}) });
      const message = await take(({ type }) => type !== 'ping');
      if (message.type !== 'connection_ack') throw new Error(`not acknowledged: ${JSON.stringify(message)}`);
    },
    subscribe: (id, query, variables, extensions) =>
      socket.send({ id, type: 'subscribe', payload: { query, variables, extensions } }),
    async ask(query, variables, extensions) {
      asked += 1;
      const id = `ask-${asked}`;
      socket.subscribe(id, query, variables, extensions);
      const answer = await socket.nextOf(id);
      if (answer.type === 'next') await socket.nextOf(id);
      return answer.type === 'error' ? { errors: answer.payload } : answer.payload;
    },
    cut: () => tcpOf(raw).resetAndDestroy(),
    pause: () => raw.pause(),
    resume: () => raw.resume(),
  };
  closeAfterTest(() => raw.terminate());
  return new Promise((resolve, reject) => {
    raw.on('open', () => resolve(socket));
    raw.on('error', reject);
  });
}

/** The TCP socket below; ws does not show it. */
function tcpOf(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}

/** Opens a socket as this caller. */
export async function socketOf(port: number, credential: string, options?: SocketOptions): Promise<TestSocket> {
  const socket = await openSocket(port, options);
  await socket.init({ authorization: `Bearer ${credential}` });
  return socket;
}

export interface Followers {
  /** Resolves when so many have come; they have not necessarily read yet where their streams stand. */
  came(count: number): Promise<void>;
  /** Resolves when all who came have gone. */
  gone(): Promise<void>;
}

/** The topics that are streams of events; the server's own jobs wait for others. */
const STREAM = /^(account|company|device|session):/;

/** Watches who follows streams from here on, so that a test need not look again and again. */
export function watchFollowers(app: TestApp): Followers {
  const { wakeUps } = app.services;
  const [add, remove] = [wakeUps.add.bind(wakeUps), wakeUps.remove.bind(wakeUps)];
  let total = 0;
  const here = new Set<object>();
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of waiting) look();
  };
  wakeUps.add = (sleeper) => {
    add(sleeper);
    if (!STREAM.test(sleeper.topics[0] ?? '')) return;
    total += 1;
    here.add(sleeper);
    tell();
  };
  wakeUps.remove = (sleeper) => {
    remove(sleeper);
    here.delete(sleeper);
    tell();
  };
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { came: (count) => until(() => total >= count), gone: () => until(() => here.size === 0) };
}
