import { complaintOf, runTool } from '../run-tool.ts';
import type { Threat } from './threats.ts';

/** Longest that ClamAV may take, in ms: it reads its signatures for half a minute before it begins. */
const SCANNING_MS = 6 * 60 * 60_000;

/**
 * Scans folders by ClamAV.
 * @returns null where it is not installed.
 * @throws ToolError where it fails.
 */
export async function scanByClamAv(
  folders: readonly string[],
  largestBytes: number,
  run: typeof runTool = runTool,
): Promise<Threat[] | null> {
  const options = ['--recursive', '--infected', '--no-summary', '--stdout', `--max-filesize=${largestBytes}`];
  // A folder cannot be taken for an option behind these.
  const result = await run('clamscan', [...options, '--', ...folders], { timeoutMs: SCANNING_MS });
  if (!result) return null;
  // 0: nothing; 1: threats; 2: some files could not be read, or worse.
  const threats = parseClamScan(result.stdout);
  if (result.code !== 0 && threats.length === 0) throw complaintOf('clamscan', result);
  return threats;
}

/** `/path/to/file: Win.Test.EICAR_HDB-1 FOUND` */
export function parseClamScan(output: string): Threat[] {
  return output.split('\n').flatMap((line) => {
    const [, path, name] = /^(.+): (\S+) FOUND$/.exec(line) ?? [];
    return path !== undefined && name !== undefined ? [{ path, name }] : [];
  });
}
