import { getNamedType, isUnionType } from 'graphql';
import { type Permission, SERVICES } from '../db/tables/roles.ts';
import type { Context } from '../domain/context.ts';
import { getDevice } from '../domain/devices.ts';
import type { RunningApp } from './app.ts';
import { buildAccount, buildDevice, type TestAccount, type TestDevice } from './builders.ts';
import { dataOf, schemaOnce } from './operations.ts';
import { mailsTo, signedIn, tokenIn } from './people.ts';
import { giveLicence } from './services.ts';

/** A company that has one of everything, and whoever there is in it. */
export interface Estate {
  readonly companyId: string;
  /** Administers it, has a device assigned, and the Backup on it. */
  readonly admin: TestAccount;
  /** The administrator, signed in by a cookie that there is a row of. */
  readonly adminCtx: Context;
  /** A member of role User. */
  readonly user: TestAccount;
  readonly userMemberId: string;
  /** Two members with a role each: for policies of Monitoring to assign, and for the alerts of one's own devices. */
  readonly assigner: TestAccount;
  readonly handler: TestAccount;
  /** The device that everything is on; and the handler's, which it has invitations and sessions with. */
  readonly device: TestDevice;
  readonly guest: TestDevice;
  readonly sessionId: string;
  /** The one that still stands. */
  readonly invitationId: string;
  /** The assigner's. */
  readonly roleId: string;
  /** Of Monitoring; and the Backup on the first device. */
  readonly policyId: string;
  readonly backupId: string;
}

/** The people and devices of an estate, before anything was done. */
type Parts = Omit<Estate, 'sessionId' | 'invitationId' | 'policyId' | 'backupId'>;

/** Does one mutation, and gives its payload; fails where it is refused. */
async function perform(
  ctx: Context,
  mutation: string,
  input: object,
  payload: string,
  // biome-ignore lint/suspicious/noExplicitAny: each caller asks for what it reads
): Promise<any> {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const answer = getNamedType(schemaOnce().getMutationType()?.getFields()[mutation]?.type);
  const refusal = isUnionType(answer) ? '... on UserError { __typename code path }' : '';
  const source = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) {
    ... on ${type}Payload { ${payload} } ${refusal} } }`;
  const result = (await dataOf(ctx, source, { input }))[mutation];
  if (result.code) throw new Error(`${mutation}: ${JSON.stringify(result)}`);
  return result;
}

/**
 * Builds a company by what people, devices and the operator do; whatever can be named is named after `label`. Webhooks
 * lead to a port of this machine that nobody listens on: WEBHOOK_ALLOW_PRIVATE has to be `yes`.
 */
export async function buildEstate(app: RunningApp, label: string): Promise<Estate> {
  const person = (name: string) =>
    buildAccount(app, { name: `${label} ${name}`, email: `${label}-${name}@example.test`.toLowerCase() });
  const admin = await person('Admin');
  const { ctx: adminCtx } = await signedIn(app, admin);
  const { company } = await perform(
    adminCtx,
    'createCompany',
    { name: label, namespace: label.toLowerCase() },
    'company { id }',
  );
  const [user, assigner, handler] = [await person('User'), await person('Assigner'), await person('Handler')];
  const userMemberId = await join(app, adminCtx, user, { role: 'USER' });
  const roleId = await roleOf(adminCtx, label, 'ASSIGN_POLICIES');
  await join(app, adminCtx, assigner, { roleIds: [roleId] });
  await join(app, adminCtx, handler, { roleIds: [await roleOf(adminCtx, label, 'HANDLE_OWN_ALERTS')] });
  for (const service of SERVICES) {
    if (service !== 'MONITORING') await giveLicence(app, { companyId: company.id, admin }, service);
  }
  await buyMonitoring(app, adminCtx, admin);
  const [device, guest] = await devicesOf(app, adminCtx, [admin, handler], label);
  const people = { admin, adminCtx, user, userMemberId, assigner, roleId, handler };
  const parts = { companyId: company.id, ...people, device, guest };
  const estate = { ...parts, ...(await work(parts, label)), ...(await services(parts, label)) };
  await contacts(estate, label);
  await perform(adminCtx, 'inviteMember', { email: `${label}-guest@example.test` }, 'memberInvitation { id }');
  await perform(adminCtx, 'createApiToken', { name: `${label} token`, scopes: ['READ'] }, 'apiToken { id }');
  for (const companyId of [undefined, company.id]) {
    const hook = { url: `http://127.0.0.1:9/${label}`, events: ['*'], companyId };
    const { webhook } = await perform(adminCtx, 'createWebhook', hook, 'webhook { id }');
    await perform(adminCtx, 'updateWebhook', { id: webhook.id, enabled: false }, 'webhook { id }');
    await perform(adminCtx, 'pingWebhook', { id: webhook.id }, 'deliveryId');
  }
  return estate;
}

/** Invites somebody with a role, and has them accept: the member's id. */
async function join(app: RunningApp, ctx: Context, who: TestAccount, roles: object): Promise<string> {
  const { email } = who.account;
  await perform(ctx, 'inviteMember', { email, ...roles }, 'memberInvitation { id }');
  const token = tokenIn((await mailsTo(app, email))[0]);
  return (await perform(who.ctx, 'acceptMemberInvitation', { token }, 'member { id }')).member.id;
}

/** A role that grants one permission for Monitoring. */
async function roleOf(ctx: Context, label: string, permission: Permission): Promise<string> {
  const grants = [{ service: 'MONITORING', permission }];
  return (await perform(ctx, 'createRole', { name: `${label} ${permission}`, grants }, 'role { id }')).role.id;
}

/** A licence as it is bought, mailed and activated; and one whose link is still on its way. */
async function buyMonitoring(app: RunningApp, ctx: Context, { account }: TestAccount): Promise<void> {
  const operator = app.as({ kind: 'operator' });
  const item = { product: 'MONITORING', edition: 'PREMIUM', seats: 10, expiresAt: '2030-01-01T00:00:00.000Z' };
  for (const purchaseEmail of [account.email, `buyer-${account.email}`]) {
    await perform(operator, 'issueLicences', { purchaseEmail, licences: [item] }, 'licences { id }');
  }
  await perform(ctx, 'activateLicence', { token: tokenIn((await mailsTo(app, account.email))[0]) }, 'licence { id }');
}

/** A device for each of these people, enrolled by a code, in a group. */
async function devicesOf(app: RunningApp, ctx: Context, owners: readonly [TestAccount, TestAccount], label: string) {
  const { group } = await perform(ctx, 'createDeviceGroup', { name: `${label} group` }, 'group { id }');
  const built: TestDevice[] = [];
  for (const { account } of owners) {
    const name = `${label} device ${built.length}`;
    const code = { label: `${label} code`, groupId: group.id, assignToId: account.id };
    const { secret } = await perform(ctx, 'createEnrolmentCode', code, 'secret');
    const one = await buildDevice(app, { name });
    await perform(one.ctx, 'enrolDevice', { code: secret }, 'device { id }');
    const alias = `${name.replaceAll(' ', '-')}@${label}`.toLowerCase();
    await perform(ctx, 'setDeviceAlias', { deviceId: one.device.id, alias }, 'device { id }');
    built.push({ ...one, device: await getDevice(one.ctx, one.device.id) });
  }
  return built as [TestDevice, TestDevice];
}

/** Invitations, requests and a session between the two devices, with all that can happen in one. */
async function work({ device, guest }: Parts, label: string) {
  const name = `${label} profile`;
  await perform(device.ctx, 'createPermissionProfile', { name, permissions: ['AUDIO'] }, 'profile { id }');
  const invite = { recipient: guest.device.address, origin: 'OWN_ID', note: `${label} note` };
  const { invitation } = await perform(device.ctx, 'inviteDevice', invite, 'invitation { id }');
  const accepted = await perform(
    guest.ctx,
    'acceptInvitation',
    { id: invitation.id, revision: 1 },
    'invitation { session { id } }',
  );
  const sessionId = accepted.invitation.session.id;
  await perform(guest.ctx, 'requestSessionPermissions', { sessionId, permissions: ['VPN'] }, 'request { id }');
  await perform(device.ctx, 'changeSessionPermissions', { id: sessionId, revoke: ['AUDIO'] }, 'session { id }');
  const { invitation: pending } = await perform(device.ctx, 'inviteDevice', invite, 'invitation { id }');
  await perform(guest.ctx, 'requestSession', { address: device.device.address }, 'request { id }');
  await perform(device.ctx, 'prepareEmailInvitation', { origin: 'OWN_ID' }, 'invitation { id }');
  return { sessionId, invitationId: pending.id };
}

/** A policy of each service that has things of its own to say: its first version, and its second. */
const settingsOf = (label: string): Readonly<Record<string, readonly [first: object, second: object]>> => ({
  MONITORING: [
    { processes: [label], volumes: [{ mount: '/', freePercent: 5 }] },
    { processes: [label], cpuPercent: 70 },
  ],
  ASSET_MANAGEMENT: [{ inventories: ['SOFTWARE', 'HARDWARE'] }, { inventories: ['SOFTWARE'] }],
  BACKUP: [{ sets: [{ name: label, folders: ['/home'], exclusions: [] }] }, { keepDaily: 3 }],
  PATCH_MANAGEMENT: [{ scanHours: 24 }, { windows: [{ start: '02:00', minutes: 60, weekdays: ['MONDAY'] }] }],
  WEB_MONITORING: [{ failuresBeforeAlert: 2 }, { checks: [{ name: label, url: `https://${label}.test/` }] }],
});

/** MONITORING: `monitoring`, as the fields of `PolicySettingsInput` are called. */
const inputOf = (service: string, settings: object) => ({
  [service.toLowerCase().replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase())]: settings,
});

/** Policies, services, alerts, an inventory and a backup on the first device. */
async function services(parts: Parts, label: string): Promise<Pick<Estate, 'policyId' | 'backupId'>> {
  const { adminCtx, device, guest } = parts;
  const targetIds = [device.device.id];
  let backupId = '';
  for (const [service, [first, second]] of Object.entries(settingsOf(label))) {
    const policyId = await policyOf(parts, `${label} ${service}`, inputOf(service, first));
    const change = { id: policyId, expectedVersion: 1, settings: inputOf(service, second) };
    await perform(adminCtx, 'updatePolicy', change, 'policy { version }');
    await perform(adminCtx, 'assignPolicy', { policyId, targetIds }, 'targets { outcome }');
    const activationId = await activate(parts, device, service, policyId);
    if (service === 'BACKUP') backupId = activationId;
  }
  const policyId = await policyOf(parts, `${label} of the guest`, { monitoring: {} });
  await activate(parts, guest, 'MONITORING', policyId);
  // Two groups of one device that do not agree.
  for (const name of ['one', 'two']) {
    const { group } = await perform(adminCtx, 'createDeviceGroup', { name: `${label} ${name}` }, 'group { id }');
    await perform(adminCtx, 'addDevicesToGroup', { id: group.id, deviceIds: targetIds }, 'group { id }');
    const memoryPercent = name === 'one' ? 80 : 90;
    const ofGroup = await policyOf(parts, `${label} of ${name}`, { monitoring: { memoryPercent } });
    await perform(adminCtx, 'assignPolicy', { policyId: ofGroup, targetIds: [group.id] }, 'targets { outcome }');
  }
  await reports(parts, label);
  return { policyId, backupId };
}

/** Puts a service on a device, which reports it installed; the id of the activation. */
async function activate({ adminCtx }: Parts, on: TestDevice, service: string, policyId: string): Promise<string> {
  const input = { deviceIds: [on.device.id], service, policyId };
  const { outcomes } = await perform(adminCtx, 'activateService', input, 'outcomes { activation { id } }');
  for (const state of ['INSTALLING', 'ACTIVE']) {
    await perform(on.ctx, 'reportServiceState', { service, generation: 1, state }, 'activation { id }');
  }
  return outcomes[0].activation.id;
}

async function policyOf({ adminCtx }: Parts, name: string, settings: object): Promise<string> {
  const { policy } = await perform(adminCtx, 'createPolicy', { name, settings }, 'policy { id }');
  return policy.id;
}

/** What the device tells of itself; and the administrator does about it. */
async function reports({ adminCtx, guest, device: { ctx } }: Parts, label: string): Promise<void> {
  const alert = { kind: 'ALERT', service: 'MONITORING', severity: 'WARNING', message: `${label} is hot` };
  const measurements = [{ name: 'cpu', unit: 'PERCENT', value: 99 }];
  const raised = await perform(ctx, 'raiseAlert', { ...alert, subject: 'one', measurements }, 'alert { id }');
  await perform(guest.ctx, 'raiseAlert', { ...alert, subject: 'two' }, 'alert { id }');
  await perform(adminCtx, 'acknowledgeAlerts', { ids: [raised.alert.id] }, 'alerts { id }');
  const takenAt = new Date(ctx.clock.now()).toISOString();
  const disks = [{ name: `${label} disk`, bytes: 1 }];
  const networks = [{ name: `${label} network`, addresses: ['192.0.2.7'] }];
  const hardware = { hostName: label, cores: 1, memoryBytes: 1, virtual: false, disks, networks };
  await perform(ctx, 'reportInventory', { takenAt, hardware, packages: `${label}-tool\t1.0` }, 'changed');
  const snapshot = { reference: `${label}-1`, takenAt, files: 1, bytes: 1, addedBytes: 1 };
  const { snapshot: taken } = await perform(ctx, 'reportSnapshot', snapshot, 'snapshot { id }');
  await perform(adminCtx, 'requestRestore', { snapshotId: taken.id, paths: [`/home/${label}`] }, 'restore { id }');
}

/** Favourites, address books of both kinds, and what is seen on the local network. */
async function contacts({ adminCtx, device, guest }: Parts, label: string): Promise<void> {
  const { address } = guest.device;
  await perform(adminCtx, 'addFavourite', { address }, 'favourite { addedAt }');
  for (const shared of [true, false]) {
    const book = { name: `${label} book ${shared}`, shared };
    const { addressBook } = await perform(adminCtx, 'createAddressBook', book, 'addressBook { id }');
    const entry = { bookId: addressBook.id, address, label: `${label} entry`, tags: [`${label} tag`] };
    await perform(adminCtx, 'addAddressBookEntry', entry, 'entry { id }');
  }
  for (const one of [device, guest])
    await perform(one.ctx, 'updateDeviceSettings', { discovery: true }, 'device { id }');
  await perform(guest.ctx, 'reportDiscovery', { addresses: [device.device.address] }, 'discovered { seenAt }');
  await perform(device.ctx, 'reportDiscovery', { addresses: [address] }, 'discovered { seenAt }');
}
