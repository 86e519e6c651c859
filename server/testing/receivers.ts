import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeAfterTest } from './resources.ts';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it
  readonly body: any;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Resolves when so many have come. */
  came(count: number): Promise<void>;
  /** What it answers from now on; null: nothing at all. */
  answer: { readonly status: number; readonly headers?: Record<string, string> } | null;
}

/** A real HTTP server on this machine that keeps what is posted to it. */
export async function receiver(): Promise<Receiver> {
  let arrived = () => {};
  const state: Receiver = {
    url: '',
    received: [],
    answer: { status: 204 },
    async came(count) {
      while (state.received.length < count) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
  const server = createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req.setEncoding('utf8')) text += chunk;
    state.received.push({ headers: req.headers, text, body: JSON.parse(text) });
    arrived();
    if (state.answer) res.writeHead(state.answer.status, state.answer.headers).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closeAfterTest(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  );
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` });
}
