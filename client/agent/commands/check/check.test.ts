import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { agentProgram } from '../../program.ts';
import { EICAR } from '../../services/protection/threats.ts';
import { bytesInWords } from './output.ts';

function temporary(): string {
  const path = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'beckon-check-'));
  closeAfterTest(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs a check; what it says, and the status that it would end with. */
async function check(...args: string[]): Promise<{ said: string; status: number }> {
  const said: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => said.push(String(line)));
  const before = process.exitCode;
  try {
    process.exitCode = 0;
    await agentProgram().parseAsync(['node', 'agent', 'check', ...args]);
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
    expect((await check('backup', 'restore', id, '--to', to, ...at)).said).toContain('Restored 1 files');
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

  it('writes sizes as people do', () => {
    expect([0, 1023, 1536, 150 * 1024 ** 3, 2 ** 60].map(bytesInWords)).toEqual([
      '0 B',
      '1023 B',
      '1.5 KiB',
      '150 GiB',
      '1048576 TiB',
    ]);
  });
});
