import { join } from 'node:path';
import type { BeckonClient, DeviceEvent } from '../../../api/client.ts';
import { BeckonError } from '../../../api/errors.ts';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { messageOf } from '../../spoken-error.ts';
import { apiPort } from './api-port.ts';
import { AssetEngine } from './asset-engine.ts';
import { BackupEngine } from './backup-engine.ts';
import { MemoryFile } from './memory-file.ts';
import { MonitoringEngine } from './monitoring-engine.ts';
import { PatchEngine } from './patch-engine.ts';
import type { Service, ServicePort } from './port.ts';
import { ProtectionEngine } from './protection-engine.ts';
import { type Engines, ServiceRunner } from './runner.ts';
import { WebEngine } from './web-engine.ts';

/** What the agent was given leave and room for when it was started. */
export interface ServiceOptions {
  /** A folder of the services' own: what they remember, and the quarantine. */
  readonly folder: string;
  readonly allowPatching: boolean;
  readonly allowReboot: boolean;
  /** Where snapshots are kept; null: Backup cannot be installed. */
  readonly repository: string | null;
  /** Where restores are written; null: restores fail. */
  readonly backupRoot: string | null;
  /** Names of threats by the SHA-256 of the file. */
  readonly knownThreats: ReadonlyMap<string, string>;
  readonly words: AgentWords;
}

const TICK_MS = 1_000;

/** Read again what is to run after so long, in ms, whatever was told or missed. */
const SYNC_EVERY_MS = 10 * 60 * 1000;

/** Where reading failed, it is tried again after so long, in ms. */
const RETRY_MS = 10_000;

/** Events that may change what is to run, or by which policy. */
const CHANGING: ReadonlySet<string> = new Set([
  'ServiceEvent',
  'PolicyEvent',
  'RestoreEvent',
  'DeviceEvent',
  'StreamResetEvent',
]);

/** Runs the services that the server assigned to this device, as long as the agent runs. */
export class ServiceWorker {
  readonly #runner: ServiceRunner;
  readonly #words: AgentWords;
  readonly #say: (service: Service | null, line: string) => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  readonly #now: () => number;
  #syncAt = 0;

  constructor(client: BeckonClient, options: ServiceOptions, say: (service: Service | null, line: string) => void) {
    const port = apiPort(client);
    // By the server's clock: a machine whose own is wrong would report snapshots of the future.
    this.#now = () => client.serverNow();
    this.#words = options.words;
    this.#say = say;
    this.#runner = new ServiceRunner({
      port,
      engines: enginesOf(port, options),
      memory: new MemoryFile(join(options.folder, 'memory.json')),
      say,
      isPassing,
      words: options.words,
    });
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#tick(), TICK_MS);
    void this.#tick();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Something happened: what is to run is read again where that may have changed it. */
  event({ __typename, actor }: Pick<DeviceEvent, '__typename' | 'actor'>): void {
    // What this device reported itself changes nothing for it.
    if (!CHANGING.has(__typename) || (__typename === 'ServiceEvent' && actor === 'DEVICE')) return;
    const backup = this.#runner.engineOf('BACKUP');
    if (backup instanceof BackupEngine) backup.lookForRestores();
    this.#syncAt = 0;
    if (this.#timer) void this.#tick();
  }

  async #tick(): Promise<void> {
    const now = Date.now();
    if (now >= this.#syncAt) {
      this.#syncAt = now + SYNC_EVERY_MS;
      try {
        await this.#runner.sync();
      } catch (error) {
        this.#syncAt = Date.now() + RETRY_MS;
        if (!isPassing(error)) this.#say(null, `✗ ${messageOf(error, this.#words)}`);
      }
    }
    if (this.#timer) await this.#runner.tick(new Date(this.#now()));
  }
}

/** Whether trying again later is of use. */
export function isPassing(error: unknown): boolean {
  return error instanceof BeckonError && (error.retryable || error.code === 'CLOSED');
}

/** The six engines, on this machine. */
export function enginesOf(port: ServicePort, options: ServiceOptions): Engines {
  const { folder, repository, backupRoot: restores, knownThreats: known } = options;
  return {
    MONITORING: (host) => new MonitoringEngine(host),
    ASSET_MANAGEMENT: (host) => new AssetEngine(host, port),
    PATCH_MANAGEMENT: (host) => new PatchEngine(host, { install: options.allowPatching, reboot: options.allowReboot }),
    ENDPOINT_PROTECTION: (host) => new ProtectionEngine(host, { quarantine: join(folder, 'quarantine'), known }),
    BACKUP: (host) => new BackupEngine(host, port, { repository, restores }),
    WEB_MONITORING: (host) => new WebEngine(host),
  };
}
