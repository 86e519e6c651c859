/** A process that holds thousands of subscribers of one server, told by messages of its parent (`Crowd`) what to do. */
import { Connection } from './connection.ts';
import { type Opening, Subscriber } from './subscriber.ts';

export type Ask =
  | { readonly ask: 'open'; readonly port: number; readonly openings: readonly Opening[] }
  /** Sends a request, and waits until each subscriber has been told of something. */
  | { readonly ask: 'toAll'; readonly port: number; readonly request: string };

export interface Told {
  readonly milliseconds: number;
  readonly failure?: string;
}

/** Sockets that are being opened at a time. */
const OPENING = 25;
/** Longest that an event may take to reach everybody before the run is given up. */
const PATIENCE_MS = 30_000;

const subscribers: Subscriber[] = [];

async function open(port: number, openings: readonly Opening[]): Promise<void> {
  for (let at = 0; at < openings.length; at += OPENING) {
    const some = openings.slice(at, at + OPENING);
    subscribers.push(...(await Promise.all(some.map((opening, i) => Subscriber.open(port, at + i, opening)))));
  }
}

async function toAll(port: number, request: string): Promise<number> {
  const connection = await Connection.open(port);
  const start = performance.now();
  const arrived = new Promise<number>((resolve, reject) => {
    let missing = subscribers.length;
    const late = setTimeout(() => reject(new Error(`${missing} were not told`)), PATIENCE_MS);
    for (const subscriber of subscribers) {
      subscriber.onEvent = () => {
        subscriber.onEvent = () => {};
        missing -= 1;
        if (missing > 0) return;
        clearTimeout(late);
        resolve(performance.now());
      };
    }
  });
  const answer = connection.send(Buffer.from(request, 'latin1'));
  const end = await arrived;
  const { status } = await answer;
  connection.close();
  if (status !== 200) throw new Error(`answered with ${status}`);
  return end - start;
}

process.on('message', async (asked: Ask) => {
  try {
    const start = performance.now();
    if (asked.ask === 'open') await open(asked.port, asked.openings);
    const milliseconds = asked.ask === 'toAll' ? await toAll(asked.port, asked.request) : performance.now() - start;
    process.send?.({ milliseconds } satisfies Told);
  } catch (error) {
    process.send?.({ milliseconds: Number.NaN, failure: String(error) } satisfies Told);
  }
});
process.on('disconnect', () => process.exit());
