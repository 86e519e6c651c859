import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
  type TestDevice,
} from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { authenticate } from './authenticate.ts';
import {
  assignDevice,
  rotateDeviceCredential,
  setDeviceAlias,
  updateDevice,
  updateDeviceSettings,
} from './device-changes.ts';
import { removeDevice } from './device-removal.ts';
import { streamOf } from './event-log.ts';

interface Managed {
  app: TestApp;
  companyId: string;
  namespace: string;
  admin: TestAccount;
  /** The account signed in on the device. */
  owner: TestAccount;
  /** Another member, with the role User. */
  user: TestAccount;
  stranger: TestAccount;
  device: TestDevice;
}

async function managed(): Promise<Managed> {
  const app = await testApp();
  const { companyId, namespace, admin } = await buildCompany(app);
  const [owner, user] = [await buildAccount(app), await buildAccount(app)];
  await addMember(app, companyId, owner, 'USER');
  await addMember(app, companyId, user, 'USER');
  const stranger = (await buildCompany(app)).admin;
  const device = await setDevice(app, await buildDevice(app), {
    companyId,
    accountId: owner.account.id,
    enrolledAt: app.clock.now(),
  });
  return { app, companyId, namespace, admin, owner, user, stranger, device };
}

describe('what a device reports and how it is called', () => {
  it('a device reports what it runs now', async () => {
    const { device } = await managed();
    const reported = { platform: 'LINUX', clientKind: 'HOST', clientVersion: '8.0.1', name: ' till 4 ' } as const;
    expect(await updateDevice(device.ctx, reported)).toMatchObject({ ...reported, name: 'till 4' });
    await refusalOf(updateDevice(device.ctx, { clientVersion: 'eight' }), 'INVALID_VERSION');
    await refusalOf(updateDevice(device.ctx, { name: ' ' }), 'REQUIRED');
  });

  it('members of the company rename a device, and change nothing else of what it reports', async () => {
    const { device, user } = await managed();
    const deviceId = device.device.id;
    expect(await updateDevice(user.ctx, { deviceId, name: 'Till 5' })).toMatchObject({ name: 'Till 5' });
    await denialOf(updateDevice(user.ctx, { deviceId, name: 'Till 6', platform: 'MACOS' }), 'FORBIDDEN');
    await denialOf(updateDevice(user.ctx, { deviceId, clientVersion: '9' }), 'FORBIDDEN');
  });

  it('a device of others is answered as one that is not there, whoever asks', async () => {
    const { app, device, stranger } = await managed();
    const deviceId = device.device.id;
    const unknown = `dev_${'x'.repeat(24)}`;
    for (const ctx of [stranger.ctx, (await buildDevice(app)).ctx, (await buildAccount(app)).ctx]) {
      for (const id of [deviceId, unknown]) {
        const denial = await denialOf(updateDevice(ctx, { deviceId: id, name: 'x' }), 'NOT_FOUND');
        expect(denial.details).toEqual({ argument: 'deviceId' });
      }
    }
    await denialOf(updateDevice(stranger.ctx, { name: 'x' }), 'NOT_FOUND');
    await denialOf(updateDevice(app.as({ kind: 'operator' }), { deviceId, name: 'x' }), 'FORBIDDEN');
    await denialOf(updateDevice(app.as({ kind: 'anonymous' }), { deviceId, name: 'x' }), 'UNAUTHENTICATED');
  });

  it('what changes nothing is no event', async () => {
    const { companyId, device, admin } = await managed();
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    await updateDevice(device.ctx, { name: device.device.name, platform: 'WINDOWS' });
    await updateDevice(device.ctx, { name: 'other' });
    const event = await events.next();
    expect(event).toMatchObject({
      concept: 'device',
      change: 'UPDATED',
      before: { name: device.device.name },
      after: { name: 'other' },
    });
  });
});

describe('aliases', () => {
  it('the device, the account signed in on it and administrators set and remove its alias', async () => {
    const { device, owner, admin, namespace } = await managed();
    const deviceId = device.device.id;
    const alias = `Till.4@${namespace.toUpperCase()}`;
    expect(await setDeviceAlias(device.ctx, { alias })).toMatchObject({ alias, aliasKey: alias.toLowerCase() });
    expect(await setDeviceAlias(owner.ctx, { deviceId, alias: `t@${namespace}` })).toMatchObject({
      alias: `t@${namespace}`,
    });
    expect(await setDeviceAlias(admin.ctx, { deviceId, alias: null })).toMatchObject({ alias: null, aliasKey: null });
  });

  it('another member of the company sees the device but does not name it', async () => {
    const { device, user, namespace } = await managed();
    await denialOf(setDeviceAlias(user.ctx, { deviceId: device.device.id, alias: `t@${namespace}` }), 'FORBIDDEN');
  });

  it('an alias has at most 25 characters, of the allowed kinds, in the namespace of the company', async () => {
    const { device, namespace } = await managed();
    const rest = 25 - namespace.length - 1;
    for (const length of [rest - 1, rest]) {
      const alias = `${'n'.repeat(length)}@${namespace}`;
      expect(await setDeviceAlias(device.ctx, { alias })).toMatchObject({ alias });
    }
    const bad = [`${'n'.repeat(rest + 1)}@${namespace}`, 'name', `@${namespace}`, 'n@', `n m@${namespace}`];
    for (const alias of [...bad, `é@${namespace}`, `a@b@${namespace}`, 'n@elsewhere', `n@x${namespace}`]) {
      const refusal = await refusalOf(setDeviceAlias(device.ctx, { alias }), 'INVALID_ALIAS');
      expect(refusal.path).toEqual(['alias']);
    }
  });

  it('a device without a company has no namespace, and no alias', async () => {
    const { app, namespace } = await managed();
    const setting = setDeviceAlias((await buildDevice(app)).ctx, { alias: `t@${namespace}` });
    expect((await refusalOf(setting, 'INVALID_ALIAS')).details).toEqual({ namespace: null });
  });

  it('an alias belongs to one device, whatever its case, and is free again when it is removed', async () => {
    const { app, device, companyId, namespace } = await managed();
    const other = await setDevice(app, await buildDevice(app), { companyId });
    await setDeviceAlias(device.ctx, { alias: `till@${namespace}` });
    const taken = setDeviceAlias(other.ctx, { alias: `TILL@${namespace}` });
    expect((await refusalOf(taken, 'ALIAS_TAKEN')).path).toEqual(['alias']);
    await setDeviceAlias(device.ctx, { alias: null });
    await setDeviceAlias(other.ctx, { alias: `TILL@${namespace}` });
    await removeDevice(other.ctx, {});
    expect(await setDeviceAlias(device.ctx, { alias: `till@${namespace}` })).toMatchObject({
      alias: `till@${namespace}`,
    });
  });

  it('of devices racing for one alias exactly one gets it', async () => {
    const { app, companyId, namespace } = await managed();
    for (let round = 0; round < 5; round++) {
      const racers: TestDevice[] = [];
      for (let i = 0; i < 4; i++) racers.push(await setDevice(app, await buildDevice(app), { companyId }));
      const alias = `race${round}@${namespace}`;
      const outcomes = await Promise.allSettled(racers.map(({ ctx }) => setDeviceAlias(ctx, { alias })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'ALIAS_TAKEN' });
      }
    }
  });
});

describe('assigning devices', () => {
  it('PER-10 an administrator assigns a device; the old account, the new one and the company hear', async () => {
    const { device, admin, owner, user, companyId } = await managed();
    const streams = [
      streamOf.account(owner.account.id),
      streamOf.account(user.account.id),
      streamOf.company(companyId),
    ];
    const listeners = await Promise.all(streams.map((stream) => listenTo(admin.ctx, stream)));
    const input = { deviceId: device.device.id, accountId: user.account.id };
    expect(await assignDevice(admin.ctx, input)).toMatchObject({ accountId: user.account.id });
    for (const listener of listeners) {
      expect(await listener.next()).toMatchObject({
        change: 'ASSIGNED',
        before: { accountId: owner.account.id },
        after: { accountId: user.account.id },
      });
    }
    await assignDevice(admin.ctx, { ...input, accountId: null });
    expect(await listeners[1]?.next()).toMatchObject({ change: 'UNASSIGNED', after: { accountId: null } });
  });

  it('PER-10 a User assigns no device, not even their own; the device itself does not either', async () => {
    const { device, owner, user } = await managed();
    const deviceId = device.device.id;
    for (const { ctx, account } of [owner, user]) {
      await denialOf(assignDevice(ctx, { deviceId, accountId: account.id }), 'FORBIDDEN');
      await denialOf(assignDevice(ctx, { deviceId, accountId: null }), 'FORBIDDEN');
    }
    await denialOf(assignDevice(device.ctx, { deviceId, accountId: null }), 'FORBIDDEN');
  });

  it('a device is assigned only to an account of its company', async () => {
    const { app, device, admin, stranger } = await managed();
    for (const { account } of [stranger, await buildAccount(app)]) {
      const denial = await denialOf(
        assignDevice(admin.ctx, { deviceId: device.device.id, accountId: account.id }),
        'NOT_FOUND',
      );
      expect(denial.details).toEqual({ argument: 'accountId' });
    }
    await denialOf(assignDevice(stranger.ctx, { deviceId: device.device.id, accountId: null }), 'NOT_FOUND');
  });
});

describe('custom-client settings', () => {
  it('INV-24 administrators lock permissions of a managed device, in the order in which they are shown', async () => {
    const { device, admin } = await managed();
    const locks = [
      { permission: 'VPN', allowed: false },
      { permission: 'AUDIO', allowed: true },
      { permission: 'VPN', allowed: false },
    ] as const;
    expect((await updateDeviceSettings(admin.ctx, { deviceId: device.device.id, locks })).locks).toEqual([
      { permission: 'AUDIO', allowed: true },
      { permission: 'VPN', allowed: false },
    ]);
  });

  it('INV-24 a managed device does not lift its own locks, nor does its account; Discovery is theirs too', async () => {
    const { device, owner, user } = await managed();
    const deviceId = device.device.id;
    await denialOf(updateDeviceSettings(device.ctx, { locks: [] }), 'FORBIDDEN');
    await denialOf(updateDeviceSettings(owner.ctx, { deviceId, locks: [], discovery: true }), 'FORBIDDEN');
    await denialOf(updateDeviceSettings(user.ctx, { deviceId, discovery: true }), 'FORBIDDEN');
    expect(await updateDeviceSettings(owner.ctx, { deviceId, discovery: true })).toMatchObject({ discovery: true });
    expect(await updateDeviceSettings(device.ctx, { discovery: false })).toMatchObject({ discovery: false });
  });

  it('INV-24 a device that no company manages sets its own locks', async () => {
    const { app } = await managed();
    const device = await buildDevice(app);
    const locks = [{ permission: 'INPUT', allowed: false }] as const;
    expect(await updateDeviceSettings(device.ctx, { locks })).toMatchObject({ locks });
    expect(await updateDeviceSettings(device.ctx, { discovery: true })).toMatchObject({ locks, discovery: true });
  });

  it('INV-24 one permission locked both ways is a contradiction', async () => {
    const { device, admin } = await managed();
    const locks = [
      { permission: 'AUDIO', allowed: true },
      { permission: 'AUDIO', allowed: false },
    ] as const;
    const refusal = await refusalOf(
      updateDeviceSettings(admin.ctx, { deviceId: device.device.id, locks }),
      'CONTRADICTION',
    );
    expect(refusal.details).toEqual({ permissions: ['AUDIO'] });
  });
});

describe('device credentials', () => {
  it('a device gets a new credential; the old one is dead at once, and who listens by it is woken', async () => {
    const { app, device } = await managed();
    const woken = new Promise<void>((resolve) => {
      app.services.wakeUps.register([`auth:${device.device.id}`], resolve);
    });
    const { credential } = await rotateDeviceCredential(device.ctx, {});
    expect(credential).toMatch(/^bkn_dev_/);
    await denialOf(authenticate(app.services, { bearer: device.credential }), 'UNAUTHENTICATED');
    expect(await authenticate(app.services, { bearer: credential })).toMatchObject(device.principal);
    await woken;
  });

  it('nobody but the device itself rotates its credential, and the log holds neither secret nor hash', async () => {
    const { app, device, admin, owner } = await managed();
    await denialOf(rotateDeviceCredential(admin.ctx, {}), 'FORBIDDEN');
    await denialOf(rotateDeviceCredential(owner.ctx, {}), 'FORBIDDEN');
    const events = await listenTo(device.ctx, streamOf.device(device.device.id));
    const { credential, device: after } = await rotateDeviceCredential(device.ctx, { idempotencyKey: 'lost answer' });
    const event = JSON.stringify(await events.next());
    expect(event).toContain('CREDENTIAL_ROTATED');
    expect(event).not.toContain(credential);
    expect(event).not.toContain(after.credentialHash);
    expect((await rotateDeviceCredential(device.ctx, { idempotencyKey: 'lost answer' })).credential).toBe(credential);
    expect(await authenticate(app.services, { bearer: credential })).toMatchObject(device.principal);
  });
});
