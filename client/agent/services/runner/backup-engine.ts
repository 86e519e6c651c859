import { join } from 'node:path';
import { messageOf } from '../../spoken-error.ts';
import { prune, verifySnapshot } from '../backup/maintenance.ts';
import { BackupError } from '../backup/problems.ts';
import { Repository, type SnapshotRecord } from '../backup/repository.ts';
import { restoreSnapshot } from '../backup/restore.ts';
import { takeSnapshot } from '../backup/snapshot.ts';
import { type Finding, subjectOf } from '../findings.ts';
import { resolvePath } from '../paths.ts';
import { type Engine, type EngineHost, Settled } from './engine.ts';
import type { BackupPolicy } from './policies.ts';
import type { RestoreTask, ServicePort, SnapshotReport } from './port.ts';
import { isDue } from './schedule.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface BackupFolders {
  /** Where snapshots are kept; null: the agent was not given any. */
  readonly repository: string | null;
  /** Where restores are written, each into a folder of its own; null: the agent was not given any. */
  readonly restores: string | null;
}

type BackupPort = Pick<ServicePort, 'reportSnapshot' | 'restores' | 'reportRestore'>;

/** Takes snapshots at the policy's times, for the first time at once; verifies, prunes and restores. */
export class BackupEngine implements Engine<BackupPolicy> {
  readonly #host: EngineHost;
  readonly #port: BackupPort;
  readonly #folders: BackupFolders;
  #policy: BackupPolicy | null = null;
  #settled: Settled;
  #restoresAsked = true;

  constructor(host: EngineHost, port: BackupPort, folders: BackupFolders) {
    this.#host = host;
    this.#port = port;
    this.#folders = folders;
    this.#settled = new Settled(host, []);
  }

  async prepare(): Promise<string | null> {
    const { repository } = this.#folders;
    if (repository === null) return this.#host.words.services.noRepository;
    try {
      await Repository.open(repository);
      return null;
    } catch (error) {
      return messageOf(error, this.#host.words);
    }
  }

  start(policy: BackupPolicy, open: readonly string[]): void {
    this.#settled = new Settled(this.#host, open);
    this.apply(policy);
  }

  apply(policy: BackupPolicy): void {
    this.#policy = policy;
    this.lookForRestores();
  }

  /** A restore was requested, or may have been. */
  lookForRestores(): void {
    this.#restoresAsked = true;
  }

  async tick(now: Date): Promise<void> {
    const policy = this.#policy;
    if (!policy || this.#folders.repository === null) return;
    const repository = await Repository.open(this.#folders.repository);
    if (this.#restoresAsked) await this.#restoreAll(repository);
    await this.#report();
    const last = new Date(this.#host.memory.get<number>('backup.takenAt') ?? 0);
    if (policy.sets.length === 0 || !isDue(policy.weekdays, policy.start, last, now)) return;
    this.#host.memory.set('backup.takenAt', now.getTime());
    const { words } = this.#host;
    const findings: Finding[] = [];
    for (const set of policy.sets) {
      try {
        await this.#take(repository, set, now);
      } catch (error) {
        if (!(error instanceof BackupError)) throw error;
        const message = words.findings.backup.failed(set.name, messageOf(error, words));
        findings.push(failed(subjectOf('BACKUP_FAILED', set.name), message));
      }
    }
    findings.push(...(await this.#verify(repository, policy, now)));
    const { keepDaily: daily, keepWeekly: weekly, keepMonthly: monthly } = policy;
    const before = await repository.snapshots();
    const { removed } = await prune(repository, { last: 1, daily, weekly, monthly });
    for (const id of removed) {
      const snapshot = before.find((each) => each.id === id);
      if (snapshot) this.#toReport({ ...reportOf(snapshot), pruned: true });
    }
    this.#settled.settle(findings);
    await this.#report();
  }

  async #take(repository: Repository, { name, folders, exclusions }: BackupPolicy['sets'][number], now: Date) {
    const paths = folders.map(resolvePath);
    const snapshot = await takeSnapshot(repository, paths, { name, exclude: exclusions, now });
    const { damaged } = await verifySnapshot(repository, snapshot.id);
    if (damaged.length > 0) {
      throw new BackupError(({ serviceProblems }) => serviceProblems.backup.chunksUnreadable(damaged.length));
    }
    this.#toReport({ ...reportOf(snapshot), verified: true });
    this.#host.say(this.#host.words.services.backedUp(name, snapshot.files));
  }

  /** All that is kept, as often as the policy says. */
  async #verify(repository: Repository, { verifyDays }: BackupPolicy, now: Date): Promise<Finding[]> {
    const last = this.#host.memory.get<number>('backup.verifiedAt') ?? now.getTime();
    this.#host.memory.set('backup.verifiedAt', last);
    if (now.getTime() - last < verifyDays * DAY_MS) return [];
    this.#host.memory.set('backup.verifiedAt', now.getTime());
    const findings: Finding[] = [];
    for (const snapshot of await repository.snapshots()) {
      const { damaged } = await verifySnapshot(repository, snapshot.id);
      if (damaged.length === 0) this.#toReport({ ...reportOf(snapshot), verified: true });
      else {
        const message = this.#host.words.findings.backup.damaged(damaged.length, snapshot.id);
        findings.push(failed(subjectOf('BACKUP_DAMAGED', snapshot.id), message));
      }
    }
    return findings;
  }

  async #restoreAll(repository: Repository): Promise<void> {
    // First: what is requested while these are restored is looked for at the next tick.
    this.#restoresAsked = false;
    try {
      for (const task of await this.#port.restores()) await this.#restore(repository, task);
    } catch (error) {
      this.#restoresAsked = true;
      throw error;
    }
  }

  async #restore(repository: Repository, { id, reference, paths, running }: RestoreTask): Promise<void> {
    const { words } = this.#host;
    try {
      if (!running) await this.#port.reportRestore({ id, state: 'RUNNING' });
    } catch (error) {
      if (this.#host.isPassing(error)) throw error;
      // It was taken back meanwhile.
      this.#host.say(words.services.notRestored(messageOf(error, words)));
      return;
    }
    try {
      if (this.#folders.restores === null) {
        throw new BackupError(({ services }) => services.noRestoreFolder);
      }
      // One that was interrupted begins in a folder of its own again.
      const target = join(this.#folders.restores, `${reference}-${Date.now().toString(36)}`);
      const { files } = await restoreSnapshot(repository, reference, target, { paths });
      this.#host.say(words.services.restored(files, target));
      await this.#port.reportRestore({ id, state: 'DONE', restoredFiles: files });
    } catch (error) {
      if (!(error instanceof BackupError) && !(error as NodeJS.ErrnoException).syscall) throw error;
      await this.#port.reportRestore({ id, state: 'FAILED', failure: messageOf(error, words).slice(0, 500) });
    }
  }

  #toReport(report: SnapshotReport): void {
    this.#host.memory.set('backup.reports', [...this.#reports(), report]);
  }

  #reports(): SnapshotReport[] {
    return this.#host.memory.get<SnapshotReport[]>('backup.reports') ?? [];
  }

  /** Reports wait until the server can be reached. */
  async #report(): Promise<void> {
    for (let [next, ...others] = this.#reports(); next; [next, ...others] = this.#reports()) {
      try {
        await this.#port.reportSnapshot(next);
      } catch (error) {
        if (this.#host.isPassing(error)) throw error;
        // The server does not want it: the others are not kept waiting for it.
        const { words } = this.#host;
        this.#host.say(`✗ ${words.services.snapshotProblem(next.reference, messageOf(error, words))}`);
      }
      this.#host.memory.set('backup.reports', others);
    }
  }
}

function reportOf({ id, takenAt, files, bytes, addedBytes }: SnapshotRecord): SnapshotReport {
  return { reference: id, takenAt, files, bytes, addedBytes };
}

function failed(subject: string, message: string): Finding {
  return { subject, severity: 'CRITICAL', kind: 'ALERT', message, measurements: {} };
}
