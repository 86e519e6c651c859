import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import {
  type DeviceInventory,
  deviceInventories,
  type InventoryContent,
  type InventoryDisk,
  type InventoryHardware,
  type InventoryNetwork,
} from '../db/tables/inventories.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { companyServed } from './alert-changes.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { findAnyDevice, findDevice, maySeeDevice } from './devices.ts';
import { deviceStreams } from './event-log.ts';
import { countOf, lineOf } from './input.ts';
import { authorize } from './principal.ts';
import { limitRate, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

/** Packages in one report: more than a full desktop has, and about what the largest request body has room for. */
export const MOST_PACKAGES = 5_000;
/** Disks, and networks, of one machine. */
export const MOST_PARTS = 100;
/** Addresses of one network. */
export const MOST_ADDRESSES = 10;
/** Letters of a name, a model, a serial number …; of what may be left out, too. */
const NAME = { min: 1, max: 200 } as const;
const OPTIONAL = { min: 0, max: 200 } as const;
const VERSION = { min: 1, max: 100 } as const;
/** Bytes and counts: whole numbers that JSON carries exactly. */
const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER } as const;

/** Reports a minute that one device may send. A policy has it scan hourly at most. */
export const INVENTORIES_PER_MINUTE = 6;

type Given<T> = { [Key in keyof T]?: T[Key] | null | undefined };

export interface HardwareInput
  extends Given<Omit<InventoryHardware, 'virtual' | 'cores' | 'memoryBytes' | 'disks' | 'networks'>> {
  virtual: boolean;
  cores: number;
  memoryBytes: number;
  disks: readonly (Given<Omit<InventoryDisk, 'bytes'>> & { bytes: number })[];
  networks: readonly (Given<Omit<InventoryNetwork, 'addresses'>> & { addresses: readonly string[] })[];
}

export interface ReportInventoryInput extends Repeatable {
  /** When it was taken, in ms since 1970, by the device's clock. What lies ahead is taken for now. */
  takenAt: number;
  hardware?: HardwareInput | null | undefined;
  /** One a line: name, tab, version. One text, because lists among variables are bounded far below (QUERY_MAX_LIST). */
  packages?: string | null | undefined;
  packageSource?: string | null | undefined;
  omittedPackages?: number | null | undefined;
}

/**
 * Keeps what Asset management found on the device, told by the device itself while the service is on it; it takes the
 * place of what was told before. May be repeated. `changed` says whether anything is different from then.
 * Event: device INVENTORY_REPORTED, where it is.
 * @throws Refusal InvalidInput.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS; NOT_FOUND where the service is not on the device.
 */
export async function reportInventory(
  ctx: Context,
  input: ReportInventoryInput,
): Promise<{ takenAt: number; changed: boolean }> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  const content = contentOf(input);
  const fingerprint = createHash('sha256').update(canonicalJson(content)).digest('base64url');
  await limitRate(ctx, `inventory:${deviceId}`, INVENTORIES_PER_MINUTE, MINUTE_MS);
  return change(ctx, 'reportInventory', input, async (tx) => {
    // Locks the service, so that reports of one device come one after the other.
    const companyId = await companyServed(tx, deviceId, 'ASSET_MANAGEMENT');
    const takenAt = Math.min(input.takenAt, tx.now);
    const [before] = await tx.q
      .select({ fingerprint: deviceInventories.fingerprint })
      .from(deviceInventories)
      .where(eq(deviceInventories.deviceId, deviceId));
    const latest = { takenAt, content, fingerprint };
    await tx.q
      .insert(deviceInventories)
      .values({ deviceId, ...latest })
      .onConflictDoUpdate({ target: deviceInventories.deviceId, set: latest });
    const changed = before?.fingerprint !== fingerprint;
    if (changed) {
      const device = await findAnyDevice(tx.q, deviceId);
      tx.emit({
        concept: 'device',
        change: 'INVENTORY_REPORTED',
        subject: deviceId,
        before: before ?? null,
        after: { fingerprint, takenAt, packages: content.packages?.length ?? null },
        streams: deviceStreams({ ...device, companyId }),
      });
    }
    return { takenAt, changed };
  });
}

/**
 * What the device told last, for who may see the device as its own; null for others, and where it told nothing.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function getInventory(ctx: Context, deviceId: string): Promise<DeviceInventory | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const device = await findDevice(ctx.db.read, deviceId);
  if (!device || !(await maySeeDevice(ctx.db.read, principal, device))) return null;
  const [inventory] = await ctx.db.read
    .select()
    .from(deviceInventories)
    .where(eq(deviceInventories.deviceId, deviceId));
  return inventory ?? null;
}

function contentOf({ hardware, packages, packageSource, omittedPackages }: ReportInventoryInput): InventoryContent {
  return {
    hardware: hardware ? hardwareOf(hardware) : null,
    packages: typeof packages === 'string' ? packagesOf(packages) : null,
    packageSource: optional(packageSource, ['packageSource']),
    omittedPackages: countOf(omittedPackages ?? 0, ['omittedPackages'], COUNT),
  };
}

function packagesOf(text: string): NonNullable<InventoryContent['packages']> {
  // What is beyond the bound is not even parsed; one more line tells that there is more.
  const lines = text === '' ? [] : text.split('\n', MOST_PACKAGES + 1);
  return atMost(lines, MOST_PACKAGES, ['packages']).map((line, i) => {
    const [name = '', version = ''] = line.split('\t', 2);
    return {
      name: lineOf(name, ['packages', String(i), 'name'], NAME),
      version: lineOf(version, ['packages', String(i), 'version'], VERSION),
    };
  });
}

function hardwareOf(given: HardwareInput): InventoryHardware {
  const path = (...rest: readonly (string | number)[]) => ['hardware', ...rest.map(String)];
  const text = (name: keyof Omit<HardwareInput, 'virtual' | 'cores' | 'memoryBytes' | 'disks' | 'networks'>) =>
    optional(given[name], path(name));
  return {
    manufacturer: text('manufacturer'),
    model: text('model'),
    serialNumber: text('serialNumber'),
    virtual: given.virtual,
    operatingSystem: text('operatingSystem'),
    kernel: text('kernel'),
    architecture: text('architecture'),
    hostName: text('hostName'),
    processor: text('processor'),
    cores: countOf(given.cores, path('cores'), COUNT),
    memoryBytes: countOf(given.memoryBytes, path('memoryBytes'), COUNT),
    disks: atMost(given.disks, MOST_PARTS, path('disks')).map(({ name, kind, bytes, serialNumber }, i) => ({
      name: optional(name, path('disks', i, 'name')),
      kind: optional(kind, path('disks', i, 'kind')),
      bytes: countOf(bytes, path('disks', i, 'bytes'), COUNT),
      serialNumber: optional(serialNumber, path('disks', i, 'serialNumber')),
    })),
    networks: atMost(given.networks, MOST_PARTS, path('networks')).map(({ name, mac, addresses }, i) => ({
      name: optional(name, path('networks', i, 'name')),
      mac: optional(mac, path('networks', i, 'mac')),
      addresses: atMost(addresses, MOST_ADDRESSES, path('networks', i, 'addresses')).map((address, j) =>
        lineOf(address, path('networks', i, 'addresses', j), NAME),
      ),
    })),
  };
}

const optional = (text: string | null | undefined, path: readonly string[]) =>
  lineOf(text ?? '', path, OPTIONAL) || null;

function atMost<T>(items: readonly T[], most: number, path: readonly string[]): readonly T[] {
  if (items.length > most) throw new Refusal('InvalidInput', 'TOO_MANY', path, { limit: most });
  return items;
}
