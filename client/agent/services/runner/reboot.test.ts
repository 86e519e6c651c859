import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listDeviceAlerts } from '../../../../server/domain/alerts.ts';
import { streamOf } from '../../../../server/domain/event-log.ts';
import { updatePolicy } from '../../../../server/domain/policy-changes.ts';
import { testApp } from '../../../../server/testing/app.ts';
import { listenTo } from '../../../../server/testing/events.ts';
import { companyWith } from '../../../../server/testing/services.ts';
import { AGENT, Program, temporaryFolder } from '../../../testing/programs.ts';
import { writeState } from '../../state-file.ts';

/**
 * A package manager with one update, which requires a restart; and what restarts machines: it writes that down, and ends
 * the agent, as a system that goes down does.
 */
const DNF = `case "$*" in
  *needs-restarting*) if [ -e installed ]; then echo 'Reboot is required to fully utilize these updates.'; exit 1; fi;;
  *check-update*) if [ ! -e installed ]; then echo 'kernel.x86_64  6.9.4-200.fc40  updates'; exit 100; fi;;
  *upgrade*) echo "$@" > installed;;
esac`;
const RESTART = 'echo "$0 $*" >> restarted; kill -TERM $PPID';

/** A folder with these programs and no others, which all of them work in. */
function tools(programs: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(programs)) {
    fs.writeFileSync(join(folder, name), `#!/bin/sh\ncd '${folder}'\n${script}\n`, { mode: 0o700 });
  }
  return folder;
}

/** The agent on a device whose policy wants updates and, at once, a restart. */
async function run(...options: string[]) {
  const app = await testApp();
  const company = await companyWith(app, 'PATCH_MANAGEMENT');
  const { admin, policyId } = company;
  const device = await company.managed({ accountId: admin.account.id });
  const values = { approved: ['kernel'], reboot: 'IF_REQUIRED', rebootNoticeMinutes: 0 } as const;
  await updatePolicy(admin.ctx, {
    id: policyId,
    expectedVersion: 1,
    settings: { service: 'PATCH_MANAGEMENT', values },
  });
  await company.activate(admin, device);
  const server = `http://127.0.0.1:${await app.listen()}`;
  const state = join(temporaryFolder(), 'agent.json');
  const { credential, device: row } = device;
  const { id: deviceId, address } = row;
  writeState(state, { server, credential, deviceId, address, simulated: null, cursor: null });
  // The agent finds no other tools than these: a machine that tests run on is never restarted.
  const PATH = tools({ dnf: DNF, systemctl: RESTART, shutdown: RESTART });
  const alerts = await listenTo(admin.ctx, streamOf.alerts(company.companyId));
  const agent = new Program(AGENT, ['--state', state, 'run', ...options], { PATH });
  const subjects = async () => {
    const { rows } = await listDeviceAlerts(device.ctx, deviceId, {});
    return rows.map(({ subject, state }) => `${subject} ${state}`);
  };
  return { agent, alerts, subjects, restarted: () => fs.existsSync(join(PATH, 'restarted')) };
}

it('SVC-09 SVC-10 an agent with leave to installs, reports that a restart is required, and restarts', async () => {
  const { agent, alerts, subjects, restarted } = await run('--allow-patching', '--allow-reboot', '--language', 'fr');
  await agent.says('1 mise à jour installée');
  expect(await alerts.changes(1)).toEqual(['alert RAISED']);
  await agent.says('cette machine redémarre maintenant');
  expect(await agent.ends()).toBe(0);
  expect(await subjects()).toEqual(['REBOOT_REQUIRED OPEN']);
  expect(restarted()).toBe(true);
});

it('SVC-09 SVC-10 without leave to restart it installs and reports, and leaves the machine as it is', async () => {
  const { agent, alerts, subjects, restarted } = await run('--allow-patching');
  await agent.says('installed 1 update');
  await agent.says('started without leave to do it (--allow-reboot)');
  expect(await alerts.changes(1)).toEqual(['alert RAISED']);
  expect(await subjects()).toEqual(['REBOOT_REQUIRED OPEN']);
  expect(restarted()).toBe(false);
});

it('leave to restart takes leave to install', async () => {
  const { agent } = await run('--allow-reboot');
  await agent.says('it takes --allow-patching as well');
  expect(await agent.ends()).toBe(2);
});
