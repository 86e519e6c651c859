/** The effective settings of each service, as the server sends them; it has validated them. */

export type Weekday = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

export interface MonitoringPolicy {
  readonly samplingSeconds: number;
  readonly cpuWatched: boolean;
  readonly cpuPercent: number;
  readonly cpuMinutes: number;
  readonly memoryWatched: boolean;
  readonly memoryPercent: number;
  readonly memoryMinutes: number;
  readonly diskWatched: boolean;
  readonly diskFreePercent: number;
  readonly volumes: readonly { readonly mount: string; readonly freePercent: number }[];
  readonly processes: readonly string[];
  readonly services: readonly string[];
}

export interface AssetPolicy {
  readonly scanHours: number;
  readonly inventories: readonly ('HARDWARE' | 'OPERATING_SYSTEM' | 'SOFTWARE' | 'NETWORK')[];
}

export interface PatchPolicy {
  readonly scanHours: number;
  readonly categories: readonly ('SECURITY' | 'CRITICAL' | 'FEATURE' | 'DRIVER' | 'OTHER')[];
  readonly approval: 'MANUAL' | 'AUTOMATIC';
  readonly approvalDays: number;
  readonly approved: readonly string[];
  readonly declined: readonly string[];
  readonly windows: readonly {
    readonly weekdays: readonly Weekday[];
    readonly start: string;
    readonly minutes: number;
  }[];
  readonly reboot: 'NEVER' | 'IF_REQUIRED' | 'ALWAYS';
  readonly rebootNoticeMinutes: number;
}

export interface ProtectionPolicy {
  readonly folders: readonly string[];
  readonly exclusions: readonly string[];
  readonly largestFileMebibytes: number;
  readonly scanWeekdays: readonly Weekday[];
  readonly scanStart: string;
  readonly onThreat: 'QUARANTINE' | 'REPORT';
  readonly quarantineDays: number;
}

export interface WebPolicy {
  readonly checks: readonly {
    readonly name: string;
    readonly url: string;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly expectedStatus: number;
    readonly expectedText: string;
    readonly certificateDays: number;
  }[];
  readonly failuresBeforeAlert: number;
}

export interface BackupPolicy {
  readonly sets: readonly {
    readonly name: string;
    readonly folders: readonly string[];
    readonly exclusions: readonly string[];
  }[];
  readonly weekdays: readonly Weekday[];
  readonly start: string;
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
  readonly verifyDays: number;
}
