import type { Hardware } from '../assets/hardware.ts';
import type { PackageList } from '../assets/packages.ts';
import type { Decision } from '../findings.ts';

export type Service =
  | 'MONITORING'
  | 'ASSET_MANAGEMENT'
  | 'PATCH_MANAGEMENT'
  | 'ENDPOINT_PROTECTION'
  | 'BACKUP'
  | 'WEB_MONITORING';

/** A service that the server has this device run. */
export interface Assignment {
  readonly service: Service;
  readonly state: 'PENDING' | 'INSTALLING' | 'ACTIVE' | (string & {});
  readonly generation: number;
  /** The effective settings, as JSON. */
  readonly settings: string;
  /** Tells one effective policy from another. */
  readonly fingerprint: string;
}

export interface StateReport {
  readonly service: Service;
  readonly generation: number;
  readonly state: 'INSTALLING' | 'ACTIVE' | 'FAILED';
  readonly failure?: string | undefined;
  readonly appliedPolicy?: string | undefined;
}

export interface SnapshotReport {
  readonly reference: string;
  readonly takenAt: string;
  readonly files: number;
  readonly bytes: number;
  readonly addedBytes: number;
  readonly verified?: boolean | undefined;
  readonly pruned?: boolean | undefined;
}

export interface RestoreTask {
  readonly id: string;
  /** The snapshot's reference, as this device reported it. */
  readonly reference: string;
  /** Empty: all. */
  readonly paths: readonly string[];
  readonly running: boolean;
}

export interface RestoreReport {
  readonly id: string;
  readonly state: 'RUNNING' | 'DONE' | 'FAILED';
  readonly restoredFiles?: number | undefined;
  readonly failure?: string | undefined;
}

/** What Asset management found; null is what the policy does not ask for. */
export interface InventoryReport {
  readonly takenAt: string;
  readonly hardware: Hardware | null;
  readonly software: PackageList | null;
}

/** What the services need of the server. All may be repeated; all throw while it cannot be reached. */
export interface ServicePort {
  assignments(): Promise<readonly Assignment[]>;
  reportState(report: StateReport): Promise<void>;
  tell(service: Service, decision: Decision): Promise<void>;
  /** Subjects of this device's alerts that are not resolved. */
  openSubjects(service: Service): Promise<readonly string[]>;
  reportSnapshot(report: SnapshotReport): Promise<void>;
  /** Sends as much as the server takes, and says how much was left out. */
  reportInventory(report: InventoryReport): Promise<void>;
  restores(): Promise<readonly RestoreTask[]>;
  reportRestore(report: RestoreReport): Promise<void>;
}
