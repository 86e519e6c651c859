import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, makeServer } from 'graphql-ws';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Services } from '../domain/context.ts';
import { newReference } from '../lib/ids.ts';
import { clientAddress, isAllowedOrigin } from './context.ts';
import { orAfter, pathOf } from './http.ts';
import { nextFrame } from './next-frame.ts';
import { OpenConnections } from './open-connections.ts';
import {
  keptOf,
  type Operation,
  type SocketParts,
  type SocketState,
  socketOperations,
  TRY_AGAIN_LATER,
} from './socket-operations.ts';
import { GRAPHQL_PATH } from './yoga.ts';

/** RFC 6455: going away. */
const GOING_AWAY = 1001;
/** OWASP WebSocket sheet: too many messages are a policy violation. */
const POLICY_VIOLATION = 1008;

/** How long a peer may take to answer a close before it is cut (ws would wait 30 s). */
export const CLOSE_TIMEOUT_MS = 2_000;

/** Bytes that wait for what follows in the same turn: of more, a write is no great part of the cost. */
const MOST_HELD_BACK = 16 * 1024;

const MINUTE_MS = 60_000;

/** As graphql-ws says it. */
const INVALID_MESSAGE = 'Invalid message received';

/** graphql-ws 6.4 throws this, with no code, for messages that only servers send. */
const SERVER_ONLY = /^Unexpected message of type/;

/** Hears one message of a socket; resolves when the operation that it begins has ended. */
type Hear = (data: string) => Promise<void>;

export interface SocketServer {
  /** How many are open. */
  sockets(): number;
  /** Hears nothing more, answers what runs within the grace, and closes all with 1001. */
  close(): Promise<void>;
}

/**
 * GraphQL over WebSocket (graphql-transport-ws), on the same path as over HTTP. The protocol is graphql-ws's; this is
 * what stands between it and ws, in place of its `useServer`, which prints what any peer does wrong to the console,
 * and goes on hearing sockets that it has closed.
 */
export function serveWebSocket(http: Server, services: Services, parts: SocketParts): SocketServer {
  const { config, clock, log, meters } = services;
  const graphql = makeServer(socketOperations(services, parts, sendResult));
  // @types/ws 8.18 does not know closeTimeout yet.
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    maxPayload: config.SOCKET_MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
    closeTimeout: CLOSE_TIMEOUT_MS,
    clientTracking: false,
    handleProtocols: (offered) => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  };
  const server = new WebSocketServer(options);
  /** Those that have not said yet who they are. */
  const beforeInit = new OpenConnections(config.SOCKETS_BEFORE_INIT, meters);
  /** Those that are open. */
  const sockets = new Set<SocketState>();
  /** Operations that run, with what resolves when they have ended. */
  const running = new Map<Operation, Promise<void>>();
  /** Those that have a result which is not written yet. */
  let unwritten: SocketState[] = [];
  let closing = false;

  function open(socket: WebSocket, stream: Duplex, request: IncomingMessage, release: () => void): void {
    const state: SocketState = {
      socket,
      stream,
      request: keptOf(request),
      running: [],
      begun: null,
      release,
      silent: false,
      unwritten: null,
      minute: 0,
      messages: 0,
    };
    sockets.add(state);
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(state, data),
        close: (code, reason) => socket.close(code, fitting(reason)),
        onPing: (payload) => pong(state, payload),
        onMessage(hear) {
          socket.on('message', (data, isBinary) => {
            if (!mayHear(state)) return;
            if (isBinary) socket.close(CloseCode.BadRequest, INVALID_MESSAGE);
            else take(state, String(data), hear);
          });
        },
      },
      state,
    );
    socket.on('ping', () => mayHear(state));
    socket.on('pong', () => {
      state.silent = false;
    });
    // A broken frame is the peer's doing: ws closes with the code for it, and nobody needs to know.
    socket.on('error', () => {});
    socket.once('close', (code, reason) => {
      sockets.delete(state);
      meters.socketCloses.of(closeLabel(code)).add();
      closed(code, String(reason)).catch((error: unknown) => failed(socket, error));
    });
  }

  /**
   * Handles a message, but for one that uses the id of an operation again that its client completed and that has not ended:
   * graphql-ws 6.4 knows operations by their ids alone, so that what ends would answer for the new one, and end it for its
   * client, and nothing could end it on our side any more. It waits until then.
   */
  function take(state: SocketState, text: string, hear: Hear): void {
    const { type, id } = state.running.length > 0 ? headOf(text) : NO_HEAD;
    const before = state.running.find((operation) => operation.id === id);
    if (before && type === MessageType.Complete) {
      before.completed = true;
      before.next = null;
    } else if (before?.completed && type === MessageType.Subscribe) {
      if (before.next === null) before.next = text;
      else state.socket.close(CloseCode.SubscriberAlreadyExists, 'Subscriber already exists');
      return;
    }
    handle(state, text, hear);
  }

  function handle(state: SocketState, text: string, hear: Hear): void {
    state.begun = null;
    const heard = hear(text).catch((error: unknown) => {
      if (SERVER_ONLY.test(String((error as Error).message))) {
        state.socket.close(CloseCode.BadRequest, INVALID_MESSAGE);
      } else {
        failed(state.socket, error);
      }
    });
    const begun = state.begun as Operation | null;
    if (!begun) return;
    const ended = heard.then(() => {
      running.delete(begun);
      state.running = state.running.filter((other) => other !== begun);
      if (begun.next !== null && !closing && state.socket.readyState === state.socket.OPEN) {
        handle(state, begun.next, hear);
      }
    });
    running.set(begun, ended);
  }

  function failed(socket: WebSocket, error: unknown): void {
    const reference = newReference();
    log.error({ err: error, reference }, 'a socket failed unexpectedly');
    socket.close(TRY_AGAIN_LATER, `Something went wrong. Reference: ${reference}`);
  }

  /**
   * Says when it is handed to the system, so that a stream is read no faster than its reader reads; mostly that is at once,
   * and then nothing is to be waited for. What follows in the same turn leaves with it, so that an answer and that it was all
   * are one write: 6 to 8 % of what a short operation costs (bench/README.md).
   */
  function send({ socket, stream }: SocketState, data: string): void | Promise<void> {
    if (!mayTell(socket)) return;
    if (stream.writableCorked === 0 && stream.writableLength === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    if (stream.writableCorked > 0) {
      socket.send(data);
      if (stream.writableLength > MOST_HELD_BACK) stream.uncork();
      return;
    }
    let handed: (() => void) | null = null;
    // What cannot be sent has nobody to be sent to any more: the socket's end says so.
    socket.send(data, () => handed?.());
    if (socket.bufferedAmount === 0) return;
    return new Promise((resolve) => {
      handed = resolve;
    });
  }

  /** As graphql-ws would, but for what is nested deeper than it can be written (JSON.parse goes deeper). */
  async function pong(state: SocketState, payload: unknown): Promise<void> {
    let message: string;
    try {
      message = JSON.stringify({ type: MessageType.Pong, payload });
    } catch {
      state.socket.close(CloseCode.BadRequest, INVALID_MESSAGE);
      return;
    }
    await send(state, message);
  }

  /**
   * As `send`, for what ten thousand may be told at once: past ws, whose frames are of two pieces; and what is told in one
   * go is written in one go, because readers that come to an end in between have to be woken again (bench/README.md).
   */
  function sendResult(state: SocketState, id: string, result: Buffer): void | Promise<void> {
    if (state.unwritten) writeResults();
    if (!mayTell(state.socket)) return;
    const frame = nextFrame(id, result);
    if (state.stream.writableLength === 0) {
      if (unwritten.length === 0) queueMicrotask(writeResults);
      unwritten.push(state);
      state.unwritten = frame;
      return;
    }
    return new Promise((resolve) => {
      state.stream.write(frame, () => resolve());
    });
  }

  function writeResults(): void {
    const states = unwritten;
    unwritten = [];
    for (const state of states) {
      const { socket, stream, unwritten: frame } = state;
      state.unwritten = null;
      if (frame && socket.readyState === socket.OPEN) stream.write(frame);
    }
  }

  /** Whether a socket can be told more. A reader that does not read is sent away; it comes back and resumes from its cursor. */
  function mayTell(socket: WebSocket): boolean {
    if (socket.readyState !== socket.OPEN) return false;
    if (socket.bufferedAmount <= config.SOCKET_MAX_BUFFERED_BYTES) return true;
    meters.slowReaders.of('websocket').add();
    socket.close(TRY_AGAIN_LATER, 'reading too slowly');
    return false;
  }

  /** Whether one more message of this socket is to be heard: not after its end, and not too many in a minute. */
  function mayHear(state: SocketState): boolean {
    const { socket } = state;
    if (closing || socket.readyState !== socket.OPEN) return false;
    const minute = Math.floor(clock.now() / MINUTE_MS);
    state.messages = minute === state.minute ? state.messages + 1 : 1;
    state.minute = minute;
    if (state.messages <= config.SOCKET_MESSAGES_PER_MINUTE) return true;
    socket.close(POLICY_VIOLATION, 'too many messages');
    return false;
  }

  const keepAlive = pingAll(sockets, config.SOCKET_PING_S * 1000);

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (pathOf(request) !== GRAPHQL_PATH) return refuse(socket, '404 Not Found');
    if (closing) return refuse(socket, '503 Service Unavailable');
    // Whether a cookie is taken from this origin is judged when it is known that no token comes in its place.
    if (!isAllowedOrigin(services, request, false)) return refuse(socket, '403 Forbidden');
    const release = beforeInit.open({ kind: 'anonymous' }, clientAddress(request, config.TRUST_PROXY));
    if (!release) return refuse(socket, '429 Too Many Requests');
    // Before handleUpgrade returns, or never.
    let isOpen = false;
    // Its listener above would keep the request for as long as the socket, if the function named that here.
    server.handleUpgrade(request, socket, head, (opened, asked) => {
      isOpen = true;
      open(opened, socket, asked, release);
    });
    if (!isOpen) release();
  });

  return {
    sockets: () => sockets.size,
    async close() {
      closing = true;
      const answers = [...running].filter(([{ endless }]) => !endless).map(([, ended]) => ended);
      const graceMs = config.SHUTDOWN_GRACE_S * 1000;
      await orAfter(Promise.all(answers), graceMs);
      const closed = [...sockets].map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
      for (const { socket } of sockets) socket.close(GOING_AWAY, 'the server goes away');
      // A subscription that was just beginning still works on the database, which is closed after us.
      const all = Promise.all([...closed, ...running.values()]);
      await orAfter(all, Math.min(CLOSE_TIMEOUT_MS, graceMs));
      for (const { socket } of sockets) socket.terminate();
      keepAlive.stop();
    },
  };
}

/** What a message is and which operation it is of. */
interface Head {
  readonly type?: unknown;
  readonly id?: unknown;
}

const NO_HEAD: Head = {};

/** As far as the message says so: whether it is one, graphql-ws judges. */
function headOf(text: string): Head {
  try {
    return Object(JSON.parse(text));
  } catch {
    return NO_HEAD;
  }
}

/** Codes that are told apart: those of RFC 6455 that happen, and graphql-transport-ws's. */
const COUNTED_CODES: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1005, 1006, 1008, 1009, 1013, 4400, 4401, 4403, 4408, 4409, 4429,
]);

/** Clients may close with any code: the others are one. */
function closeLabel(code: number): string {
  return COUNTED_CODES.has(code) ? String(code) : 'other';
}

/** A frame holds 123 bytes of reason (RFC 6455), and graphql-ws repeats ids, which clients write. */
function fitting(reason = ''): string {
  return Buffer.byteLength(reason) <= 123 ? reason : '';
}

/**
 * Pings of one round are spread over so many moments. With ten thousand sockets that is 20 at a time: a quarter of a
 * millisecond, and as much for their answers, which is less than what anybody notices.
 */
const MOMENTS = 500;

/** Pings all sockets every so often, and drops those that have not answered by the next time, until it is stopped. */
function pingAll(sockets: ReadonlySet<SocketState>, everyMs: number): { stop(): void } {
  let round: SocketState[] = [];
  let began = performance.now();
  let looked = 0;
  const look = (state: SocketState) => {
    if (state.silent) {
      state.socket.terminate();
    } else if (state.socket.readyState === state.socket.OPEN) {
      state.silent = true;
      state.socket.ping();
    }
  };
  const timer = setInterval(() => {
    // By the clock: timers are late, by a millisecond or by what held up the process.
    const share = (performance.now() - began) / everyMs;
    const due = Math.ceil(round.length * Math.min(share, 1));
    for (const state of round.slice(looked, due)) look(state);
    looked = due;
    if (share < 1) return;
    round = [...sockets];
    began = performance.now();
    looked = 0;
  }, everyMs / MOMENTS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Ends a handshake with nothing but a status; a peer that does not hang up is cut. */
function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
