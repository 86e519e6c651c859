import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SettingsOf } from '../../../../server/domain/policy-settings/services.ts';
import { settingsSchemaOf } from '../../../../server/domain/policy-settings/services.ts';
import { defaultsOf } from '../../../../server/domain/policy-settings/setting.ts';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { EN } from '../../catalogue/catalogue.ts';
import type { Decision } from '../findings.ts';
import { EICAR } from '../protection/threats.ts';
import { ToolError } from '../run-tool.ts';
import type { WebResult } from '../web/check.ts';
import { AssetEngine } from './asset-engine.ts';
import { BackupEngine } from './backup-engine.ts';
import type { Memory } from './engine.ts';
import { MemoryFile } from './memory-file.ts';
import { MonitoringEngine } from './monitoring-engine.ts';
import { PatchEngine, readyOf } from './patch-engine.ts';
import type {
  AssetPolicy,
  BackupPolicy,
  MonitoringPolicy,
  PatchPolicy,
  ProtectionPolicy,
  WebPolicy,
} from './policies.ts';
import type { InventoryReport, RestoreReport, RestoreTask, SnapshotReport } from './port.ts';
import { ProtectionEngine } from './protection-engine.ts';
import { isDue } from './schedule.ts';
import { WebEngine } from './web-engine.ts';

/** What the server sends where no policy sets anything: also proof that the agent's types are the server's. */
const DEFAULTS = {
  monitoring: defaultsOf(settingsSchemaOf('MONITORING')) as SettingsOf<'MONITORING'> satisfies MonitoringPolicy,
  assets: defaultsOf(settingsSchemaOf('ASSET_MANAGEMENT')) as SettingsOf<'ASSET_MANAGEMENT'> satisfies AssetPolicy,
  patches: defaultsOf(settingsSchemaOf('PATCH_MANAGEMENT')) as SettingsOf<'PATCH_MANAGEMENT'> satisfies PatchPolicy,
  protection: defaultsOf(
    settingsSchemaOf('ENDPOINT_PROTECTION'),
  ) as SettingsOf<'ENDPOINT_PROTECTION'> satisfies ProtectionPolicy,
  backup: defaultsOf(settingsSchemaOf('BACKUP')) as SettingsOf<'BACKUP'> satisfies BackupPolicy,
  web: defaultsOf(settingsSchemaOf('WEB_MONITORING')) as SettingsOf<'WEB_MONITORING'> satisfies WebPolicy,
};

const NO_REBOOT = {
  need: async () => ({ required: false, packages: [] }),
  reboot: async () => {
    throw new Error('it was restarted');
  },
  startedAt: () => 0,
};

/** A Friday. */
const NOW = new Date(2026, 0, 2, 12, 0);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

function temporary(): string {
  const path = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'beckon-engines-'));
  closeAfterTest(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

function fakeHost() {
  const decided: string[] = [];
  const values = new Map<string, unknown>();
  const memory: Memory = { get: (key) => values.get(key) as never, set: (key, value) => void values.set(key, value) };
  const decide = (decision: Decision): void => {
    decided.push(decision.kind === 'raise' ? `raise ${decision.finding.subject}` : `resolve ${decision.subject}`);
  };
  return { host: { decide, say: () => {}, isPassing: () => false, memory, words: EN }, decided, values };
}

describe('the engines under the policy in force', () => {
  it('Monitoring measures at the policy’s pace and raises real load', async () => {
    const { host, decided } = fakeHost();
    const engine = new MonitoringEngine(host);
    const policy = {
      ...DEFAULTS.monitoring,
      diskWatched: false,
      memoryPercent: 1,
      memoryMinutes: 0,
      cpuWatched: false,
    };
    engine.start(policy, []);
    await engine.tick(NOW);
    await engine.tick(later(30));
    expect(decided).toEqual(['raise MEMORY_USE']);
    engine.apply({ ...policy, memoryWatched: false });
    await engine.tick(later(31));
    expect(decided).toEqual(['raise MEMORY_USE', 'resolve MEMORY_USE']);
  });

  it('Web monitoring asks each address at its own pace, and resolves what is not asked any more', async () => {
    const { host, decided } = fakeHost();
    let asked = 0;
    const engine = new WebEngine(host, async (): Promise<WebResult> => {
      asked += 1;
      return { status: 500, milliseconds: 1, failure: 'broken', certificate: null };
    });
    const check = { name: 'Shop', url: 'http://shop.test', intervalSeconds: 60, timeoutSeconds: 1 };
    const checks = [{ ...check, expectedStatus: 200, expectedText: '', certificateDays: 0 }];
    engine.start({ checks, failuresBeforeAlert: 2 }, ['WEB_DOWN:Gone']);
    for (const seconds of [0, 30, 60, 61]) await engine.tick(later(seconds));
    expect(asked).toBe(2);
    engine.apply({ checks: [], failuresBeforeAlert: 2 });
    expect(decided).toEqual(['resolve WEB_DOWN:Gone', 'raise WEB_DOWN:Shop', 'resolve WEB_DOWN:Shop']);
  });

  it('Asset management takes the inventory when it is due', async () => {
    const { host, values } = fakeHost();
    const reports: InventoryReport[] = [];
    const engine = new AssetEngine(host, { reportInventory: async (report) => void reports.push(report) });
    engine.start({ ...DEFAULTS.assets, inventories: ['HARDWARE'] });
    await engine.tick(NOW);
    expect(values.get('assets.inventory')).toMatchObject({ hardware: { cores: expect.any(Number) }, software: null });
    values.delete('assets.inventory');
    await engine.tick(later(60));
    expect(values.has('assets.inventory')).toBe(false);
    expect(reports).toMatchObject([{ takenAt: NOW.toISOString(), hardware: { networks: [] }, software: null }]);
  });

  it('Patch management installs what is approved, only with leave, and tells what waits', async () => {
    const security = { name: 'openssl', installed: '1', available: '2', security: true };
    const other = { name: 'tzdata', installed: '1', available: '2', security: false };
    const installed: string[] = [];
    const tools = {
      ...NO_REBOOT,
      pending: async () => ({ manager: 'apt' as const, updates: [security, other] }),
      install: async (_: string, updates: readonly { name: string }[]) => {
        installed.push(...updates.map(({ name }) => name));
      },
    };
    const { host, decided } = fakeHost();
    const policy = { ...DEFAULTS.patches, approved: ['openssl'] };
    const without = new PatchEngine(host, { install: false, reboot: false }, tools);
    without.start(policy, []);
    await without.tick(NOW);
    expect([installed, decided]).toEqual([[], ['raise UPDATES_PENDING']]);
    const engine = new PatchEngine(host, { install: true, reboot: false }, tools);
    const windows = [{ weekdays: ['FRIDAY' as const], start: '13:00', minutes: 60 }];
    engine.start({ ...policy, windows }, ['UPDATES_PENDING']);
    await engine.tick(NOW);
    expect(installed).toEqual([]);
    await engine.tick(later(3600));
    expect(installed).toEqual(['openssl']);

    const automatic = { ...DEFAULTS.patches, approval: 'AUTOMATIC' as const, declined: ['tz*'] };
    const seen = { 'openssl 2': NOW.getTime() - 7 * 86_400_000, 'tzdata 2': 0 };
    expect(readyOf(automatic, [security, other], seen, NOW)).toEqual([security]);
    expect(readyOf(automatic, [security], {}, NOW)).toEqual([]);
    expect(readyOf({ ...automatic, categories: ['OTHER'], declined: [] }, [security, other], seen, NOW)).toEqual([
      other,
    ]);
  });

  it('Patch management tells that an installation failed beside what still waits, and that it went well later', async () => {
    const updates = [{ name: 'openssl', installed: '1', available: '2', security: true }];
    let broken = true;
    const tools = {
      ...NO_REBOOT,
      pending: async () => ({ manager: 'apt' as const, updates: broken ? updates : [] }),
      install: async () => {
        throw new ToolError(({ serviceProblems }) => serviceProblems.tool.failed('apt-get', '100'));
      },
    };
    const { host, decided } = fakeHost();
    const engine = new PatchEngine(host, { install: true, reboot: true }, tools);
    engine.start({ ...DEFAULTS.patches, approved: ['openssl'], reboot: 'ALWAYS', rebootNoticeMinutes: 0 }, []);
    for (const seconds of [0, 1]) await engine.tick(later(seconds));
    expect(decided).toEqual(['raise UPDATES_PENDING', 'raise UPDATES_FAILED']);
    broken = false;
    await engine.tick(later(12 * 3600));
    expect(decided.slice(2)).toEqual(['resolve UPDATES_PENDING', 'resolve UPDATES_FAILED']);
  });

  it('Endpoint protection scans at first and when it is due, and resolves what is gone', async () => {
    const folder = temporary();
    const { host, decided } = fakeHost();
    const engine = new ProtectionEngine(host, { quarantine: join(folder, 'quarantine'), known: new Map() });
    const path = join(folder, 'a.com');
    fs.writeFileSync(path, EICAR);
    engine.start({ ...DEFAULTS.protection, folders: [folder], onThreat: 'REPORT' }, []);
    await engine.tick(NOW);
    await engine.tick(later(1));
    expect(decided).toEqual([`raise THREAT:${path}`]);
    fs.unlinkSync(path);
    await engine.tick(later(3 * 86_400));
    expect(decided.at(-1)).toBe(`resolve THREAT:${path}`);
  });

  it('SVC-11 Backup takes, verifies, reports, prunes and restores', async () => {
    const folder = temporary();
    fs.mkdirSync(join(folder, 'files'));
    fs.writeFileSync(join(folder, 'files', 'letter'), 'Dear reader');
    const reports: SnapshotReport[] = [];
    const restores: RestoreReport[] = [];
    let tasks: RestoreTask[] = [];
    const port = {
      reportSnapshot: async (report: SnapshotReport) => void reports.push(report),
      reportRestore: async (report: RestoreReport) => void restores.push(report),
      restores: async () => tasks,
    };
    const { host, decided } = fakeHost();
    const folders = { repository: join(folder, 'repository'), restores: join(folder, 'restored') };
    const engine = new BackupEngine(host, port, folders);
    expect(await engine.prepare()).toBeNull();
    const sets = [{ name: 'Files', folders: [join(folder, 'files')], exclusions: [] }];
    const policy = { ...DEFAULTS.backup, keepDaily: 1, keepWeekly: 0, keepMonthly: 0 };
    engine.start({ ...policy, sets }, []);
    await engine.tick(NOW);
    await engine.tick(later(60));
    expect(reports).toMatchObject([{ files: 1, bytes: 11, verified: true }]);
    const reference = reports[0]?.reference ?? '';
    tasks = [
      { id: 'r1', reference, paths: [], running: false },
      { id: 'r2', reference: 'gone', paths: [], running: true },
    ];
    engine.lookForRestores();
    await engine.tick(later(61));
    expect(restores).toMatchObject([
      { id: 'r1', state: 'RUNNING' },
      { id: 'r1', state: 'DONE', restoredFiles: 1 },
      { id: 'r2', state: 'FAILED', failure: 'There is no snapshot gone.' },
    ]);
    const [restored = ''] = fs.readdirSync(folders.restores);
    expect(fs.readFileSync(join(folders.restores, restored, folder, 'files', 'letter'), 'utf8')).toBe('Dear reader');

    tasks = [];
    engine.apply({ ...policy, sets: [...sets, { name: 'Gone', folders: [join(folder, 'no')], exclusions: [] }] });
    await engine.tick(later(2 * 86_400));
    expect(decided).toEqual(['raise BACKUP_FAILED:Gone']);
    expect(reports.slice(1)).toMatchObject([{ verified: true }, { reference, pruned: true }]);
    const without = new BackupEngine(host, port, { repository: null, restores: null });
    expect(await without.prepare()).toContain('--repository');
  });

  it('SVC-11 a restore that is requested while another one runs is done after it', async () => {
    const folder = temporary();
    const done: string[] = [];
    const tasks: RestoreTask[] = [{ id: 'r1', reference: 'gone', paths: [], running: false }];
    const { host } = fakeHost();
    const engine: BackupEngine = new BackupEngine(
      host,
      {
        reportSnapshot: async () => {},
        restores: async () => tasks.filter(({ id }) => !done.includes(id)),
        async reportRestore({ id, state }) {
          if (state === 'FAILED') done.push(id);
          else if (id === 'r1') {
            tasks.push({ id: 'r2', reference: 'gone', paths: [], running: false });
            engine.lookForRestores();
          }
        },
      },
      { repository: join(folder, 'repository'), restores: join(folder, 'restored') },
    );
    expect(await engine.prepare()).toBeNull();
    engine.start(DEFAULTS.backup, []);
    for (const seconds of [0, 1]) await engine.tick(later(seconds));
    expect(done).toEqual(['r1', 'r2']);
  });

  it('are due at the last moment of their days that has passed since', () => {
    const never = new Date(0);
    expect(isDue(['FRIDAY'], '12:00', never, NOW)).toBe(true);
    expect(isDue(['FRIDAY'], '12:00', NOW, later(60))).toBe(false);
    expect(isDue(['FRIDAY'], '12:01', later(-86_400), NOW)).toBe(false);
    expect(isDue(['THURSDAY'], '23:00', later(-86_400), NOW)).toBe(true);
    expect(isDue([], '12:00', never, NOW)).toBe(false);
  });

  it('remember across starts, in a file of their own', () => {
    const path = join(temporary(), 'memory.json');
    new MemoryFile(path).set('a', [1]);
    expect(new MemoryFile(path).get('a')).toEqual([1]);
    expect(fs.statSync(path).mode & 0o077).toBe(0);
    fs.writeFileSync(path, 'broken');
    expect(new MemoryFile(path).get('a')).toBeUndefined();
  });
});
