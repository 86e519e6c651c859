import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { companyWith, report } from '../testing/services.ts';
import { removeDevice } from './device-removal.ts';
import { streamOf } from './event-log.ts';
import { currentCursor, follow } from './event-stream.ts';
import {
  getInventory,
  type HardwareInput,
  INVENTORIES_PER_MINUTE,
  MOST_PACKAGES,
  reportInventory,
} from './inventories.ts';

const HARDWARE: HardwareInput = {
  manufacturer: 'Maker',
  virtual: false,
  cores: 8,
  memoryBytes: 34_359_738_368,
  disks: [{ name: 'Disk', bytes: 1_000_204_886_016 }],
  networks: [{ name: 'eth0', mac: '02:00:00:00:00:01', addresses: ['192.0.2.1'] }],
};
const PACKAGES = 'openssl\t3.4.1';

/** A company's device with Asset management on it. */
async function running() {
  const app = await testApp();
  const company = await companyWith(app, 'ASSET_MANAGEMENT');
  const { admin } = company;
  const device = await company.managed({ accountId: admin.account.id });
  await company.activate(admin, device);
  await report(device, 'ASSET_MANAGEMENT', 'INSTALLING');
  const inventory = { takenAt: app.clock.now(), hardware: HARDWARE, packages: PACKAGES, packageSource: 'dpkg-query' };
  return { app, admin, device, id: device.device.id, report: inventory };
}

it('keeps what the device found last, and tells of it where anything changed', async () => {
  const { app, admin, device, id, report } = await running();
  const after = await currentCursor(device.ctx, streamOf.device(id));
  expect(await reportInventory(device.ctx, report)).toEqual({ takenAt: report.takenAt, changed: true });
  app.clock.advance(1_000);
  const again = { ...report, takenAt: app.clock.now() + 60_000 };
  expect(await reportInventory(device.ctx, again)).toEqual({ takenAt: app.clock.now(), changed: false });
  expect((await reportInventory(device.ctx, { ...report, packages: '' })).changed).toBe(true);
  await reportInventory(device.ctx, { ...again, omittedPackages: 3 });
  const events = await follow(device.ctx, { stream: streamOf.device(id), after, check: async () => {} });
  for (let i = 0; i < 3; i++) {
    expect((await events.next()).value).toMatchObject({ concept: 'device', change: 'INVENTORY_REPORTED', subject: id });
  }
  await events.return?.();
  const { node } = await dataOf(
    admin.ctx,
    `query ($id: ID!) { node(id: $id) { ... on Device { inventory {
      omittedPackages hardware { cores memoryBytes model disks { bytes } networks { addresses } }
      packages { name version source } } } } }`,
    { id },
  );
  expect(node.inventory).toEqual({
    omittedPackages: 3,
    hardware: {
      ...{ cores: 8, memoryBytes: 34_359_738_368, model: null, disks: [{ bytes: 1_000_204_886_016 }] },
      networks: [{ addresses: ['192.0.2.1'] }],
    },
    packages: [{ name: 'openssl', version: '3.4.1', source: 'dpkg-query' }],
  });
});

it('takes an inventory from the device alone, while the service is on it, within bounds', async () => {
  const { app, admin, device, report } = await running();
  await denialOf(reportInventory(admin.ctx, report), 'FORBIDDEN');
  await denialOf(reportInventory((await buildDevice(app)).ctx, report), 'NOT_FOUND');
  const packages = Array.from({ length: MOST_PACKAGES + 1 }, () => 'a\t1').join('\n');
  await refusalOf(reportInventory(device.ctx, { ...report, packages }), 'TOO_MANY');
  await refusalOf(reportInventory(device.ctx, { ...report, packages: '\t1' }), 'REQUIRED');
  await refusalOf(reportInventory(device.ctx, { ...report, hardware: { ...HARDWARE, cores: -1 } }), 'OUT_OF_RANGE');
  for (let i = 0; i < INVENTORIES_PER_MINUTE; i++) await reportInventory(device.ctx, report);
  await denialOf(reportInventory(device.ctx, report), 'TOO_MANY_REQUESTS');
});

it('shows an inventory to whom the device is shown, and forgets it with the device', async () => {
  const { app, admin, device, id, report } = await running();
  expect(await getInventory(admin.ctx, id)).toBeNull();
  await reportInventory(device.ctx, report);
  expect(await getInventory(device.ctx, id)).toMatchObject({ takenAt: report.takenAt });
  expect(await getInventory((await buildAccount(app)).ctx, id)).toBeNull();
  expect(await getInventory((await buildDevice(app)).ctx, id)).toBeNull();
  await removeDevice(admin.ctx, { deviceId: id });
  expect(await getInventory(admin.ctx, id)).toBeNull();
});
