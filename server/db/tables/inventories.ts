import { instant, json, table, text } from '../columns.ts';
import { devices } from './devices.ts';

/** What a machine is made of; null where its platform does not tell. */
export interface InventoryHardware {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly virtual: boolean;
  readonly operatingSystem: string | null;
  readonly kernel: string | null;
  readonly architecture: string | null;
  readonly hostName: string | null;
  readonly processor: string | null;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly disks: readonly InventoryDisk[];
  readonly networks: readonly InventoryNetwork[];
}

export interface InventoryDisk {
  readonly name: string | null;
  readonly kind: string | null;
  readonly bytes: number;
  readonly serialNumber: string | null;
}

export interface InventoryNetwork {
  readonly name: string | null;
  readonly mac: string | null;
  readonly addresses: readonly string[];
}

export interface InventoryContent {
  /** Null where the policy does not have it taken. */
  readonly hardware: InventoryHardware | null;
  /** Null where the policy does not have them listed. */
  readonly packages: readonly { readonly name: string; readonly version: string }[] | null;
  /** The package manager that told them, such as `dpkg-query`; null where there is none that is known. */
  readonly packageSource: string | null;
  /** Packages that the device left out, because there were more than one report has room for. */
  readonly omittedPackages: number;
}

/** What Asset management found on a device last: one row for each, overwritten by the next report. */
export const deviceInventories = table('device_inventories', {
  deviceId: text('device_id')
    .primaryKey()
    .references(() => devices.id),
  takenAt: instant('taken_at').notNull(),
  content: json('content').$type<InventoryContent>().notNull(),
  /** SHA-256 of the content: tells whether anything changed. */
  fingerprint: text('fingerprint').notNull(),
});

export type DeviceInventory = typeof deviceInventories.$inferSelect;
