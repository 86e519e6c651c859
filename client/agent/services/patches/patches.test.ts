import { describe, expect, it } from 'vitest';
import { EN } from '../../catalogue/catalogue.ts';
import { approvedOf, isInWindow, type PatchSettings, pendingFinding } from './approval.ts';
import { commandsFor, installUpdates } from './install.ts';
import { parseApt, parseBrewOutdated, parseDnf, parseWinget, pendingUpdates } from './pending.ts';

const APT = `Listing...
libssl3/bookworm-security,bookworm-updates 3.0.16-1~deb12u1 amd64 [upgradable from: 3.0.15-1~deb12u1]
tzdata/stable-updates 2026a-0+deb12u1 all [upgradable from: 2025b-0+deb12u1]
N: There are 2 additional versions. Please use the '-a' switch to see them.
`;

const DNF = `
bash.x86_64                     5.2.32-1.fc40                updates
kernel-core.x86_64              6.9.4-200.fc40               updates
Obsoleting Packages
old.noarch                      1.0-1.fc40                   updates
    older.noarch                0.9-1.fc40                   @System
`;

const SETTINGS: PatchSettings = { approve: 'NONE', approved: [], excluded: [], window: null };

const [openssl, tzdata] = parseApt(APT);
if (!openssl || !tzdata) throw new Error('the recorded output of apt is not read');

describe('Patch management', () => {
  it('reads what apt, dnf, brew and winget say', () => {
    expect(parseApt(APT)).toEqual([
      { name: 'libssl3', installed: '3.0.15-1~deb12u1', available: '3.0.16-1~deb12u1', security: true },
      { name: 'tzdata', installed: '2025b-0+deb12u1', available: '2026a-0+deb12u1', security: false },
    ]);
    expect(parseDnf(DNF).map(({ name, available }) => `${name} ${available}`)).toEqual([
      'bash 5.2.32-1.fc40',
      'kernel-core 6.9.4-200.fc40',
    ]);
    const brew = {
      formulae: [{ name: 'git', installed_versions: ['2.44', '2.45'], current_version: '2.46' }],
      casks: [],
    };
    expect(parseBrewOutdated(JSON.stringify(brew))).toEqual([
      { name: 'git', installed: '2.45', available: '2.46', security: null },
    ]);
    const winget = `Name  Id          Version Available Source\n${'-'.repeat(45)}\nGit   Git.Git     2.44.0  2.45.1    winget\nLong  A.Very.Lo…  1.0     2.0       winget\n`;
    expect(parseWinget(winget)).toEqual([
      { name: 'Git.Git', installed: '2.44.0', available: '2.45.1', security: null },
    ]);
  });

  it('approves all, those about security, or those that are named; what is excluded stays', () => {
    const names = (settings: Partial<PatchSettings>) =>
      approvedOf({ ...SETTINGS, ...settings }, [openssl, tzdata]).map(({ name }) => name);
    expect(names({})).toEqual([]);
    expect(names({ approve: 'ALL' })).toEqual(['libssl3', 'tzdata']);
    expect(names({ approve: 'SECURITY' })).toEqual(['libssl3']);
    expect(names({ approved: ['tz*'] })).toEqual(['tzdata']);
    expect(names({ approve: 'ALL', approved: ['libssl3'], excluded: ['lib*'] })).toEqual(['tzdata']);
    expect(approvedOf({ ...SETTINGS, approve: 'SECURITY' }, [{ ...tzdata, security: null }])).toEqual([]);
  });

  it('keeps to the window, over midnight too', () => {
    // Saturday, 23:00 to 03:00.
    const window = { days: [6], startMinute: 23 * 60, lengthMinutes: 240 };
    const at = (day: number, hour: number, minute = 0) => isInWindow(window, new Date(2026, 10, day, hour, minute));
    expect([at(21, 22, 59), at(21, 23), at(22, 2, 59), at(22, 3), at(22, 23), at(21, 1)]).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isInWindow(null, new Date())).toBe(true);
  });

  it('installs exactly the versions that were listed, and nothing that could be an option', async () => {
    expect(commandsFor('apt', [openssl])[0]?.slice(-1)).toEqual(['libssl3=3.0.16-1~deb12u1']);
    expect(commandsFor('winget', [openssl, tzdata])).toHaveLength(2);
    const never = async () => {
      throw new Error('it was run');
    };
    await expect(installUpdates('apt', [{ ...openssl, name: '--purge' }], never)).rejects.toThrow(
      'no name of a package',
    );
    await expect(installUpdates('apt', [], never)).resolves.toBeUndefined();
    const failing = async () => ({ code: 100, stdout: '', stderr: 'E: not root\n' });
    await expect(installUpdates('apt', [openssl], failing)).rejects.toThrow('apt-get failed (100): E: not root');
  });

  it('sums up what waits in one alert', () => {
    expect(pendingFinding([], EN)).toBeNull();
    expect(pendingFinding([openssl, tzdata], EN)).toMatchObject({
      severity: 'WARNING',
      message: '2 updates wait, 1 of them about security.',
    });
  });

  it('asks the real package manager where there is one, and says so where there is none', async () => {
    const { manager, updates } = await pendingUpdates();
    if (manager === null) expect(updates).toEqual([]);
    else expect(updates.every(({ name, available }) => name !== '' && available !== '')).toBe(true);
    expect(await pendingUpdates(async () => null)).toEqual({ manager: null, updates: [] });
  });
});
