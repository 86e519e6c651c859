import { WebSocket } from 'ws';
import { streamOf } from '../server/domain/event-log.ts';
import { encodeCursor } from '../server/domain/event-stream.ts';
import type { Example } from './example.ts';

type Message = { type: string; payload?: { data?: { deviceEvents: DeviceEvent } | null; errors?: unknown } };

/** What the benchmarks ask of an event. */
export interface DeviceEvent {
  readonly change?: string;
  readonly deviceChange?: string;
  readonly invitation?: { readonly id: string } | null;
}

/** What an agent shows of an invitation that comes in. */
const INBOX = `subscription Inbox($after: Cursor!) {
  deviceEvents(after: $after) {
    cursor
    occurredAt
    ... on InvitationEvent {
      change
      revision
      permissions
      invitation { id status expiresAt inviter { address alias } }
    }
    ... on DeviceEvent {
      deviceChange: change
    }
  }
}`;

/**
 * One device that listens to its own stream over graphql-transport-ws. By hand, because a thousand whole clients would
 * take more of the machine than the server.
 */
export class InboxSocket {
  onEvent: (event: DeviceEvent) => void = () => {};
  onFailure: (error: Error) => void = () => {};
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Resolves once events come: it asks for all of the past, which ends with the device's coming online by this. */
  static open(port: number, { id, credential }: Example['devices'][number]): Promise<InboxSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    const inbox = new InboxSocket(socket);
    const send = (message: object) => socket.send(JSON.stringify(message));
    return new Promise((resolve, reject) => {
      inbox.onFailure = reject;
      socket.on('error', (error) => inbox.onFailure(error));
      socket.on('close', (code, reason) => inbox.onFailure(new Error(`the socket was closed: ${code} ${reason}`)));
      socket.on('open', () => {
        send({ type: 'connection_init', payload: { authorization: `Bearer ${credential}` } });
      });
      socket.on('message', (bytes: Buffer) => {
        const message = JSON.parse(bytes.toString()) as Message;
        if (message.type === 'connection_ack') {
          const variables = { after: encodeCursor(streamOf.device(id), 0) };
          send({ type: 'subscribe', id: '1', payload: { query: INBOX, variables } });
        } else if (message.type === 'ping') {
          send({ type: 'pong' });
        } else if (message.type === 'next' && message.payload?.data) {
          const event = message.payload.data.deviceEvents;
          if (event.deviceChange === 'ONLINE') resolve(inbox);
          inbox.onEvent(event);
        } else {
          inbox.onFailure(new Error(`unexpected: ${bytes}`));
        }
      });
    });
  }

  close(): void {
    this.onFailure = () => {};
    this.#socket.terminate();
  }
}
