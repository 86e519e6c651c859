import { hardware } from '../assets/hardware.ts';
import { installedPackages } from '../assets/packages.ts';
import type { Engine, EngineHost } from './engine.ts';
import type { AssetPolicy } from './policies.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Takes the inventory and keeps it with the agent. */
export class AssetEngine implements Engine<AssetPolicy> {
  readonly #host: EngineHost;
  #policy: AssetPolicy | null = null;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  async prepare(): Promise<null> {
    return null;
  }

  start(policy: AssetPolicy): void {
    this.apply(policy);
  }

  apply(policy: AssetPolicy): void {
    this.#policy = policy;
  }

  async tick(now: Date): Promise<void> {
    const last = this.#host.memory.get<number>('assets.takenAt') ?? 0;
    if (!this.#policy || now.getTime() - last < this.#policy.scanHours * HOUR_MS) return;
    const { inventories } = this.#policy;
    const machine = inventories.some((inventory) => inventory !== 'SOFTWARE') ? await hardware() : null;
    const software = inventories.includes('SOFTWARE') ? await installedPackages() : null;
    this.#host.memory.set('assets.inventory', { hardware: machine, software });
    this.#host.memory.set('assets.takenAt', now.getTime());
    this.#host.say(`inventory taken${software ? `: ${software.packages.length} packages` : ''}`);
  }
}
