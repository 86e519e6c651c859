import { and, eq, sql } from 'drizzle-orm';
import type { Platform } from '../config.ts';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Account } from '../db/tables/accounts.ts';
import { members } from '../db/tables/companies.ts';
import { type ClientKind, type Device, type DeviceGroup, devices, notRemoved } from '../db/tables/devices.ts';
import type { ServiceActivation } from '../db/tables/service-activations.ts';
import { newId, randomDeviceAddress } from '../lib/ids.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import { versionOf } from './capabilities.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, NO_ID, notFound } from './denials.ts';
import { deviceStreams } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { addBuiltInProfiles } from './permission-profiles.ts';
import type { PolicyInForce } from './policies.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { limitNetwork, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { searchKeyOf } from './search.ts';

/** What a page of devices may have loaded along with them, by look-ahead. */
export interface DeviceChildren {
  readonly groups?: readonly DeviceGroup[];
  readonly account?: Account | null;
  readonly services?: readonly ServiceActivation[];
  /** Those that the caller may know of. */
  readonly policies?: readonly PolicyInForce[];
}

export interface RegisterDeviceInput extends Repeatable {
  name: string;
  platform: Platform;
  clientKind: ClientKind;
  clientVersion: string;
}

/**
 * A client makes itself known: it gets its public ID, its built-in permission profiles, and its credential, which is
 * shown this once. Nobody needs to be signed in; how many one address may register is limited.
 * Event: device REGISTERED.
 * @throws Refusal InvalidInput. @throws Denial TOO_MANY_REQUESTS.
 */
export async function registerDevice(
  ctx: Context,
  input: RegisterDeviceInput,
): Promise<{ device: Device; credential: string }> {
  authorize(ctx, 'DEVICES', 'anonymous');
  await limitNetwork(ctx, 'register', ctx.config.REGISTRATIONS_PER_MINUTE, MINUTE_MS);
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  const clientVersion = versionOf(input.clientVersion, ['clientVersion']);
  return change(ctx, 'registerDevice', input, async (tx) => {
    const credential = newSecret('deviceCredential');
    const device = await insertWithFreeAddress(tx.q, {
      id: newId('Device'),
      name,
      platform: input.platform,
      clientKind: input.clientKind,
      clientVersion,
      credentialHash: hashSecret(credential),
      locks: [],
      registeredAt: tx.now,
    });
    await addBuiltInProfiles(tx.q, device.id, tx.now);
    tx.emit({
      concept: 'device',
      change: 'REGISTERED',
      subject: device.id,
      after: { address: device.address, name, platform: device.platform, clientVersion },
      streams: deviceStreams(device),
    });
    return { device, credential };
  });
}

type NewDevice = Omit<typeof devices.$inferInsert, 'address' | 'searchKey' | 'alias'>;

/** Random IDs meet by chance only: with a million devices among 9,900,000,000, one draw in 9,900. */
const MOST_DRAWS = 20;

async function insertWithFreeAddress(q: Queries, values: NewDevice): Promise<Device> {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const address = randomDeviceAddress();
    const [device] = await q
      .insert(devices)
      .values({ ...values, address, searchKey: searchKeyOf({ ...values, address }) })
      .onConflictDoNothing({ target: devices.address })
      .returning();
    if (device) return device;
  }
  throw new Error(`no free device ID in ${MOST_DRAWS} draws`);
}

const byId = prepared('device_by_id', (q) =>
  q
    .select()
    .from(devices)
    .where(and(eq(devices.id, sql.placeholder('id')), notRemoved)),
);

/** The device, removed ones excepted, whoever asks: for operations that judge by themselves. */
export async function findDevice(q: Queries, id: string): Promise<Device | null> {
  const [device] = await byId(q, { id });
  return device ?? null;
}

const anyById = prepared('any_device_by_id', (q) =>
  q
    .select()
    .from(devices)
    .where(eq(devices.id, sql.placeholder('id'))),
);

/** The device, a removed one too: for what refers to it and outlives it. Throws where no row has the id. */
export async function findAnyDevice(q: Queries, id: string): Promise<Device> {
  const [device] = await anyById(q, { id });
  if (!device) throw new Error(`no device ${id}`);
  return device;
}

/** As `findAnyDevice`, of something that may not be there; null then, after as much work. */
export async function findDeviceOrNone(q: Queries, id: string | undefined): Promise<Device | null> {
  const [device] = await anyById(q, { id: id ?? NO_ID });
  return device ?? null;
}

/** Whether the principal speaks for the device: it is the device itself, or the account signed in on it (INV-10). */
export function actsFor(
  principal: AccountPrincipal | DevicePrincipal,
  device: Pick<Device, 'id' | 'accountId'>,
): boolean {
  return principal.kind === 'device' ? principal.deviceId === device.id : principal.accountId === device.accountId;
}

const anyByIds = prepared('any_devices_by_ids', (q) =>
  q
    .select()
    .from(devices)
    .where(anyOf(devices.id, sql.placeholder('ids'))),
);

/** The devices with these ids, removed ones too, in the order of the ids. Throws where one has no row. */
export async function findDevices(q: Queries, ids: readonly string[]): Promise<Device[]> {
  const rows = new Map((await anyByIds(q, { ids: idList(ids) })).map((row) => [row.id, row]));
  return ids.map((id) => {
    const device = rows.get(id);
    if (!device) throw new Error(`no device ${id}`);
    return device;
  });
}

/** Which of two devices something is between. */
export type Side = 'INVITER' | 'RECIPIENT' | 'HOST' | 'GUEST';

/**
 * Makes sure that the caller speaks for this side of something that it may see.
 * @throws Denial FORBIDDEN, naming the side whose it is to do.
 */
export function requireSide(
  principal: AccountPrincipal | DevicePrincipal,
  device: Pick<Device, 'id' | 'accountId'>,
  side: Side,
): void {
  if (!actsFor(principal, device)) throw new Denial('FORBIDDEN', { side });
}

/** The id of the device that the caller says that it acts for: nothing is judged yet. */
export function ownDeviceId(
  principal: AccountPrincipal | DevicePrincipal,
  deviceId: string | null | undefined,
): string {
  return deviceId ?? (principal.kind === 'device' ? principal.deviceId : NO_ID);
}

/**
 * The device that the caller acts for: a device itself (where `deviceId` is absent or its own), or one that the
 * account is signed in on.
 * @throws Refusal InvalidInput REQUIRED where a person names none.
 * @throws Denial NOT_FOUND where it is not there or not the caller's.
 */
export async function ownDevice(
  tx: Pick<Change, 'q'>,
  principal: AccountPrincipal | DevicePrincipal,
  deviceId: string | null | undefined,
): Promise<Device> {
  const id = ownDeviceId(principal, deviceId);
  if (id === NO_ID) throw new Refusal('InvalidInput', 'REQUIRED', ['deviceId']);
  const device = await findDevice(tx.q, id);
  if (!device || !actsFor(principal, device)) throw notFound('deviceId');
  return device;
}

const memberIn = prepared('member_in_company', (q) =>
  q
    .select({ id: members.id })
    .from(members)
    .where(
      and(eq(members.accountId, sql.placeholder('accountId')), eq(members.companyId, sql.placeholder('companyId'))),
    ),
);

/** Whether the principal may see the device as its own: it speaks for it, or is a member of its company. */
export async function maySeeDevice(
  q: Queries,
  principal: AccountPrincipal | DevicePrincipal,
  device: Device | null,
): Promise<boolean> {
  if (device && actsFor(principal, device)) return true;
  if (principal.kind === 'device') return false;
  const [member] = await memberIn(q, { accountId: principal.accountId, companyId: device?.companyId ?? NO_ID });
  return member !== undefined;
}

/**
 * One device, for who may see it.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.
 */
export async function getDevice(ctx: Context, id: string): Promise<Device> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const device = await findDevice(ctx.db.read, id);
  const seen = await maySeeDevice(ctx.db.read, principal, device);
  if (!device || !seen) throw notFound('id');
  return device;
}
