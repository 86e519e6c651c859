import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { closeAfterTest } from '../testing/resources.ts';
import { openSocket } from '../testing/sockets.ts';
import { nextFrame } from './next-frame.ts';

/** The connection below a socket that ws has opened, and its other end. */
async function connected() {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const opened = new Promise<Duplex>((resolve) => {
    http.on('upgrade', (request, stream, head) => sockets.handleUpgrade(request, stream, head, () => resolve(stream)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closeAfterTest(() => {
    http.close();
  });
  const socket = await openSocket((http.address() as AddressInfo).port);
  return { stream: await opened, socket };
}

/** RFC 6455 writes the length of a frame in one, three and nine bytes, each up to a certain one. */
const AROUND_EACH_LENGTH = [0, 125, 126, 127, 65_535, 65_536, 70_000];

it('API-01 a frame of any length is the message that graphql-transport-ws wants, whatever its id and text are', async () => {
  const { stream, socket } = await connected();
  for (const id of ['1', 'é"\\\n', '名'.repeat(40)]) {
    const besides = Buffer.byteLength(JSON.stringify({ id, type: 'next', payload: { data: '' } }));
    for (const length of AROUND_EACH_LENGTH) {
      for (const fill of ['x', 'é']) {
        const missing = Math.max(0, length - besides) / Buffer.byteLength(fill);
        const payload = { data: fill.repeat(missing) };
        stream.write(nextFrame(id, Buffer.from(JSON.stringify(payload))));
        expect(await socket.next()).toEqual({ id, type: 'next', payload });
      }
    }
  }
});
