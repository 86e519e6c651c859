import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One delivery in so many is answered 500, so that it is tried again. */
const FAILS_ONE_IN = 20;

export interface Receiver {
  readonly url: string;
  readonly delivered: () => number;
  close(): void;
}

/** Takes what webhooks deliver, most of the time. */
export async function startReceiver(): Promise<Receiver> {
  let count = 0;
  const server = createServer((req, res) => {
    count += 1;
    req.resume().once('end', () => res.writeHead(count % FAILS_ONE_IN === 0 ? 500 : 204).end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    delivered: () => count,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
