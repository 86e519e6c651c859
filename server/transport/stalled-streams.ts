import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { isIPv4, type Socket } from 'node:net';
import type { Meters } from '../domain/meters.ts';

/**
 * Event streams say nothing that a client would have to answer, so that a network that is gone goes unseen until TCP gives
 * up (15 min on Linux), and holds one of its principal's places all that time. What the client has not taken shows it:
 * what was written (a comment every 12 s, where nothing happens) and waits, in this process or unacknowledged in the
 * system's buffers, is looked at every so often; where nothing more of it was taken from one look to the next but one,
 * the connection is cut, and a client that lives comes back to resume.
 */

/** Looks at which a stream may stand still before it is cut. */
const LOOKS = 2;

/** The system's tables of connections; there are none but on Linux, where it alone tells what is unacknowledged. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'] as const;

/** Of an established connection with unacknowledged bytes: both addresses, and how many. */
const WAITING_LINE = /^ *\d+: ([0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]+:[0-9A-F]{4}) 01 (?!00000000)([0-9A-F]{8}):/gm;

/** How far a client has come, and at how many looks it has stood there. */
interface Standing {
  readonly taken: number;
  readonly looks: number;
}

export interface StalledStreams {
  /** Looks at all streams once; resolves when those that stand still are cut. */
  look(): Promise<void>;
  stop(): void;
}

/** Watches the event streams among the responses that run, until it is stopped. */
export function watchStreams(
  running: ReadonlySet<ServerResponse>,
  everyMs: number,
  meters: Pick<Meters, 'slowReaders'>,
): StalledStreams {
  const standing = new WeakMap<Socket, Standing>();
  let looking = false;

  async function look(): Promise<void> {
    const sockets = [...running].flatMap((res) => (isEventStream(res) && res.socket ? [res.socket] : []));
    if (looking || sockets.length === 0) return;
    looking = true;
    const unacknowledged = await readUnacknowledged();
    for (const socket of sockets) {
      const waiting = (unacknowledged.get(connectionKey(socket)) ?? 0) + socket.writableLength;
      const taken = socket.bytesWritten - waiting;
      const before = standing.get(socket);
      const looks = waiting > 0 && before?.taken === taken ? before.looks + 1 : 0;
      standing.set(socket, { taken, looks });
      if (looks < LOOKS || socket.destroyed) continue;
      meters.slowReaders.of('sse').add();
      // A reset, so that the system lets go of what waits, too.
      socket.resetAndDestroy();
    }
    looking = false;
  }

  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}

export function isEventStream(res: ServerResponse): boolean {
  return String(res.getHeader('content-type')).startsWith('text/event-stream');
}

/** Unacknowledged bytes by connection, of those that have any. */
async function readUnacknowledged(): Promise<Map<string, number>> {
  const tables = await Promise.all(TABLES.map((path) => readFile(path, 'latin1').catch(() => '')));
  return unacknowledgedOf(tables.join('\n'));
}

/** Reads tables as Linux writes them (proc_pid_net(5)): addresses as 32-bit words in the machine's own order, in hex. */
export function unacknowledgedOf(tables: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [, local = '', remote = '', bytes = ''] of tables.matchAll(WAITING_LINE)) {
    found.set(`${local} ${remote}`, Number.parseInt(bytes, 16));
  }
  return found;
}

/** A connection as the tables name it. */
export function connectionKey({ localAddress, localPort, remoteAddress, remotePort }: ConnectionEnds): string {
  return `${endInTable(localAddress, localPort)} ${endInTable(remoteAddress, remotePort)}`;
}

type ConnectionEnds = Pick<Socket, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort'>;

function endInTable(address = '', port = 0): string {
  return `${words(bytesOf(address))}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Each four bytes back to front: the tables of little-endian machines, which all that Node runs on are but s390x. */
function words(bytes: Buffer): string {
  return Buffer.from(bytes).swap32().toString('hex').toUpperCase();
}

/** The bytes of an address: 4, or 16 for IPv6, IPv4 within it (`::ffff:192.0.2.1`) among it. */
function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [plain = ''] = address.split('%');
  const v4 = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const text = v4
    ? `${v4[1]}${bytesOf(v4[2] ?? '')
        .toString('hex')
        .replace(/(....)(....)/, '$1:$2')}`
    : plain;
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const all = [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
