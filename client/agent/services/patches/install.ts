import { complaintOf, runTool, ToolError } from '../run-tool.ts';
import type { PackageManager, PendingUpdate } from './pending.ts';

/** Longest that an installation may take, in ms. */
const INSTALLING_MS = 60 * 60_000;

/** Names and versions as package managers have them: nothing that could be read as an option or as a wildcard. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9.+_~:@/-]*$/;

/**
 * Installs these updates, in exactly the versions that were listed; dependencies follow. Called only where the agent
 * was started with leave to (`--allow-patching`), and with updates that `pendingUpdates` told.
 * @throws ToolError where the package manager refuses; nothing is installed behind its back.
 */
export async function installUpdates(
  manager: PackageManager,
  updates: readonly PendingUpdate[],
  run: typeof runTool = runTool,
): Promise<void> {
  for (const { name, available } of updates) {
    if (!PLAIN.test(name) || !PLAIN.test(available)) {
      throw new ToolError(({ serviceProblems }) => serviceProblems.tool.noPackage(name));
    }
  }
  for (const [tool, ...args] of commandsFor(manager, updates)) {
    const options = { timeoutMs: INSTALLING_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    const result = await run(tool, args, options);
    if (!result) throw new ToolError(({ serviceProblems }) => serviceProblems.tool.notInstalled(tool));
    if (result.code !== 0) throw complaintOf(tool, result);
  }
}

type ToolCommand = readonly [tool: string, ...args: string[]];

/** The commands, in order; none for no updates. */
export function commandsFor(manager: PackageManager, updates: readonly PendingUpdate[]): ToolCommand[] {
  if (updates.length === 0) return [];
  switch (manager) {
    case 'apt': {
      const keep = ['-o', 'Dpkg::Options::=--force-confdef', '-o', 'Dpkg::Options::=--force-confold'];
      const exact = updates.map(({ name, available }) => `${name}=${available}`);
      return [['apt-get', 'install', '--yes', '--only-upgrade', ...keep, ...exact]];
    }
    case 'dnf':
      // `check-update` writes epoch:version-release, which dnf takes behind the name.
      return [['dnf', '--assumeyes', 'upgrade', ...updates.map(({ name, available }) => `${name}-${available}`)]];
    case 'brew':
      // brew knows only its newest version.
      return [['brew', 'upgrade', ...updates.map(({ name }) => name)]];
    case 'winget':
      return updates.map(({ name, available }): ToolCommand => {
        const quiet = [
          '--silent',
          '--disable-interactivity',
          '--accept-source-agreements',
          '--accept-package-agreements',
        ];
        return ['winget', 'upgrade', '--exact', '--id', name, '--version', available, ...quiet];
      });
  }
}
