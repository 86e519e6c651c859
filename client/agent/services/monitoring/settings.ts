import type { Severity } from '../findings.ts';

/** A measured share that is too high for too long. */
export interface Threshold {
  /** Used, in percent: from it on it is too much. */
  readonly percent: number;
  /** How long it has to last until it is raised, and to be over until it is resolved, in seconds. */
  readonly forSeconds: number;
  readonly severity: Severity;
}

/** Free space that is too little, on each file system by itself. */
export interface DiskThreshold {
  /** Free, in percent: below it is too little. */
  readonly freePercent: number;
  /** Those with a bound of their own, by where they are mounted; 0: never too little. */
  readonly freePercentOf: Readonly<Record<string, number>>;
  readonly forSeconds: number;
  readonly severity: Severity;
}

export interface MonitoringSettings {
  /** From one measurement to the next, in seconds. */
  readonly intervalSeconds: number;
  /** Null: not watched. */
  readonly cpu: Threshold | null;
  readonly memory: Threshold | null;
  readonly disk: DiskThreshold | null;
  /** Names of programs that have to be running. */
  readonly processes: readonly string[];
  /** Names of the operating system's services that have to be running. */
  readonly services: readonly string[];
  /** How long a process or service may be away before it is raised, in seconds. */
  readonly missingForSeconds: number;
}
