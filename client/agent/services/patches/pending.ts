import { parseWingetTable } from '../assets/packages.ts';
import { complaintOf, runTool } from '../run-tool.ts';

/** An update that could be installed now. */
export interface PendingUpdate {
  readonly name: string;
  readonly installed: string | null;
  readonly available: string;
  /** Whether it closes a security hole; null where the package manager does not tell. */
  readonly security: boolean | null;
}

export type PackageManager = 'apt' | 'dnf' | 'brew' | 'winget';

export interface PendingUpdates {
  /** Null where none of those that are known is installed: nothing can be said about updates then. */
  readonly manager: PackageManager | null;
  readonly updates: readonly PendingUpdate[];
}

/** Longest that asking for updates may take, in ms: dnf and winget read their sources first. */
const ASKING_MS = 5 * 60_000;

/**
 * The updates that the system's package manager knows of. Its lists are not fetched anew (that needs administrator's
 * rights on most systems): what it says is as new as the system keeps them.
 * @throws ToolError
 */
export async function pendingUpdates(run: typeof runTool = runTool): Promise<PendingUpdates> {
  const ask = (tool: string, ...args: string[]) => run(tool, args, { timeoutMs: ASKING_MS });

  const apt = await ask('apt', 'list', '--upgradable');
  if (apt) {
    // On macOS, `apt` is the annotation processor of an old Java, which fails here.
    if (apt.code === 0) return { manager: 'apt', updates: parseApt(apt.stdout) };
    if (process.platform === 'linux') throw complaintOf('apt', apt);
  }
  const dnf = await ask('dnf', '--quiet', 'check-update');
  if (dnf) {
    // 100: there are updates.
    if (dnf.code !== 0 && dnf.code !== 100) throw complaintOf('dnf', dnf);
    const security = await ask('dnf', '--quiet', '--security', 'check-update');
    const closing = new Set(security ? parseDnf(security.stdout).map(({ name }) => name) : []);
    const updates = parseDnf(dnf.stdout).map((update) => ({ ...update, security: closing.has(update.name) }));
    return { manager: 'dnf', updates };
  }
  const brew = await ask('brew', 'outdated', '--json=v2');
  if (brew) {
    if (brew.code !== 0) throw complaintOf('brew', brew);
    return { manager: 'brew', updates: parseBrewOutdated(brew.stdout) };
  }
  const winget = await ask('winget', 'upgrade', '--accept-source-agreements', '--disable-interactivity');
  if (winget) return { manager: 'winget', updates: parseWinget(winget.stdout) };
  return { manager: null, updates: [] };
}

/** `openssl/bookworm-security,bookworm 3.0.16-1 amd64 [upgradable from: 3.0.15-1]` */
export function parseApt(output: string): PendingUpdate[] {
  return output.split('\n').flatMap((line) => {
    const found = /^([^/\s]+)\/(\S+) (\S+) \S+ \[upgradable from: ([^\]]+)\]/.exec(line);
    if (!found) return [];
    const [, name = '', suites = '', available = '', installed = ''] = found;
    return [{ name, installed, available, security: suites.split(',').some((suite) => suite.endsWith('-security')) }];
  });
}

/** `bash.x86_64  5.2.32-1.fc40  updates`; what follows `Obsoleting Packages` is no update. */
export function parseDnf(output: string): PendingUpdate[] {
  const [updates = ''] = output.split(/^Obsoleting Packages/m);
  return updates.split('\n').flatMap((line) => {
    const found = /^(\S+)\.(\w+)\s+(\S+)\s+\S+\s*$/.exec(line);
    if (!found) return [];
    const [, name = '', , available = ''] = found;
    return [{ name, installed: null, available, security: null }];
  });
}

interface BrewOutdated {
  readonly formulae?: readonly { name: string; installed_versions: readonly string[]; current_version: string }[];
  readonly casks?: readonly { name: string; installed_versions: readonly string[]; current_version: string }[];
}

export function parseBrewOutdated(output: string): PendingUpdate[] {
  const { formulae = [], casks = [] } = JSON.parse(output) as BrewOutdated;
  return [...formulae, ...casks].map(({ name, installed_versions: versions, current_version: available }) => {
    return { name, installed: versions.at(-1) ?? null, available, security: null };
  });
}

export function parseWinget(output: string): PendingUpdate[] {
  return parseWingetTable(output).flatMap(({ Id = '', Version = '', Available = '' }) => {
    // An id that was cut to the width of the table names nothing.
    if (Id === '' || Id.endsWith('…') || Available === '') return [];
    return [{ name: Id, installed: Version || null, available: Available, security: null }];
  });
}
