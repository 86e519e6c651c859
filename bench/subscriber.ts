import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** How a subscriber opens: nothing but the handshake, or graphql-transport-ws with one subscription. */
export interface Opening {
  readonly path: string;
  /** Null: a bare socket, which says nothing. */
  readonly graphql: { readonly init: object; readonly subscribe: object; readonly told: 'next' | 'pong' } | null;
}

/** Longest that a subscription may take to begin before the run is given up. */
const PATIENCE_MS = 30_000;

const TEXT_FRAME = 0x81;
/** Sockets are opened from several addresses of this machine: each has some 28,000 ports. */
const LOCAL_ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;

/**
 * A WebSocket client that tells what comes. By hand, and the same for every server: whole clients would take more of the
 * machine than the servers that are measured.
 */
export class Subscriber {
  onEvent: (payload: Buffer) => void = () => {};
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #onText: (text: string) => void = () => {};
  #upgraded = false;
  #quiet = false;

  private constructor(port: number, at: number) {
    const localAddress = LOCAL_ADDRESSES[at % LOCAL_ADDRESSES.length] as string;
    this.#socket = connect({ port, host: '127.0.0.1', localAddress });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#take(chunk));
  }

  /** Resolves when its subscription is there: as an event comes, or as what was sent after it is answered. */
  static open(port: number, at: number, { path, graphql }: Opening): Promise<Subscriber> {
    return new Promise((resolve, reject) => {
      const subscriber = new Subscriber(port, at);
      const socket = subscriber.#socket;
      const late = setTimeout(() => reject(new Error('a subscriber was told nothing')), PATIENCE_MS);
      const opened = () => {
        clearTimeout(late);
        subscriber.#quiet = true;
        resolve(subscriber);
      };
      socket.on('error', reject);
      socket.on('close', () => reject(new Error(`the server closed a socket; it had said: ${subscriber.#received}`)));
      socket.on('connect', () => {
        socket.write(
          `GET /${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
            `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
            `${graphql ? 'Sec-WebSocket-Protocol: graphql-transport-ws\r\n' : ''}\r\n`,
        );
      });
      subscriber.#onText = (text) => {
        if (text === '') {
          if (graphql) subscriber.#send({ type: 'connection_init', payload: graphql.init });
          else opened();
          return;
        }
        const { type } = JSON.parse(text) as { type: string };
        if (type === 'connection_ack' && graphql) {
          subscriber.#send({ id: '1', type: 'subscribe', payload: graphql.subscribe });
          subscriber.#send({ type: 'ping' });
        } else if (type === graphql?.told) opened();
        else if (type !== 'pong') reject(new Error(`unexpected: ${text}`));
      };
    });
  }

  close(): void {
    this.#socket.removeAllListeners('close').destroy();
  }

  #take(chunk: Buffer): void {
    let received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    if (!this.#upgraded) {
      const end = received.indexOf('\r\n\r\n');
      this.#received = received;
      if (end < 0) return;
      if (!received.toString('latin1', 0, 12).includes('101')) return void this.#socket.destroy();
      this.#upgraded = true;
      received = received.subarray(end + 4);
      this.#onText('');
    }
    for (;;) {
      const frame = frameOf(received);
      if (!frame) break;
      received = received.subarray(frame.end);
      if (frame.first === 0x89) this.#write(0x8a, frame.payload);
      else if (frame.first !== TEXT_FRAME) continue;
      else if (this.#quiet) this.onEvent(frame.payload);
      else this.#onText(frame.payload.toString());
    }
    this.#received = received;
  }

  #send(message: object): void {
    this.#write(TEXT_FRAME, Buffer.from(JSON.stringify(message)));
  }

  /** Masked with zeros, which leaves the bytes as they are. */
  #write(first: number, payload: Buffer): void {
    const long = payload.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = first;
    head[1] = 0x80 | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }
}

/** The first frame that is there as a whole; servers mask nothing. */
function frameOf(bytes: Buffer): { first: number; payload: Buffer; end: number } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] as number) & 0x7f;
  if (short === 127) throw new Error('a frame of more than 64 KiB');
  const start = short === 126 ? 4 : 2;
  if (bytes.length < start) return null;
  const end = start + (short === 126 ? bytes.readUInt16BE(2) : short);
  if (bytes.length < end) return null;
  return { first: bytes[0] as number, payload: bytes.subarray(start, end), end };
}
