import type { Acceptance } from './acceptance.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
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
  { live: { greeting: say } }: AgentWords,
): string[] {
  const alias = device.alias === null ? '' : `   ${say.alias(paint(['bold', 'cyan'], device.alias))}`;
  const lines = [
    `${paint('bold', say.agent)} ${AGENT_VERSION} · ${device.name} · ${server}`,
    `${say.yourId(paint(['bold', 'cyan'], device.addressGrouped))}${alias}`,
  ];
  if (simulated) {
    const really = describeMachine(realMachine());
    lines.push(paint('magenta', say.simulated(describeMachine(simulated), really)));
  }
  if (device.enrolledAt === null) {
    lines.push(paint('dim', say.notManaged));
  }
  if (device.locks.length > 0) {
    const locks = device.locks.map(({ permission, allowed }) => (allowed ? say.lockedOn : say.lockedOff)(permission));
    lines.push(paint('dim', say.locked(locks.join(', '))));
  }
  if (unattended.acceptance !== 'none') lines.push(paint('magenta', say.byRule));
  if (unattended.script.length > 0) lines.push(paint('magenta', say.byScript));
  lines.push(paint('dim', say.help));
  return lines;
}
