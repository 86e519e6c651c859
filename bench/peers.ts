import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { progress } from './report.ts';

/** What users would take instead; how each is written is told in its file. */
const PEERS = [
  { name: 'Mercurius, JIT and loaders', script: 'bench/peers/mercurius.mjs' },
  { name: 'Apollo Server, DataLoader', script: 'bench/peers/apollo.mjs' },
  { name: 'Yoga, Pothos with its Drizzle plugin', script: 'bench/peers/yoga-pothos.mjs' },
] as const;

interface Peer {
  readonly name: string;
  readonly server: Child;
}

const FOLDER = fileURLToPath(new URL('./peers', import.meta.url));

/**
 * Starts the peers on the same database file, as in production; installs them first where they are not there. None where
 * that cannot be: without a network, everything else is measured all the same.
 */
export async function startPeers(sqliteFile: string): Promise<Peer[]> {
  if (!arePeersInstalled()) return [];
  const peers: Peer[] = [];
  for (const { name, script } of PEERS) {
    peers.push({ name, server: await startChild(script, { SQLITE_FILE: sqliteFile, NODE_ENV: 'production' }) });
  }
  return peers;
}

/**
 * Starts the peer for subscriptions; null where the peers cannot be installed. It needs no database, but for invitations
 * what it writes of each.
 */
export async function startEventPeer(env: Readonly<Record<string, string>> = {}): Promise<Peer | null> {
  if (!arePeersInstalled()) return null;
  const server = await startChild('bench/peers/mercurius-events.mjs', { ...env, NODE_ENV: 'production' });
  return { name: 'Mercurius, its pub/sub', server };
}

function arePeersInstalled(): boolean {
  if (existsSync(`${FOLDER}/node_modules`)) return true;
  progress('installing the peers');
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: 'ignore' });
    return true;
  } catch {
    console.log('The peers could not be installed (npm ci in bench/peers): measured without them.');
    return false;
  }
}
