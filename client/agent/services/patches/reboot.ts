import { existsSync, readFileSync } from 'node:fs';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import type { Finding } from '../findings.ts';
import { complaintOf, runTool, ToolError } from '../run-tool.ts';
import type { PackageManager } from './pending.ts';

/** What the system says of a restart for updates that are installed; null where it does not tell. */
export type RebootNeed = {
  readonly required: boolean;
  /** The packages that it is for, as far as they are told. */
  readonly packages: readonly string[];
} | null;

/** Debian's packages leave this behind where they need a restart; beside it, with `.pkgs`, their names. */
const DEBIAN_MARKER = '/var/run/reboot-required';

/** Longest that dnf may take, in ms: it reads all that is installed. */
const ASKING_MS = 5 * 60_000;

/**
 * Whether the machine has to start anew for updates that are installed. Debian and its kin say it by a file, dnf where
 * its plugin is there; brew and winget do not tell.
 * @throws ToolError
 */
export async function rebootNeed(
  manager: PackageManager,
  run: typeof runTool = runTool,
  marker = DEBIAN_MARKER,
): Promise<RebootNeed> {
  switch (manager) {
    case 'apt':
      return existsSync(marker)
        ? { required: true, packages: linesOf(`${marker}.pkgs`) }
        : { required: false, packages: [] };
    case 'dnf': {
      const said = await run('dnf', ['needs-restarting', '--reboothint'], { timeoutMs: ASKING_MS });
      if (said?.code === 0) return { required: false, packages: [] };
      // Without the plugin dnf ends with 1 as well.
      return said && /reboot is required/i.test(said.stdout) ? { required: true, packages: [] } : null;
    }
    default:
      return null;
  }
}

function linesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return [...new Set(lines.map((line) => line.trim()).filter(Boolean))];
}

type ToolCommand = readonly [tool: string, ...args: string[]];

/** What starts a machine anew, by its platform; the first that works is enough. All need administrator's rights. */
const REBOOTING: Readonly<Partial<Record<NodeJS.Platform, readonly ToolCommand[]>>> = {
  linux: [
    ['systemctl', 'reboot'],
    ['shutdown', '-r', 'now'],
  ],
  darwin: [['shutdown', '-r', 'now']],
  win32: [['shutdown', '/r', '/t', '0']],
};

/**
 * Starts the machine anew, at once. Called only where the agent was started with leave to (`--allow-reboot`) and its
 * notice is over.
 * @throws ToolError where the system does not let it.
 */
export async function rebootMachine(
  commands: readonly ToolCommand[] = REBOOTING[process.platform] ?? [],
  run: typeof runTool = runTool,
): Promise<void> {
  let problem = new ToolError(({ serviceProblems }) => serviceProblems.tool.noReboot);
  for (const [tool, ...args] of commands) {
    const result = await run(tool, args);
    if (result?.code === 0) return;
    if (result) problem = complaintOf(tool, result);
  }
  throw problem;
}

/** So many packages are named in an alert. */
const NAMED = 5;

/** That the machine has to start anew, as an alert; null where it does not, or that is not known. */
export function rebootFinding(need: RebootNeed, { findings: { patches: say } }: AgentWords): Finding | null {
  if (!need?.required) return null;
  const named = need.packages.slice(0, NAMED).join(', ');
  return {
    subject: 'REBOOT_REQUIRED',
    severity: 'WARNING',
    kind: 'ALERT',
    message: named === '' ? say.rebootRequired : say.rebootRequiredFor(named),
    measurements: { packages: need.packages.length },
  };
}
