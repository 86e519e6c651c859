import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import { countsOf } from '../db/counters.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { type DeviceGroup, deviceGroupMembers, deviceGroups, devices } from '../db/tables/devices.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { newId } from '../lib/ids.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { memberOf, requireAdministrator, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { dropAssignments } from './policy-assignments.ts';
import { devicesUnder } from './policy-impact.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/** Devices that one call puts in a group or takes out of it: as many as the largest page has. */
export const GROUP_CHANGE_MOST = 100;

/**
 * Makes a group of devices of the caller's company; for administrators. Event: deviceGroup CREATED.
 * @throws Refusal InvalidInput, AlreadyTaken NAME_TAKEN (case is ignored). @throws Denial FORBIDDEN.
 */
export async function createDeviceGroup(ctx: Context, input: Repeatable & { name: string }): Promise<DeviceGroup> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  return change(ctx, 'createDeviceGroup', input, async (tx) => {
    const { companyId } = await requireAdministrator(tx.q, principal);
    const [group] = await tx.q
      .insert(deviceGroups)
      .values({ id: newId('DeviceGroup'), companyId, name, nameKey: name.toLowerCase(), createdAt: tx.now })
      .onConflictDoNothing({ target: [deviceGroups.companyId, deviceGroups.nameKey] })
      .returning();
    if (!group) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
    emitGroup(tx, 'CREATED', group, null, { name });
    return group;
  });
}

/**
 * Gives a group another name; for administrators. Event: deviceGroup RENAMED, where it is another.
 * @throws Refusal InvalidInput, AlreadyTaken NAME_TAKEN. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function renameDeviceGroup(
  ctx: Context,
  input: Repeatable & { id: string; name: string },
): Promise<DeviceGroup> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  return change(ctx, 'renameDeviceGroup', input, async (tx) => {
    const before = await groupToChange(tx, principal, input.id);
    if (before.name === name) return before;
    try {
      await tx.q
        .update(deviceGroups)
        .set({ name, nameKey: name.toLowerCase() })
        .where(eq(deviceGroups.id, before.id))
        .returning();
    } catch (error) {
      if (isUniqueViolation(error)) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
      throw error;
    }
    emitGroup(tx, 'RENAMED', before, { name: before.name }, { name });
    return { ...before, name, nameKey: name.toLowerCase() };
  });
}

/**
 * Deletes a group; its devices stay. Enrolment codes that named it name none any more, and policies assigned to it are
 * not any more. For administrators. Events: policy UNASSIGNED for each; deviceGroup DELETED, also to its devices.
 * @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function deleteDeviceGroup(ctx: Context, input: Repeatable & { id: string }): Promise<{ id: string }> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'deleteDeviceGroup', input, async (tx) => {
    const group = await groupToChange(tx, principal, input.id);
    const deviceIds = await devicesUnder(tx.q, [group.id]);
    await dropAssignments(tx, group.id);
    await tx.q.delete(deviceGroups).where(eq(deviceGroups.id, group.id));
    emitGroup(tx, 'DELETED', group, { name: group.name }, null, deviceIds.map(streamOf.device));
    return { id: group.id };
  });
}

/**
 * Puts devices of the company into a group, all or none; those that are in it already stay. For administrators.
 * Event: deviceGroup DEVICES_ADDED, where there was one to add.
 * @throws Refusal InvalidInput REQUIRED, TOO_MANY. @throws Denial NOT_FOUND for a group or device that is not the
 * company's, FORBIDDEN.
 */
export async function addDevicesToGroup(
  ctx: Context,
  input: Repeatable & { id: string; deviceIds: readonly string[] },
): Promise<DeviceGroup> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const deviceIds = deviceIdsOf(input.deviceIds);
  return change(ctx, 'addDevicesToGroup', input, async (tx) => {
    const group = await groupToChange(tx, principal, input.id);
    const own = await tx.q
      .select({ id: devices.id })
      .from(devices)
      .where(and(anyOf(devices.id, deviceIds), eq(devices.companyId, group.companyId), isNull(devices.removedAt)));
    if (own.length < deviceIds.length) throw notFound('deviceIds');
    const added = await tx.q
      .insert(deviceGroupMembers)
      .values(deviceIds.map((deviceId) => ({ groupId: group.id, deviceId })))
      .onConflictDoNothing()
      .returning({ deviceId: deviceGroupMembers.deviceId });
    emitMembers(tx, 'DEVICES_ADDED', group, added);
    return group;
  });
}

/**
 * Takes devices out of a group; those that are not in it do not matter. For administrators.
 * Event: deviceGroup DEVICES_REMOVED, where there was one to take out.
 * @throws Refusal InvalidInput REQUIRED, TOO_MANY. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function removeDevicesFromGroup(
  ctx: Context,
  input: Repeatable & { id: string; deviceIds: readonly string[] },
): Promise<DeviceGroup> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const deviceIds = deviceIdsOf(input.deviceIds);
  return change(ctx, 'removeDevicesFromGroup', input, async (tx) => {
    const group = await groupToChange(tx, principal, input.id);
    const removed = await tx.q
      .delete(deviceGroupMembers)
      .where(and(eq(deviceGroupMembers.groupId, group.id), anyOf(deviceGroupMembers.deviceId, deviceIds)))
      .returning({ deviceId: deviceGroupMembers.deviceId });
    emitMembers(tx, 'DEVICES_REMOVED', group, removed);
    return group;
  });
}

function deviceIdsOf(ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  if (unique.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['deviceIds']);
  if (unique.length > GROUP_CHANGE_MOST) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['deviceIds'], { limit: GROUP_CHANGE_MOST });
  }
  return unique;
}

/** The group of the caller's company, which nobody else changes until the transaction ends. */
async function groupToChange(tx: Change, principal: AccountPrincipal, id: string): Promise<DeviceGroup> {
  const { companyId } = await requireAdministrator(tx.q, principal);
  const own = and(eq(deviceGroups.id, id), eq(deviceGroups.companyId, companyId));
  const [group] = await locked(tx.q.select().from(deviceGroups).where(own), deviceGroups);
  if (!group) throw notFound('id');
  return group;
}

type GroupChange = 'CREATED' | 'RENAMED' | 'DELETED' | 'DEVICES_ADDED' | 'DEVICES_REMOVED';

function emitGroup(
  tx: Change,
  what: GroupChange,
  group: DeviceGroup,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  streams: readonly string[] = [],
): void {
  tx.emit({
    concept: 'deviceGroup',
    change: what,
    subject: group.id,
    before,
    after,
    streams: [streamOf.company(group.companyId), ...streams],
  });
}

/** The devices hear it too: their `groups` changed. */
function emitMembers(
  tx: Change,
  what: 'DEVICES_ADDED' | 'DEVICES_REMOVED',
  group: DeviceGroup,
  rows: readonly { deviceId: string }[],
): void {
  if (rows.length === 0) return;
  const deviceIds = rows.map(({ deviceId }) => deviceId).sort();
  emitGroup(tx, what, group, null, { name: group.name, deviceIds }, deviceIds.map(streamOf.device));
}

const byId = prepared('device_group_by_id', (q) =>
  q
    .select()
    .from(deviceGroups)
    .where(eq(deviceGroups.id, sql.placeholder('id'))),
);

/** One group, for members of its company and the devices in it. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND. */
export async function getDeviceGroup(ctx: Context, id: string): Promise<DeviceGroup> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const q = ctx.db.read;
  if (principal.kind === 'device') {
    const [groups = []] = await groupsOfDevices(q, [principal.deviceId]);
    const own = groups.find((group) => group.id === id);
    if (!own) throw notFound('id');
    return own;
  }
  const [group] = await byId(q, { id });
  const member = await memberOf(q, principal.accountId);
  if (!group || member?.companyId !== group.companyId) throw notFound('id');
  return group;
}

const LIST = 'deviceGroups';

/**
 * The groups of a company by name (in the order of their letters, case ignored); for its members.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listDeviceGroups(ctx: Context, companyId: string, args: PageArgs): Promise<Page<DeviceGroup>> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  await requireMember(q, principal, companyId);
  const after = keyAfter<readonly [string]>(LIST, args, ['']);
  const own = eq(deviceGroups.companyId, companyId);
  const rows = await q
    .select()
    .from(deviceGroups)
    // Names are unique in a company, so the name alone is the key.
    .where(after ? and(own, sql`${deviceGroups.nameKey} > ${after[0]}`) : own)
    .orderBy(asc(deviceGroups.nameKey))
    .limit(pageSize(args) + 1);
  return pageOf(
    LIST,
    args,
    rows,
    (group) => [group.nameKey],
    () => q.$count(deviceGroups, own),
  );
}

const groupsByDevices = prepared('groups_by_devices', (q) =>
  q
    .select({ deviceId: deviceGroupMembers.deviceId, group: deviceGroups })
    .from(deviceGroupMembers)
    .innerJoin(deviceGroups, eq(deviceGroups.id, deviceGroupMembers.groupId))
    .where(anyOf(deviceGroupMembers.deviceId, sql.placeholder('ids')))
    .orderBy(asc(deviceGroups.nameKey)),
);

/** The groups of each of these devices, by name, in one statement; for what has judged who sees the devices. */
export async function groupsOfDevices(q: Queries, deviceIds: readonly string[]): Promise<DeviceGroup[][]> {
  const groups = new Map<string, DeviceGroup[]>(deviceIds.map((id) => [id, []]));
  for (const { deviceId, group } of await groupsByDevices(q, { ids: idList(deviceIds) })) {
    groups.get(deviceId)?.push(group);
  }
  return deviceIds.map((id) => groups.get(id) ?? []);
}

/** How many devices are in each of these groups; for what has judged who sees them. */
export async function countGrouped(q: Queries, groupIds: readonly string[]): Promise<number[]> {
  return countsOf(q, 'GROUPED_DEVICES', groupIds);
}

const byIds = prepared('device_groups_by_ids', (q) =>
  q
    .select()
    .from(deviceGroups)
    .where(anyOf(deviceGroups.id, sql.placeholder('ids'))),
);

/** The groups with these ids, in their order, null where there is none; for what has judged who sees them. */
export async function findDeviceGroups(q: Queries, ids: readonly string[]): Promise<(DeviceGroup | null)[]> {
  const rows = new Map((await byIds(q, { ids: idList(ids) })).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id) ?? null);
}
