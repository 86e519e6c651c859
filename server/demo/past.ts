import type { Service } from '../db/tables/roles.ts';
import { addAddressBookEntry } from '../domain/address-book-entries.ts';
import { createAddressBook } from '../domain/address-books.ts';
import { acknowledgeAlerts, raiseAlert, resolveAlert } from '../domain/alert-changes.ts';
import { runningPolicies } from '../domain/applied-policy.ts';
import { reportSnapshot } from '../domain/backups.ts';
import type { Context } from '../domain/context.ts';
import { assignDevice, setDeviceAlias } from '../domain/device-changes.ts';
import { addDevicesToGroup, createDeviceGroup } from '../domain/device-groups.ts';
import { registerDevice } from '../domain/devices.ts';
import { enrolDevice } from '../domain/enrolment.ts';
import { addFavourite } from '../domain/favourites.ts';
import { reportInventory } from '../domain/inventories.ts';
import { acceptInvitation, cancelInvitation, inviteDevice, rejectInvitation } from '../domain/invitations.ts';
import { assignPolicy } from '../domain/policy-assignments.ts';
import { createPolicy, updatePolicy } from '../domain/policy-changes.ts';
import { activateService } from '../domain/service-activation.ts';
import { listServiceAssignments, reportServiceState } from '../domain/service-states.ts';
import { changeSessionPermissions, endSession } from '../domain/sessions.ts';
import type { MovingClock } from './moving-clock.ts';
import { ALERTS, DEVICES, POLICIES, SERVICES } from './scenery.ts';

/** A month of an example company, so that lists and charts have something to show. Every change is one that people or devices make. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface PastDevice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly ctx: Context;
}

export interface PastPeople {
  readonly ada: Context;
  readonly adaId: string;
  readonly helper: Context;
  /** Enrols devices. */
  readonly code: string;
}

/** Plays the month up to today. The clock stands at its beginning, and afterwards at its end. */
export async function playPast(people: PastPeople, clock: MovingClock, anonymous: Context): Promise<void> {
  const { ada } = people;
  const devices = await enrolAll(people, clock, anonymous);
  await sortIntoGroups(ada, devices);
  await startServices(people, clock, devices);
  await liveThrough(people, clock, devices);
  await collectContacts(ada, devices);
}

async function enrolAll(
  { ada, adaId, code }: PastPeople,
  clock: MovingClock,
  anonymous: Context,
): Promise<PastDevice[]> {
  const devices: PastDevice[] = [];
  for (const { name, platform } of DEVICES) {
    clock.advance(11 * 60_000);
    const { device } = await registerDevice(anonymous, { name, platform, clientKind: 'HOST', clientVersion: '8.1.0' });
    const ctx: Context = { ...anonymous, principal: { kind: 'device', deviceId: device.id } };
    await enrolDevice(ctx, { code });
    const mine = name === 'Accounting' || name === 'File server';
    await assignDevice(ada, { deviceId: device.id, accountId: mine ? adaId : null });
    devices.push({ id: device.id, name, address: device.address, ctx });
  }
  await setDeviceAlias(ada, { deviceId: placeOf(devices, 8).id, alias: 'files@demo' });
  await setDeviceAlias(ada, { deviceId: placeOf(devices, 0).id, alias: 'till1@demo' });
  return devices;
}

function placeOf(devices: readonly PastDevice[], at: number): PastDevice {
  return devices[at] as PastDevice;
}

async function sortIntoGroups(ada: Context, devices: readonly PastDevice[]): Promise<void> {
  for (const name of ['Shop', 'Office', 'Servers']) {
    const { id } = await createDeviceGroup(ada, { name });
    const deviceIds = devices.filter((_, at) => DEVICES[at]?.group === name).map((device) => device.id);
    await addDevicesToGroup(ada, { id, deviceIds });
  }
}

async function startServices({ ada }: PastPeople, clock: MovingClock, devices: readonly PastDevice[]): Promise<void> {
  const ids = new Map<string, string>();
  for (const { service, name, values } of POLICIES) {
    clock.advance(20 * 60_000);
    ids.set(name, (await createPolicy(ada, { name, settings: { service, values } })).id);
  }
  for (const { service, on, policy, fails = {} } of SERVICES) {
    clock.advance(HOUR_MS);
    const policyId = ids.get(policy) ?? '';
    await activateService(ada, { service, policyId, deviceIds: on.map((at) => placeOf(devices, at).id) });
    for (const at of on) await install(placeOf(devices, at), service, fails[at]);
  }
  const standard = ids.get('Standard') ?? '';
  clock.advance(2 * DAY_MS);
  const values = { cpuPercent: 85, cpuMinutes: 10, diskFreePercent: 12 };
  await updatePolicy(ada, { id: standard, expectedVersion: 1, settings: { service: 'MONITORING', values } });
  await assignPolicy(ada, { policyId: standard, targetIds: [placeOf(devices, 3).id] });
  // One of them was off when the policy changed, and has not heard of it since.
  for (const at of [0, 1, 4, 5, 6]) {
    const device = placeOf(devices, at);
    const running = (await listServiceAssignments(device.ctx)).find(({ service }) => service === 'MONITORING');
    if (running) await apply(device, 'MONITORING', running.generation);
  }
}

async function install({ id, ctx }: PastDevice, service: Service, failure: string | undefined): Promise<void> {
  const assigned = (await listServiceAssignments(ctx)).find((one) => one.service === service);
  if (!assigned) return;
  const { generation } = assigned;
  await reportServiceState(ctx, { service, generation, state: 'INSTALLING' });
  if (failure) {
    await reportServiceState(ctx, { service, generation, state: 'FAILED', failure });
    return;
  }
  await apply({ id, ctx }, service, generation);
}

/** Reports that the service works by the policy in force. */
async function apply({ id, ctx }: Pick<PastDevice, 'id' | 'ctx'>, service: Service, generation: number): Promise<void> {
  const [policy] = await runningPolicies(ctx.db.read, [{ deviceId: id, service }]);
  await reportServiceState(ctx, { service, generation, state: 'ACTIVE', appliedPolicy: policy?.fingerprint });
}

/** Day after day: alerts come and go, people help each other, backups are taken. */
async function liveThrough(
  { ada, helper }: PastPeople,
  clock: MovingClock,
  devices: readonly PastDevice[],
): Promise<void> {
  const [inventoried, backedUp] = [placeOf(devices, 4), placeOf(devices, 6)];
  const begin = clock.now();
  for (let day = 0; ; day++) {
    for (const [at, alert] of ALERTS.entries()) {
      const { on = [], fails = {} } = SERVICES.find(({ service }) => service === alert.service) ?? {};
      const hit = on.filter((place) => !(place in fails));
      // Spread unevenly, the same way at each start.
      if ((day * 7 + at * 3) % 5 > 1) continue;
      const device = placeOf(devices, hit[(day + at) % hit.length] ?? 0);
      clock.advance(17 * 60_000);
      const { id } = await raiseAlert(device.ctx, alert);
      clock.advance(9 * 60_000);
      if (day % 3 === 0) await acknowledgeAlerts(day % 2 === 0 ? ada : helper, { ids: [id] });
      const recent = clock.end - clock.now() < 2 * DAY_MS;
      if (!recent) await resolveAlert(device.ctx, { service: alert.service, subject: alert.subject });
    }
    await help(clock, devices, day);
    if (day === 3) await takeInventory(inventoried, clock);
    await backUp(backedUp, clock, day);
    const next = begin + (day + 1) * DAY_MS;
    if (next > clock.end - 4 * HOUR_MS) return;
    clock.advance(next - clock.now());
  }
}

/** One device lets another one in, for some minutes. */
async function help(clock: MovingClock, devices: readonly PastDevice[], day: number): Promise<void> {
  const [host, guest] = [placeOf(devices, (day % 2) * 2 + 4), placeOf(devices, day % 3 === 0 ? 8 : 5)];
  if (host === guest) return;
  clock.advance(35 * 60_000);
  const note = day % 2 === 0 ? 'The label printer again' : null;
  const { id, revision } = await inviteDevice(host.ctx, { recipient: guest.address, origin: 'RECENT_SESSIONS', note });
  clock.advance(20_000);
  if (day % 9 === 7) return void (await rejectInvitation(guest.ctx, { id }));
  if (day % 9 === 5) return void (await cancelInvitation(host.ctx, { id }));
  const { sessionId } = await acceptInvitation(guest.ctx, { id, revision });
  if (!sessionId) return;
  clock.advance(4 * 60_000);
  await changeSessionPermissions(host.ctx, { id: sessionId, revoke: ['FILE_MANAGER', 'CLIPBOARD_FILES'] });
  clock.advance((5 + (day % 5) * 4) * 60_000);
  await endSession(day % 2 === 0 ? host.ctx : guest.ctx, { id: sessionId });
}

async function takeInventory({ ctx }: PastDevice, clock: MovingClock): Promise<void> {
  await reportInventory(ctx, {
    takenAt: clock.now(),
    hardware: {
      manufacturer: 'Northwind',
      model: 'Desk 14',
      processor: '8-core 3.2 GHz',
      operatingSystem: 'Windows 11 Pro',
      architecture: 'x64',
      virtual: false,
      cores: 8,
      memoryBytes: 16 * 1024 ** 3,
      disks: [{ name: 'disk0', kind: 'SSD', bytes: 512 * 1024 ** 3 }],
      networks: [{ name: 'Ethernet', mac: '02:00:5e:10:00:01', addresses: ['192.0.2.14'] }],
    },
    packages: ['7-Zip\t24.09', 'Firefox\t145.0', 'LibreOffice\t25.8.2', 'Notepad++\t8.8.5', 'Thunderbird\t145.0'].join(
      '\n',
    ),
    packageSource: 'winget',
  });
}

async function backUp({ ctx }: PastDevice, clock: MovingClock, day: number): Promise<void> {
  await reportSnapshot(ctx, {
    reference: `snapshot-${String(day + 1).padStart(3, '0')}`,
    takenAt: clock.now(),
    files: 4_210 + day * 13,
    bytes: 3_400_000_000 + day * 21_000_000,
    addedBytes: 19_000_000 + (day % 4) * 6_000_000,
    verified: day % 7 === 0,
  });
}

async function collectContacts(ada: Context, devices: readonly PastDevice[]): Promise<void> {
  for (const at of [0, 4, 8]) await addFavourite(ada, { address: placeOf(devices, at).address });
  const shared = await createAddressBook(ada, { name: 'Shop floor', shared: true });
  for (const at of [0, 1, 2, 3]) {
    const { name, address } = placeOf(devices, at);
    await addAddressBookEntry(ada, {
      bookId: shared.id,
      address,
      label: name,
      tags: at < 3 ? ['till', 'ground floor'] : ['screen'],
    });
  }
  const own = await createAddressBook(ada, { name: 'Mine', shared: false });
  await addAddressBookEntry(ada, {
    bookId: own.id,
    address: placeOf(devices, 9).address,
    label: 'Mail, third rack',
    tags: ['server'],
  });
}
