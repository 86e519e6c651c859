import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../domain/context.ts';
import { setDeviceAlias } from '../domain/device-changes.ts';
import { createPolicy } from '../domain/policy-changes.ts';
import { activateService } from '../domain/service-activation.ts';
import { DEMO_NAMESPACE, type DemoCompany } from './company.ts';

const AGENT = fileURLToPath(new URL('../../client/agent/main.ts', import.meta.url));

interface SimulatedDevice {
  readonly alias: string;
  readonly name: string;
  readonly simulate: string;
  /** Rules of the agent's `--act`. */
  readonly act: string;
}

/** Who is there, and what they do by themselves. Between them something happens every dozen seconds or so. */
const SIMULATED_DEVICES: readonly SimulatedDevice[] = [
  {
    alias: `reception@${DEMO_NAMESPACE}`,
    name: 'Reception PC',
    simulate: 'platform=WINDOWS,version=7.1.4,kind=FULL_CLIENT',
    act: [
      `every 8-16s invite workshop@${DEMO_NAMESPACE} --note "Can you look at the label printer?" | invite ada@${DEMO_NAMESPACE} --revoke INPUT --note "Just watch, please"`,
      'on hosting after 3-6s revoke FILE_MANAGER,CLIPBOARD_FILES',
      'on permission-request after 2-4s allow | refuse',
    ].join('\n'),
  },
  {
    alias: `workshop@${DEMO_NAMESPACE}`,
    name: 'Workshop laptop',
    simulate: 'platform=WINDOWS,version=8.0.2,kind=FULL_CLIENT',
    act: ['on invitation after 3-6s connect | connect | connect | reject', 'on visiting after 8-14s end'].join('\n'),
  },
  {
    alias: `ada@${DEMO_NAMESPACE}`,
    name: 'Ada’s laptop',
    simulate: 'platform=MACOS,version=7.4.0,kind=FULL_CLIENT',
    act: ['on invitation after 2-5s connect', 'on visiting after 9-16s end'].join('\n'),
  },
];

export interface RunningAgents {
  /** The credential of the first device, for GraphiQL as a device. */
  readonly credential: string;
  stop(): void;
}

/** Enrols the simulated devices through the real agent, each a process of its own, and lets them run. */
export async function startAgents(
  ada: Context,
  company: DemoCompany,
  url: string,
  folder: string,
): Promise<RunningAgents> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const running: ChildProcess[] = [];
  const credentials: string[] = [];
  const deviceIds: string[] = [];
  await Promise.all(
    SIMULATED_DEVICES.map(async ({ alias, name, simulate, act }, i) => {
      const state = join(folder, `${alias}.json`);
      const common = [AGENT, '--state', state, '--server', url];
      await finished(
        spawn(process.execPath, [...common, 'enrol', '--name', name, '--simulate', simulate, '--code', company.code]),
      );
      const { deviceId, credential } = JSON.parse(readFileSync(state, 'utf8')) as {
        deviceId: string;
        credential: string;
      };
      credentials[i] = credential;
      deviceIds[i] = deviceId;
      await setDeviceAlias(ada, { deviceId, alias });
      const log = openSync(join(folder, `${alias}.log`), 'a', 0o600);
      const agent = spawn(process.execPath, [...common, 'run', '--act', act], { stdio: ['pipe', log, log] });
      agent.once('exit', (code) => {
        if (code) process.stderr.write(`The simulated device ${alias} has stopped; see ${folder}/${alias}.log\n`);
      });
      running.push(agent);
    }),
  );
  await monitor(ada, deviceIds);
  return {
    credential: credentials[0] ?? '',
    stop() {
      for (const agent of running) agent.kill('SIGTERM');
    },
  };
}

/** Puts Monitoring on the devices: what they measure is the machine that the demo runs on. */
async function monitor(ada: Context, deviceIds: string[]): Promise<void> {
  const settings = { service: 'MONITORING', values: { samplingSeconds: 10, cpuPercent: 95, cpuMinutes: 1 } } as const;
  const { id: policyId } = await createPolicy(ada, { name: 'Workstations', settings });
  await activateService(ada, { service: 'MONITORING', policyId, deviceIds });
}

function finished(agent: ChildProcess): Promise<void> {
  let said = '';
  agent.stdout?.on('data', (text) => {
    said += text;
  });
  agent.stderr?.on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    agent.once('error', reject);
    agent.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the agent could not enrol:\n${said}`))));
  });
}
