import type { AgentWords, Sentence } from '../../catalogue/catalogue.ts';
import { messageOf } from '../../spoken-error.ts';
import { type Finding, subjectOf } from '../findings.ts';
import { excludedBy } from '../paths.ts';
import type { runTool } from '../run-tool.ts';
import { scanByClamAv } from './clamav.ts';
import type { Quarantine } from './quarantine.ts';
import { type Scanned, type ScanOptions, scanFolders } from './scan.ts';
import type { Threat } from './threats.ts';

export interface ProtectOptions extends Omit<ScanOptions, 'quarantine'> {
  readonly folders: readonly string[];
  /** Where threats are moved to; null: they are only reported. */
  readonly quarantine: Quarantine | null;
  readonly now: Date;
  readonly run?: typeof runTool | undefined;
}

export interface Protected {
  readonly engine: 'ClamAV' | 'known hashes';
  /** Null where the engine does not count. */
  readonly scanned: Scanned | null;
  readonly threats: readonly FoundThreat[];
}

export interface FoundThreat extends Threat {
  /** Its id in quarantine; null where it stayed. */
  readonly quarantined: string | null;
  /** Why it stayed although it should not; null otherwise. */
  readonly failure: Sentence | null;
}

/** Scans folders with ClamAV where it is installed, else by known hashes; moves what it finds where it should. */
export async function protect(options: ProtectOptions): Promise<Protected> {
  const { folders, largestBytes, quarantine, now } = options;
  const threats: FoundThreat[] = [];
  const found = async (threat: Threat & { sha256?: string }): Promise<void> => {
    threats.push({ path: threat.path, name: threat.name, ...(await move(threat, quarantine, now)) });
  };
  const byClamAv = await scanByClamAv(folders, largestBytes, options.run);
  if (byClamAv) {
    const isExcluded = excludedBy([...options.exclude, ...(quarantine ? [quarantine.path] : [])]);
    for (const threat of byClamAv) if (!isExcluded(threat.path)) await found(threat);
    return { engine: 'ClamAV', scanned: null, threats };
  }
  const scanned: Scanned = { files: 0, bytes: 0, tooLarge: 0, unread: 0 };
  const scan = { ...options, quarantine: quarantine?.path ?? null };
  for await (const threat of scanFolders(folders, scan, scanned)) await found(threat);
  return { engine: 'known hashes', scanned, threats };
}

async function move(
  threat: Threat & { sha256?: string },
  quarantine: Quarantine | null,
  now: Date,
): Promise<Pick<FoundThreat, 'quarantined' | 'failure'>> {
  if (!quarantine) return { quarantined: null, failure: null };
  try {
    return { quarantined: (await quarantine.take(threat, now)).id, failure: null };
  } catch (error) {
    return { quarantined: null, failure: (words) => messageOf(error, words) };
  }
}

/** A threat as something that somebody should know. */
export function threatFinding({ path, name, quarantined, failure }: FoundThreat, words: AgentWords): Finding {
  const say = words.findings.protection;
  const left = failure ? say.notMoved(path, name, failure(words)) : say.left(path, name);
  return {
    subject: subjectOf('THREAT', path),
    severity: quarantined ? 'WARNING' : 'CRITICAL',
    kind: 'THREAT',
    message: quarantined ? say.quarantined(path, name) : left,
    measurements: { threat: name, path, ...(quarantined ? { quarantined } : {}) },
  };
}
