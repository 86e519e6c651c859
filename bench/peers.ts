import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { progress } from './report.ts';

/** What users would take instead; how each is written is told in its file. */
const PEERS = [
  { name: 'Mercurius, JIT and loaders', script: 'bench/peers/mercurius.mjs' },
  { name: 'Apollo Server, DataLoader', script: 'bench/peers/apollo.mjs' },
] as const;

const FOLDER = fileURLToPath(new URL('./peers', import.meta.url));

/**
 * Starts the peers on the same database file, as in production; installs them first where they are not there. None where
 * that cannot be: without a network, everything else is measured all the same.
 */
export async function startPeers(sqliteFile: string): Promise<{ name: string; server: Child }[]> {
  if (!existsSync(`${FOLDER}/node_modules`)) {
    progress('installing the peers');
    try {
      execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: 'ignore' });
    } catch {
      console.log('The peers could not be installed (npm ci in bench/peers): measured without them.');
      return [];
    }
  }
  const peers: { name: string; server: Child }[] = [];
  for (const { name, script } of PEERS) {
    peers.push({ name, server: await startChild(script, { SQLITE_FILE: sqliteFile, NODE_ENV: 'production' }) });
  }
  return peers;
}
