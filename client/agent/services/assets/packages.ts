import { runTool, type ToolResult } from '../run-tool.ts';

/** A program as the system's package manager knows it. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string | null;
}

export interface PackageList {
  /** Which tool told it; null where none of those that are known is installed. */
  readonly source: string | null;
  readonly packages: readonly InstalledPackage[];
}

interface Source {
  readonly tool: string;
  readonly args: readonly string[];
  readonly parse: (output: string) => InstalledPackage[];
}

const SOURCES: readonly Source[] = [
  {
    tool: 'dpkg-query',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: fields of dpkg-query
    args: ['-W', '-f', '${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Architecture}\\n'],
    parse: parseDpkg,
  },
  { tool: 'rpm', args: ['-qa', '--qf', '%{NAME}\\t%{EVR}\\t%{ARCH}\\n'], parse: parseRpm },
  { tool: 'brew', args: ['list', '--versions'], parse: parseBrew },
  {
    tool: 'winget',
    args: ['list', '--accept-source-agreements', '--disable-interactivity'],
    parse: (output) =>
      parseWingetTable(output).map(({ Id = '', Version = '' }) => ({ name: Id, version: Version, architecture: null })),
  },
];

/**
 * Everything that the system's package manager installed, by name. The first tool that knows anything is asked: an rpm
 * on Debian manages nothing.
 * @throws ToolError
 */
export async function installedPackages(run: typeof runTool = runTool): Promise<PackageList> {
  let source: string | null = null;
  for (const { tool, args, parse } of SOURCES) {
    const result: ToolResult | null = await run(tool, args);
    if (result?.code !== 0) continue;
    source ??= tool;
    const packages = parse(result.stdout);
    if (packages.length > 0) return { source: tool, packages: packages.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  }
  return { source, packages: [] };
}

/** Lines of `ii <tab> name <tab> version <tab> architecture`; what is removed but has its settings left is not listed. */
export function parseDpkg(output: string): InstalledPackage[] {
  return output.split('\n').flatMap((line) => {
    const [status = '', name, version, architecture] = line.split('\t');
    if (status[1] !== 'i' || !name || !version) return [];
    return [{ name, version, architecture: architecture || null }];
  });
}

export function parseRpm(output: string): InstalledPackage[] {
  return output.split('\n').flatMap((line) => {
    const [name, version, architecture = ''] = line.split('\t');
    // Keys of the sources are kept as packages too.
    if (!name || !version || name === 'gpg-pubkey') return [];
    return [{ name, version, architecture: architecture === '(none)' ? null : architecture || null }];
  });
}

/** Lines of `name version version…`: each installed version is a package. */
export function parseBrew(output: string): InstalledPackage[] {
  return output.split('\n').flatMap((line) => {
    const [name, ...versions] = line.trim().split(/\s+/);
    return name ? versions.map((version) => ({ name, version, architecture: null })) : [];
  });
}

/**
 * winget's table, which is meant for people: columns begin where their headings do. A name that was cut ends in `…`.
 * @returns one record for each row, by the English heading.
 */
export function parseWingetTable(output: string): Record<string, string>[] {
  // A progress bar is written over with carriage returns before the table.
  const lines = output.split('\n').map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '');
  const ruler = lines.findIndex((line) => /^-{10,}\s*$/.test(line));
  const heading = lines[ruler - 1];
  if (ruler < 1 || heading === undefined) return [];
  const columns = [...heading.matchAll(/\S+/g)].map(({ 0: title, index }) => ({ title, index }));
  const rows: Record<string, string>[] = [];
  for (const line of lines.slice(ruler + 1)) {
    const second = columns[1]?.index ?? 0;
    // The table ends at the first line that is none of it, such as `3 upgrades available.`
    if (line.trim() === '' || line.length < second || line[second - 1] !== ' ') break;
    const cells = columns.map(({ title, index }, at) => [title, line.slice(index, columns[at + 1]?.index).trim()]);
    rows.push(Object.fromEntries(cells));
  }
  return rows;
}
