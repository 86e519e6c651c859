import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../server/db/tables/roles.ts';
import { listDeviceAlerts } from '../../../../server/domain/alerts.ts';
import { listSnapshots } from '../../../../server/domain/backups.ts';
import { getInventory } from '../../../../server/domain/inventories.ts';
import { updatePolicy } from '../../../../server/domain/policy-changes.ts';
import { getRestore, requestRestore } from '../../../../server/domain/restores.ts';
import { listServiceAssignments } from '../../../../server/domain/service-states.ts';
import { testApp } from '../../../../server/testing/app.ts';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { companyWith } from '../../../../server/testing/services.ts';
import { createBeckonClient } from '../../../api/client.ts';
import { DeviceCursor } from '../../../api/operations/events.ts';
import { EN } from '../../catalogue/catalogue.ts';
import { apiPort } from './api-port.ts';
import { BackupEngine } from './backup-engine.ts';
import { MemoryFile } from './memory-file.ts';
import { ServiceRunner } from './runner.ts';
import { enginesOf, isPassing, ServiceWorker } from './worker.ts';

function temporary(): string {
  const path = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'beckon-endpoint-'));
  closeAfterTest(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A managed device of a company that has the service, and what runs services on it, over the API. */
async function prepare(service: Service) {
  const app = await testApp();
  const company = await companyWith(app, service);
  const { admin, policyId } = company;
  const device = await company.managed({ accountId: admin.account.id });
  const client = createBeckonClient({ url: `http://127.0.0.1:${await app.listen()}`, token: device.credential });
  closeAfterTest(() => client.close());
  const folder = temporary();
  const options = {
    folder,
    allowPatching: false,
    allowReboot: false,
    repository: join(folder, 'repository'),
    backupRoot: join(folder, 'restored'),
    knownThreats: new Map(),
    words: EN,
  };
  const said: string[] = [];
  const port = apiPort(client);
  const runner = new ServiceRunner({
    port,
    engines: enginesOf(port, options),
    memory: new MemoryFile(join(folder, 'memory.json')),
    say: (_, line) => said.push(line),
    isPassing,
    words: EN,
  });
  const setPolicy = (expectedVersion: number, values: Record<string, unknown>) =>
    updatePolicy(admin.ctx, { id: policyId, expectedVersion, settings: { service, values } });
  const tick = (laterMs = 0) => runner.tick(new Date(app.clock.now() + laterMs));
  const activation = async () => (await listServiceAssignments(device.ctx))[0];
  return { app, company, admin, device, client, options, runner, folder, said, setPolicy, tick, activation };
}

describe('an endpoint over the API', () => {
  it('SVC-06 SVC-09 SVC-10 installs Monitoring, works by the policy in force, raises and resolves alerts', async () => {
    const { company, admin, device, runner, setPolicy, tick, activation } = await prepare('MONITORING');
    const calm = { cpuWatched: false, diskWatched: false, memoryWatched: false };
    await setPolicy(1, {
      ...calm,
      processes: ['no such program'],
      memoryWatched: true,
      memoryPercent: 1,
      memoryMinutes: 0,
    });
    await company.activate(admin, device);
    await runner.sync();
    const installed = await activation();
    expect(installed).toMatchObject({ state: 'ACTIVE', appliedPolicy: expect.any(String) });
    await tick();
    await tick(60_000);
    const alerts = async () => {
      const { rows } = await listDeviceAlerts(device.ctx, device.device.id, {});
      return rows.map(({ subject, state, occurrences }) => `${subject} ${state} ${occurrences}`).sort();
    };
    expect(await alerts()).toEqual(['MEMORY_USE OPEN 1', 'PROCESS_MISSING:no such program OPEN 1']);

    await setPolicy(2, calm);
    await runner.sync();
    expect((await activation())?.appliedPolicy).not.toBe(installed?.appliedPolicy);
    await tick(120_000);
    expect(await alerts()).toEqual(['MEMORY_USE RESOLVED 1', 'PROCESS_MISSING:no such program RESOLVED 1']);
  });

  it('SVC-06 SVC-08 installs what is activated while it is online, told by the stream of its device', async () => {
    const { company, admin, device, client, options, activation } = await prepare('ASSET_MANAGEMENT');
    const worker = new ServiceWorker(client, options, () => {});
    closeAfterTest(() => worker.stop());
    const events = client.deviceEvents({ after: (await client.query(DeviceCursor, {})).viewer.device?.eventCursor });
    worker.start();
    await company.activate(admin, device);
    // INSTALLING and ACTIVE, as it reported them.
    let reported = 0;
    for await (const event of events) {
      worker.event(event);
      if (event.__typename === 'ServiceEvent' && event.actor === 'DEVICE') reported += 1;
      if (reported === 2) break;
    }
    worker.stop();
    expect(await activation()).toMatchObject({ state: 'ACTIVE', appliedPolicy: expect.any(String) });
  });

  it('takes the inventory and sends it, once for each scan', async () => {
    const { app, company, admin, device, runner, setPolicy, tick } = await prepare('ASSET_MANAGEMENT');
    await setPolicy(1, { inventories: ['HARDWARE', 'SOFTWARE'] });
    await company.activate(admin, device);
    await runner.sync();
    await tick();
    const inventory = await getInventory(admin.ctx, device.device.id);
    expect(inventory).toMatchObject({ takenAt: app.clock.now(), content: { hardware: { cores: expect.any(Number) } } });
    expect(inventory?.content.packages).toBeInstanceOf(Array);
  });

  it('SVC-11 PER-07 backs up and restores real files for the account that it is assigned to', async () => {
    const { app, company, admin, device, runner, folder, setPolicy, tick, activation } = await prepare('BACKUP');
    fs.mkdirSync(join(folder, 'files'));
    fs.writeFileSync(join(folder, 'files', 'letter.txt'), 'Dear reader');
    await setPolicy(1, { sets: [{ name: 'Files', folders: [join(folder, 'files')] }] });
    await company.activate(admin, device);
    await runner.sync();
    await tick();
    const backup = await activation();
    expect(backup).toMatchObject({ state: 'ACTIVE', failure: null });
    if (!backup) throw new Error('no backup');
    const { rows } = await listSnapshots(admin.ctx, backup, {});
    expect(rows).toMatchObject([{ files: 1, bytes: 11, verifiedAt: app.clock.now() }]);

    const { id } = await requestRestore(admin.ctx, { snapshotId: rows[0]?.id ?? '' });
    const engine = runner.engineOf('BACKUP');
    if (engine instanceof BackupEngine) engine.lookForRestores();
    await tick(1_000);
    expect(await getRestore(admin.ctx, id)).toMatchObject({ state: 'DONE', restoredFiles: 1 });
    const [restored = ''] = fs.readdirSync(join(folder, 'restored'));
    const path = join(folder, 'restored', restored, folder, 'files', 'letter.txt');
    expect(fs.readFileSync(path, 'utf8')).toBe('Dear reader');
  });
});
