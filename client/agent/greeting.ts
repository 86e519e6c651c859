import type { Acceptance } from './acceptance.ts';
import type { DeviceNow } from './device-now.ts';
import { AGENT_VERSION, describeMachine, realMachine } from './machine.ts';
import type { ScriptRule } from './script.ts';
import type { AgentState } from './state-file.ts';
import { paint } from './terminal.ts';

/** What is said first: who this device is, and what is unusual about it. */
export function greeting(
  device: DeviceNow,
  { simulated, server }: AgentState,
  unattended: { readonly acceptance: Acceptance; readonly script: readonly ScriptRule[] },
): string[] {
  const alias = device.alias === null ? '' : `   alias ${paint(['bold', 'cyan'], device.alias)}`;
  const lines = [
    `${paint('bold', 'Beckon agent')} ${AGENT_VERSION} · ${device.name} · ${server}`,
    `Your ID  ${paint(['bold', 'cyan'], device.addressGrouped)}${alias}`,
  ];
  if (simulated) {
    const really = describeMachine(realMachine());
    lines.push(paint('magenta', `Simulated: ${describeMachine(simulated)} (really ${really})`));
  }
  if (device.enrolledAt === null) {
    lines.push(paint('dim', 'Not managed by a company: enrol --code CODE makes it so.'));
  }
  if (device.locks.length > 0) {
    const locks = device.locks.map(({ permission, allowed }) => `${permission} ${allowed ? 'on' : 'off'}`);
    lines.push(paint('dim', `Locked by the custom-client settings: ${locks.join(', ')}`));
  }
  if (unattended.acceptance !== 'none') lines.push(paint('magenta', 'Lets others in by rule (--accept).'));
  if (unattended.script.length > 0) lines.push(paint('magenta', 'Acts by a script (--act).'));
  lines.push(paint('dim', 'Others invite you by this ID or alias. Type help for what you can do; quit ends.'));
  return lines;
}
