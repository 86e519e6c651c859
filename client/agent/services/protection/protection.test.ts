import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { EN } from '../../catalogue/catalogue.ts';
import { parseClamScan } from './clamav.ts';
import { protect, threatFinding } from './protect.ts';
import { Quarantine } from './quarantine.ts';
import { EICAR, readKnownThreats } from './threats.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const NO_CLAMAV = async () => null;

function prepare() {
  const base = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'beckon-protection-'));
  closeAfterTest(() => fs.rmSync(base, { recursive: true, force: true }));
  const folder = join(base, 'files');
  fs.mkdirSync(join(folder, 'deep'), { recursive: true });
  const quarantine = new Quarantine(join(base, 'quarantine'));
  const options = {
    folders: [folder],
    known: new Map(),
    exclude: [],
    largestBytes: 1_000_000,
    now: NOW,
    run: NO_CLAMAV,
  };
  return { base, folder, quarantine, options };
}

describe('Endpoint protection', () => {
  it('finds the EICAR test file, with blanks behind it too, and nothing that only holds its text', async () => {
    const { folder, options } = prepare();
    fs.writeFileSync(join(folder, 'a.com'), EICAR);
    fs.writeFileSync(join(folder, 'deep/b.com'), Buffer.concat([EICAR, Buffer.from('\r\n')]));
    fs.writeFileSync(join(folder, 'letter.txt'), Buffer.concat([EICAR, Buffer.from(' is a test file')]));
    fs.writeFileSync(join(folder, 'long.com'), Buffer.concat([EICAR, Buffer.alloc(100, ' ')]));
    const { engine, scanned, threats } = await protect({ ...options, quarantine: null });
    expect(threats.map(({ path, name, quarantined }) => [path, name, quarantined]).sort()).toEqual([
      [join(folder, 'a.com'), 'EICAR-Test-File', null],
      [join(folder, 'deep/b.com'), 'EICAR-Test-File', null],
    ]);
    expect(engine).toBe('known hashes');
    expect(scanned).toMatchObject({ files: 4, tooLarge: 0, unread: 0 });
    expect(fs.existsSync(join(folder, 'a.com'))).toBe(true);
  });

  it('finds files by their hash, larger than one part of the stream', async () => {
    const { folder, options } = prepare();
    const content = Buffer.alloc(700_000, 'malware ');
    fs.writeFileSync(join(folder, 'setup.exe'), content);
    const known = readKnownThreats(
      `# known\n${createHash('sha256').update(content).digest('hex')}  Trojan.Test\n`,
      'Known threat',
    );
    const { threats } = await protect({ ...options, known, quarantine: null });
    expect(threats).toMatchObject([{ name: 'Trojan.Test' }]);
    expect(() => readKnownThreats('\nabc', 'Known threat')).toThrow('Line 2');
  });

  it('leaves out what is excluded, too large, linked, or in quarantine already', async () => {
    const { base, folder, options } = prepare();
    const outside = join(base, 'outside.com');
    for (const path of [outside, join(folder, 'x.skip'), join(folder, 'deep/large')]) fs.writeFileSync(path, EICAR);
    fs.appendFileSync(join(folder, 'deep/large'), ' '.repeat(20));
    fs.symlinkSync(outside, join(folder, 'link'));
    const quarantine = new Quarantine(join(folder, 'quarantine'));
    fs.mkdirSync(quarantine.path);
    fs.writeFileSync(join(quarantine.path, 'found before'), EICAR);
    const result = await protect({ ...options, quarantine, exclude: ['*.skip'], largestBytes: 80 });
    expect(result.threats).toEqual([]);
    expect(result.scanned).toMatchObject({ files: 0, tooLarge: 1 });
  });

  it('moves threats to where nothing can open them, and back as they were', async () => {
    const { folder, quarantine, options } = prepare();
    const path = join(folder, 'a.com');
    fs.writeFileSync(path, EICAR, { mode: 0o755 });
    const { threats } = await protect({ ...options, quarantine });
    const [record] = await quarantine.list();
    expect(threats).toEqual([{ path, name: 'EICAR-Test-File', quarantined: record?.id, failure: null }]);
    expect(fs.existsSync(path)).toBe(false);
    expect(fs.statSync(quarantine.path).mode & 0o777).toBe(0o700);
    for (const name of fs.readdirSync(quarantine.path)) {
      expect(fs.statSync(join(quarantine.path, name)).mode & 0o077).toBe(0);
      expect(fs.readFileSync(join(quarantine.path, name)).includes('EICAR-STANDARD')).toBe(false);
    }
    fs.writeFileSync(path, 'something else');
    await expect(quarantine.restore(record?.id ?? '')).rejects.toThrow('is there already');
    fs.unlinkSync(path);
    await quarantine.restore(record?.id ?? '');
    expect(fs.readFileSync(path).equals(EICAR)).toBe(true);
    expect(fs.statSync(path).mode & 0o777).toBe(0o755);
    expect(fs.readdirSync(quarantine.path)).toEqual([]);
    await expect(quarantine.restore('../../etc/passwd')).rejects.toThrow('There is no');
  });

  it('leaves a file that changed since it was scanned, and says so', async () => {
    const { folder, quarantine } = prepare();
    const path = join(folder, 'a.com');
    fs.writeFileSync(path, 'harmless by now');
    await expect(quarantine.take({ path, name: 'X', sha256: '00' }, NOW)).rejects.toThrow('changed since');
    fs.symlinkSync(path, join(folder, 'link'));
    await expect(quarantine.take({ path: join(folder, 'link'), name: 'X' }, NOW)).rejects.toThrow();
    expect(fs.readFileSync(path, 'utf8')).toBe('harmless by now');
    expect(fs.readdirSync(quarantine.path)).toEqual([]);
  });

  it('deletes what has been in quarantine for long enough', async () => {
    const { folder, quarantine } = prepare();
    fs.writeFileSync(join(folder, 'a.com'), EICAR);
    await quarantine.take({ path: join(folder, 'a.com'), name: 'X' }, NOW);
    expect(await quarantine.purge(30, new Date('2026-02-01T00:00:00Z'))).toEqual([]);
    expect(await quarantine.purge(30, new Date('2026-02-02T00:00:00Z'))).toHaveLength(1);
    expect(fs.readdirSync(quarantine.path)).toEqual([]);
  });

  it('asks ClamAV where it is installed, and reads what it says', async () => {
    const { folder, options } = prepare();
    const said = `${folder}/a: b.com: Win.Test.EICAR_HDB-1 FOUND\n${folder}/x.skip: Y FOUND\n${folder}/c: OK\n`;
    expect(parseClamScan(said)[0]).toEqual({ path: `${folder}/a: b.com`, name: 'Win.Test.EICAR_HDB-1' });
    const run = async () => ({ code: 1, stdout: said, stderr: '' });
    const result = await protect({ ...options, quarantine: null, exclude: ['*.skip'], run });
    expect(result).toMatchObject({ engine: 'ClamAV', threats: [{ name: 'Win.Test.EICAR_HDB-1' }] });
    const broken = async () => ({ code: 2, stdout: '', stderr: 'ERROR: no signatures\n' });
    await expect(protect({ ...options, quarantine: null, run: broken })).rejects.toThrow('no signatures');
  });

  it('tells a threat that stayed as more urgent than one that was moved', () => {
    const threat = { path: '/a', name: 'X', quarantined: null, failure: null };
    expect(threatFinding(threat, EN)).toMatchObject({ severity: 'CRITICAL', kind: 'THREAT', subject: 'THREAT:/a' });
    const { subject } = threatFinding({ ...threat, path: `/${'folder/'.repeat(60)}file` }, EN);
    expect([...subject]).toHaveLength(200);
    expect(subject).toMatch(/^THREAT:\/folder.*….*\/file$/);
    expect(threatFinding({ ...threat, quarantined: 'id' }, EN)).toMatchObject({ severity: 'WARNING' });
  });
});
