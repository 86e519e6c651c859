import type { Child } from './child.ts';
import { Connection } from './connection.ts';
import { percentile } from './statistics.ts';

/** As many as a small company's dashboards and agents keep busy; performance.md measured with as many. */
const CONNECTIONS = 32;

export interface LoadRound {
  readonly perSecond: number;
  /** Of the server's process, all its threads. */
  readonly cpuPerRequest: number;
  readonly p50: number;
  readonly p99: number;
}

/** A request, and the bytes of the only right answer. */
export interface Exchange {
  readonly request: Buffer;
  readonly expected: Buffer;
}

/**
 * Sends the requests one after another, over and over, on all connections, each after its last answer, for so long.
 * @throws Error unless every single answer is 200 with exactly these bytes: never faster by answering something else.
 */
export async function loadRound(server: Child, exchanges: readonly Exchange[], forMs: number): Promise<LoadRound> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(server.port)));
  const latencies: number[] = [];
  let next = 0;
  const before = await server.usage();
  const start = performance.now();
  const end = start + forMs;
  try {
    await Promise.all(
      connections.map(async (connection) => {
        for (let now = performance.now(); now < end; ) {
          const { request, expected } = exchanges[next++ % exchanges.length] as Exchange;
          const { status, body } = await connection.send(request);
          if (status !== 200 || !body.equals(expected)) {
            throw new Error(`the answer is another one: ${status} ${body.toString('utf8', 0, 500)}`);
          }
          const answered = performance.now();
          latencies.push(answered - now);
          now = answered;
        }
      }),
    );
    const took = performance.now() - start;
    const after = await server.usage();
    return {
      perSecond: (latencies.length / took) * 1000,
      cpuPerRequest: (after.cpuMicroseconds - before.cpuMicroseconds) / latencies.length,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
    };
  } finally {
    for (const connection of connections) connection.close();
  }
}
