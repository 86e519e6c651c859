import { resolvePath } from '../paths.ts';
import { protect, threatFinding } from '../protection/protect.ts';
import { Quarantine } from '../protection/quarantine.ts';
import { type Engine, type EngineHost, Settled } from './engine.ts';
import type { ProtectionPolicy } from './policies.ts';
import { isDue } from './schedule.ts';

const BYTES_A_MEBIBYTE = 1024 * 1024;

export interface ProtectionTools {
  /** Where threats are moved to. */
  readonly quarantine: string;
  /** Names of threats by the SHA-256 of the file. */
  readonly known: ReadonlyMap<string, string>;
  readonly scan: typeof protect;
}

/** Scans at the policy's times, for the first time at once. */
export class ProtectionEngine implements Engine<ProtectionPolicy> {
  readonly #host: EngineHost;
  readonly #tools: ProtectionTools;
  #policy: ProtectionPolicy | null = null;
  #settled: Settled;

  constructor(host: EngineHost, tools: Omit<ProtectionTools, 'scan'> & { scan?: typeof protect }) {
    this.#host = host;
    this.#tools = { scan: protect, ...tools };
    this.#settled = new Settled(host, []);
  }

  async prepare(): Promise<null> {
    return null;
  }

  start(policy: ProtectionPolicy, open: readonly string[]): void {
    this.#settled = new Settled(this.#host, open);
    this.apply(policy);
  }

  apply(policy: ProtectionPolicy): void {
    this.#policy = policy;
  }

  async tick(now: Date): Promise<void> {
    const policy = this.#policy;
    const last = new Date(this.#host.memory.get<number>('protection.scannedAt') ?? 0);
    if (!policy || !isDue(policy.scanWeekdays, policy.scanStart, last, now)) return;
    // Noted first: a scan that ends in an error is not begun anew every second.
    this.#host.memory.set('protection.scannedAt', now.getTime());
    const quarantine = new Quarantine(this.#tools.quarantine);
    const { engine, threats } = await this.#tools.scan({
      folders: policy.folders.map(resolvePath),
      known: this.#tools.known,
      exclude: policy.exclusions,
      largestBytes: policy.largestFileMebibytes * BYTES_A_MEBIBYTE,
      quarantine: policy.onThreat === 'QUARANTINE' ? quarantine : null,
      now,
    });
    await quarantine.purge(policy.quarantineDays, now);
    const { words } = this.#host;
    // Those of the scan before that are not there any more are over.
    this.#settled.settle(threats.map((threat) => threatFinding(threat, words)));
    this.#host.say(words.services.scanned(words.services.scanners[engine], threats.length));
  }
}
