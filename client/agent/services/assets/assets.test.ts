import { describe, expect, it } from 'vitest';
import { hardware } from './hardware.ts';
import { installedPackages, parseBrew, parseDpkg, parseRpm, parseWingetTable } from './packages.ts';

describe('Asset management', () => {
  it('reads what dpkg, rpm and brew say, without what is removed or no program', () => {
    expect(parseDpkg('ii \tadduser\t3.134\tall\nrc \told\t1.0\tamd64\n\n')).toEqual([
      { name: 'adduser', version: '3.134', architecture: 'all' },
    ]);
    expect(parseRpm('bash\t5.2.26-3.fc40\tx86_64\ngpg-pubkey\ta15b79cc\t(none)\n')).toEqual([
      { name: 'bash', version: '5.2.26-3.fc40', architecture: 'x86_64' },
    ]);
    expect(parseBrew('node 24.1.0\nopenssl@3 3.3.0 3.4.1\n')).toEqual([
      { name: 'node', version: '24.1.0', architecture: null },
      { name: 'openssl@3', version: '3.3.0', architecture: null },
      { name: 'openssl@3', version: '3.4.1', architecture: null },
    ]);
  });

  it('reads winget’s table by its columns, behind its progress bar', () => {
    const table = [
      '   - \r   \\ \r                    \rName                 Id                  Version  Available Source',
      '------------------------------------------------------------------------',
      'Git                  Git.Git             2.44.0   2.45.1    winget',
      '7-Zip 23.01 (x64)    7zip.7zip           23.01              winget',
      '2 upgrades available.',
    ].join('\r\n');
    expect(parseWingetTable(table)).toEqual([
      { Name: 'Git', Id: 'Git.Git', Version: '2.44.0', Available: '2.45.1', Source: 'winget' },
      { Name: '7-Zip 23.01 (x64)', Id: '7zip.7zip', Version: '23.01', Available: '', Source: 'winget' },
    ]);
  });

  it('says that no package manager is there where none is', async () => {
    expect(await installedPackages(async () => null)).toEqual({ source: null, packages: [] });
  });

  it('lists what is really installed where this machine has a package manager', async () => {
    const { source, packages } = await installedPackages();
    if (source === null) expect(packages).toEqual([]);
    else expect(packages.every(({ name, version }) => name !== '' && version !== '')).toBe(true);
  });

  it('takes the inventory of this machine’s hardware', async () => {
    const found = await hardware();
    expect(found.memoryBytes).toBeGreaterThan(0);
    expect(found.cores).toBeGreaterThan(0);
    expect(found.operatingSystem).not.toBe('');
  });
});
