import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { type AgentWords, EN, FR } from '../../catalogue/catalogue.ts';
import { problemInWords } from '../../problems.ts';
import { agentProgram } from '../../program.ts';
import { EICAR } from '../../services/protection/threats.ts';

function temporary(): string {
  const path = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'beckon-check-'));
  closeAfterTest(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs a check; what it says, and the status that it would end with. */
function check(...args: string[]): Promise<{ said: string; status: number }> {
  return checkIn(EN, ...args);
}

async function checkIn(words: AgentWords, ...args: string[]): Promise<{ said: string; status: number }> {
  const said: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => said.push(String(line)));
  const before = process.exitCode;
  try {
    process.exitCode = 0;
    await agentProgram(words).parseAsync(['node', 'agent', 'check', ...args]);
    return { said: said.join('\n'), status: Number(process.exitCode) };
  } finally {
    process.exitCode = before;
    log.mockRestore();
  }
}

describe('npm run agent -- check', () => {
  it('measures this machine', async () => {
    const { said } = await check('monitoring', '--seconds', '0.1', '--cpu', '100', '--process', 'no such program');
    expect(said).toMatch(/processors [\d.]+ %, memory [\d.]+ %/);
    expect(said).toContain('no such program is not running');
  });

  it('asks an address', async () => {
    const server = createServer((_, response) => response.end('fine')).listen(0, '127.0.0.1');
    closeAfterTest(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await check('web', url)).toMatchObject({ said: expect.stringContaining('as it should be'), status: 0 });
    const wrong = await check('web', url, '--text', 'else');
    expect(wrong).toMatchObject({ said: expect.stringContaining('does not have the text'), status: 1 });
    await expect(check('web', 'file:///etc/passwd')).rejects.toThrow('is no address of the web');
  });

  it('scans, moves to quarantine and puts back', async () => {
    const folder = temporary();
    const file = join(folder, 'files', 'a.com');
    fs.mkdirSync(join(folder, 'files'));
    fs.writeFileSync(file, EICAR);
    const quarantine = join(folder, 'quarantine');
    expect(await check('scan', join(folder, 'files'), '--quarantine', quarantine)).toMatchObject({ status: 1 });
    expect(fs.existsSync(file)).toBe(false);
    const [id = ''] = (await check('quarantine', quarantine)).said.split(' ');
    expect((await check('quarantine', quarantine, id)).said).toBe(`Put back: ${file}`);
    expect(fs.readFileSync(file).equals(EICAR)).toBe(true);
  });

  it('backs up, verifies, restores and prunes', async () => {
    const folder = temporary();
    fs.mkdirSync(join(folder, 'files'));
    fs.writeFileSync(join(folder, 'files', 'letter.txt'), 'Dear reader');
    const at = ['--repository', join(folder, 'repository')];
    const taken = await check('backup', 'snapshot', join(folder, 'files'), ...at);
    const [id = ''] = taken.said.split(':');
    expect((await check('backup', 'list', ...at)).said).toContain(id);
    expect((await check('backup', 'verify', id, ...at)).said).toBe('All 2 chunks are whole.');
    const to = join(folder, 'restored');
    expect((await check('backup', 'restore', id, '--to', to, ...at)).said).toContain('Restored 1 file,');
    expect(fs.readFileSync(join(to, folder, 'files', 'letter.txt'), 'utf8')).toBe('Dear reader');
    expect((await check('backup', 'prune', ...at)).said).toContain('0 snapshots removed');
    await expect(check('backup', 'verify', 'x', ...at)).rejects.toThrow('There is no snapshot x.');
  });

  it('installs nothing without leave', async () => {
    const patches = check('patches', '--apply', 'no-such-package');
    // Where no package manager is, that is said instead.
    await patches.then(
      ({ said }) => expect(said).toContain('nothing can be said'),
      (error) => expect((error as Error).message).toContain('--allow-patching'),
    );
  });

  it('API-08 says in French what it does, and what cannot be done', async () => {
    const folder = temporary();
    fs.mkdirSync(join(folder, 'files'));
    fs.writeFileSync(join(folder, 'files', 'a.com'), EICAR);
    const said = async (...args: string[]) => (await checkIn(FR, ...args)).said;
    expect(await said('monitoring', '--seconds', '0.1', '--process', 'no such program')).toMatch(
      /^processeurs [\d,]+\u00a0%, mémoire [\d,]+\u00a0% \([\d,]+\u00a0\SB?io libres\)[\s\S]*Le programme no such program ne tourne pas\./,
    );
    expect(await said('scan', join(folder, 'files'))).toContain('1 menace.');
    expect(await said('quarantine', join(folder, 'none'))).toBe('Il n’y a rien en quarantaine.');
    const at = ['--repository', join(folder, 'repository')];
    expect(await said('backup', 'snapshot', join(folder, 'files'), ...at)).toMatch(
      /: 1 fichier, 68\u00a0o, dont .+ de nouveau\.$/,
    );
    expect(await said('backup', 'list', ...at)).toContain('1 fichier  68\u00a0o');
    const missing = await checkIn(FR, 'backup', 'verify', 'x', ...at).catch((error: unknown) => error);
    expect(problemInWords(missing, FR)).toEqual(['L’instantané x n’existe pas.']);
  });

  it('writes sizes as people do', () => {
    expect([0, 1023, 1536, 150 * 1024 ** 3, 2 ** 60].map(EN.formats.bytes)).toEqual([
      '0 B',
      '1023 B',
      '1.5 KiB',
      '150 GiB',
      '1048576 TiB',
    ]);
  });
});
