import { connect, createServer, type Socket } from 'node:net';

/** A network between a client and a server that can fail. */
export interface Proxy {
  readonly port: number;
  /** Connections that were made through it, all together. */
  readonly connections: number;
  /** Where to; may be changed, such as when a server comes back on another port. */
  target: number;
  /** Breaks every open connection at once. */
  cut(): void;
  /** From now on nothing is carried any more, and nobody is told: as when a cable is pulled. */
  freeze(): void;
  thaw(): void;
  /** Calls back with the number of bytes that have just been carried to the client. */
  onBytes: ((bytes: number) => void) | null;
  close(): Promise<void>;
}

export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let connections = 0;
  const server = createServer((near) => {
    connections += 1;
    const far = connect(proxy.target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        if (frozen) return;
        to.write(data);
        if (from === far) proxy.onBytes?.(data.length);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        if (!frozen) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    port: (server.address() as { port: number }).port,
    get connections() {
      return connections;
    },
    target,
    onBytes: null,
    cut() {
      for (const socket of [...sockets]) socket.destroy();
    },
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
    },
    close() {
      frozen = false;
      proxy.cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
