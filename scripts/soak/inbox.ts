import { WebSocket } from 'ws';

const EVENTS = `subscription ($after: Cursor) {
  deviceEvents(after: $after) { cursor ... on InvitationEvent { invitationChange: change invitation { id } } }
}`;

/** Longest that one that was cut stays away, in ms. */
const AWAY_MS = 1_000;

/**
 * A device that is online: one socket with its inbox, opened again after the last cursor whenever it ends, so that
 * nothing is missed.
 */
export class Inbox {
  readonly #port: number;
  readonly #credential: string;
  #socket: WebSocket | null = null;
  #cursor: string | null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  /** Ids of invitations that it heard of. */
  readonly heard = new Set<string>();
  connections = 0;

  /** @param cursor Where the stream stands before anything is sent to it. */
  constructor(port: number, credential: string, cursor: string) {
    this.#port = port;
    this.#credential = credential;
    this.#cursor = cursor;
    this.#connect();
  }

  /** Ends the connection with a word or, as a network that is gone, without one. */
  drop(politely: boolean): void {
    if (politely) this.#socket?.close(1000);
    else this.#socket?.terminate();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  #connect(): void {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/graphql`, 'graphql-transport-ws');
    this.#socket = socket;
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on('open', () => {
      this.connections += 1;
      send({ type: 'connection_init', payload: { authorization: `Bearer ${this.#credential}` } });
    });
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'ping') send({ type: 'pong' });
      const after = this.#cursor;
      if (type === 'connection_ack')
        send({ type: 'subscribe', id: '1', payload: { query: EVENTS, variables: { after } } });
      if (type === 'next') this.#hear(payload.data.deviceEvents);
    });
    // Its end is what counts: it is opened again then.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!this.#closed) this.#timer = setTimeout(() => this.#connect(), Math.random() * AWAY_MS);
    });
  }

  #hear(event: { cursor: string; invitationChange?: string; invitation?: { id: string } | null }): void {
    this.#cursor = event.cursor;
    if (event.invitationChange === 'CREATED' && event.invitation) this.heard.add(event.invitation.id);
  }
}
