import { hardware } from '../assets/hardware.ts';
import { installedPackages } from '../assets/packages.ts';
import type { Engine, EngineHost } from './engine.ts';
import type { AssetPolicy } from './policies.ts';
import type { InventoryReport, ServicePort } from './port.ts';

const HOUR_MS = 60 * 60 * 1000;

type AssetPort = Pick<ServicePort, 'reportInventory'>;

/** Takes the inventory, keeps it with the agent, and sends it to the server. */
export class AssetEngine implements Engine<AssetPolicy> {
  readonly #host: EngineHost;
  readonly #port: AssetPort;
  #policy: AssetPolicy | null = null;

  constructor(host: EngineHost, port: AssetPort) {
    this.#host = host;
    this.#port = port;
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
    await this.#report();
    const last = this.#host.memory.get<number>('assets.takenAt') ?? 0;
    if (!this.#policy || now.getTime() - last < this.#policy.scanHours * HOUR_MS) return;
    const { inventories } = this.#policy;
    const machine = inventories.some((inventory) => inventory !== 'SOFTWARE') ? await hardware() : null;
    const networks = inventories.includes('NETWORK') ? (machine?.networks ?? []) : [];
    const software = inventories.includes('SOFTWARE') ? await installedPackages() : null;
    const report: InventoryReport = {
      takenAt: now.toISOString(),
      hardware: machine && { ...machine, networks },
      software,
    };
    this.#host.memory.set('assets.inventory', report);
    this.#host.memory.set('assets.unsent', true);
    this.#host.memory.set('assets.takenAt', now.getTime());
    const { inventory, inventoryOf } = this.#host.words.services;
    this.#host.say(software ? inventoryOf(software.packages.length) : inventory);
    await this.#report();
  }

  /** Sends what was taken last, unless the server has it: after an outage, or the next start. */
  async #report(): Promise<void> {
    const { memory, isPassing } = this.#host;
    const report = memory.get<InventoryReport>('assets.inventory');
    if (!report || !memory.get<boolean>('assets.unsent')) return;
    try {
      await this.#port.reportInventory(report);
    } catch (error) {
      // What the server will never take is given up until the next scan.
      if (!isPassing(error)) memory.set('assets.unsent', false);
      throw error;
    }
    memory.set('assets.unsent', false);
  }
}
