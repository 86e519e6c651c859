import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { chunksOf } from './chunker.ts';
import { entriesOf, putEntries } from './entries.ts';
import { keptSnapshots, prune, verifySnapshot } from './maintenance.ts';
import { Repository } from './repository.ts';
import { restoreSnapshot } from './restore.ts';
import { takeSnapshot } from './snapshot.ts';

/** Small enough that small files have many chunks. */
const SMALL = { min: 64, average: 256, max: 1024 };
const NOW = new Date('2026-01-02T03:04:05Z');

function temporary(): string {
  const path = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'beckon-backup-'));
  closeAfterTest(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

async function prepare() {
  const base = temporary();
  const source = join(base, 'source');
  fs.mkdirSync(source);
  const repository = await Repository.open(join(base, 'repository'), SMALL);
  const snap = (now = NOW) => takeSnapshot(repository, [source], { now });
  return { base, source, repository, snap, restored: (name = 'out') => join(base, name) };
}

/** Everything below a folder, in a form that can be compared. */
function describeTree(path: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of fs.readdirSync(path, { recursive: true }) as string[]) {
    const at = join(path, name);
    const status = fs.lstatSync(at);
    const common = { mode: status.mode.toString(8), changed: Math.round(status.mtimeMs / 10) };
    if (status.isSymbolicLink()) found[name] = { link: fs.readlinkSync(at) };
    else if (status.isDirectory()) found[name] = { ...common, folder: true };
    else found[name] = { ...common, content: fs.readFileSync(at).toString('hex') };
  }
  return found;
}

/** Bytes that do not repeat, equal each time. */
function noise(length: number, seed = 1): Buffer {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  };
  return Buffer.from(Uint8Array.from({ length }, next));
}

async function cut(content: Buffer, parts: number): Promise<string[]> {
  async function* source() {
    for (let at = 0; at < content.length; at += parts) yield content.subarray(at, at + parts);
  }
  const chunks: string[] = [];
  for await (const chunk of chunksOf(source(), SMALL)) chunks.push(chunk.toString('hex'));
  return chunks;
}

describe('the chunker', () => {
  it('cuts by content alone: the parts in which it comes do not matter, and nothing is lost', async () => {
    const content = noise(20_000);
    const whole = await cut(content, 20_000);
    expect(await cut(content, 7)).toEqual(whole);
    expect(whole.join('')).toBe(content.toString('hex'));
    expect(Math.max(...whole.map((chunk) => chunk.length / 2))).toBeLessThanOrEqual(SMALL.max);
  });

  it('finds its cuts again behind bytes that were put in at the front', async () => {
    const before = new Set(await cut(noise(20_000), 1000));
    const after = await cut(Buffer.concat([Buffer.from('inserted'), noise(20_000)]), 1000);
    expect(after.filter((chunk) => !before.has(chunk)).length).toBeLessThan(5);
  });
});

describe('SVC-11 Backup', () => {
  it('restores files, empty ones, folders, links, modes and times as they were', async () => {
    const { source, repository, snap, restored } = await prepare();
    fs.mkdirSync(join(source, 'a/deep/empty'), { recursive: true });
    fs.writeFileSync(join(source, 'a/größe € 漢字.txt'), noise(5000));
    fs.writeFileSync(join(source, 'a/deep/nothing'), '');
    fs.writeFileSync(join(source, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    fs.symlinkSync('../elsewhere', join(source, 'a/link'));
    fs.symlinkSync('a', join(source, 'folder-link'));
    fs.utimesSync(join(source, 'run.sh'), 1_000_000, 1_000_000);
    fs.chmodSync(join(source, 'a/deep'), 0o500);
    const snapshot = await snap();
    expect(snapshot).toMatchObject({ files: 3, bytes: 5010, skipped: 0, takenAt: NOW.toISOString() });
    expect(await restoreSnapshot(repository, snapshot.id, restored())).toEqual({ files: 5, bytes: 5010 });
    expect(describeTree(join(restored(), source))).toEqual(describeTree(source));
    fs.chmodSync(join(source, 'a/deep'), 0o700);
    fs.chmodSync(join(restored(), source, 'a/deep'), 0o700);
  });

  it('gives back exactly what it was given, whatever that is', async () => {
    const name = fc.stringMatching(/^[a-zé ._-]{1,8}$/).filter((text) => text !== '.' && text !== '..');
    const files = fc.dictionary(name, fc.uint8Array({ maxLength: 3000 }), { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, files, { maxKeys: 3 }), async (tree) => {
        const { base, source, repository, snap, restored } = await prepare();
        for (const [folder, contents] of Object.entries(tree)) {
          fs.mkdirSync(join(source, folder));
          for (const [file, content] of Object.entries(contents)) fs.writeFileSync(join(source, folder, file), content);
        }
        await restoreSnapshot(repository, (await snap()).id, restored());
        expect(describeTree(join(restored(), source))).toEqual(describeTree(source));
        fs.rmSync(base, { recursive: true });
      }),
      { numRuns: 12 },
    );
  });

  it('keeps what it has already only once, compressed', async () => {
    const { source, snap } = await prepare();
    fs.writeFileSync(join(source, 'one'), noise(30_000));
    const first = await snap();
    fs.writeFileSync(join(source, 'copy'), noise(30_000));
    fs.writeFileSync(join(source, 'zeros'), Buffer.alloc(50_000));
    const second = await snap();
    expect(first.addedBytes).toBeGreaterThan(30_000);
    expect(second.bytes).toBe(110_000);
    expect(second.addedBytes).toBeLessThan(10_000);
  });

  it('restores only the paths that are asked for, and says which are not there', async () => {
    const { source, repository, snap, restored } = await prepare();
    for (const name of ['a', 'ab', 'b']) fs.writeFileSync(join(source, name), name);
    const { id } = await snap();
    expect(await restoreSnapshot(repository, id, restored(), { paths: [join(source, 'a')] })).toMatchObject({
      files: 1,
    });
    expect(fs.readdirSync(join(restored(), source))).toEqual(['a']);
    const absent = restoreSnapshot(repository, id, restored('other'), { paths: ['/no/such'] });
    await expect(absent).rejects.toThrow('does not hold no/such');
    await expect(restoreSnapshot(repository, id, restored())).rejects.toThrow('is there already');
    await expect(restoreSnapshot(repository, '../../etc', restored())).rejects.toThrow('There is no snapshot');
  });

  it('writes nothing outside of the folder, whatever a forged snapshot says', async () => {
    const { base, repository, restored } = await prepare();
    const common = { mode: 0o644, uid: 0, gid: 0, changedMs: 0 };
    const forge = async (...entries: Parameters<typeof putEntries>[1] extends AsyncIterable<infer E> ? E[] : never) => {
      async function* all() {
        yield* entries;
      }
      const { hashes, hash } = await putEntries(repository, all());
      const id = '20260101T000000Z-00000000';
      const record = { id, name: '', takenAt: '', folders: [], files: 1, bytes: 0, addedBytes: 0, skipped: 0 };
      await repository.putSnapshot({ ...record, entries: hashes, entriesHash: hash });
      return id;
    };
    const up = await forge({ type: 'file', path: '/a/../../../escaped', bytes: 0, chunks: [], ...common });
    await expect(restoreSnapshot(repository, up, restored())).rejects.toThrow('leads elsewhere');
    const through = await forge(
      { type: 'link', path: '/out', to: base, ...common },
      { type: 'file', path: '/out/escaped', bytes: 0, chunks: [], ...common },
    );
    await expect(restoreSnapshot(repository, through, restored('second'))).rejects.toThrow('is there already');
    fs.mkdirSync(restored('third'));
    fs.symlinkSync(base, join(restored('third'), 'out'));
    await expect(restoreSnapshot(repository, through, restored('third'))).rejects.toThrow('is in the way');
    expect(fs.existsSync(join(base, 'escaped'))).toBe(false);
  });

  it('notices every damaged or missing chunk, and mends it with the next snapshot', async () => {
    const { source, repository, snap, restored } = await prepare();
    fs.writeFileSync(join(source, 'file'), noise(5000));
    const { id } = await snap();
    expect(await verifySnapshot(repository, id)).toMatchObject({ damaged: [] });
    const hashes: string[] = [];
    for await (const entry of entriesOf(repository, await repository.snapshot(id))) {
      if (entry.type === 'file') hashes.push(...entry.chunks);
    }
    const [broken = '', missing = ''] = hashes;
    const path = repository.chunkPath(broken);
    const bytes = fs.readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    fs.writeFileSync(path, bytes);
    fs.unlinkSync(repository.chunkPath(missing));
    await expect(restoreSnapshot(repository, id, restored())).rejects.toThrow(`${broken} is damaged`);
    expect(fs.readdirSync(join(restored(), source))).toEqual([]);
    expect((await verifySnapshot(repository, id)).damaged.toSorted()).toEqual([broken, missing].sort());
    await snap();
    expect(await verifySnapshot(repository, id)).toMatchObject({ damaged: [] });
  });

  it('collects what no snapshot needs any more, and nothing else', async () => {
    const { source, repository, snap, restored } = await prepare();
    fs.writeFileSync(join(source, 'stays'), noise(5000, 1));
    fs.writeFileSync(join(source, 'goes'), noise(9000, 2));
    const first = await snap(new Date('2026-01-01T00:00:00Z'));
    fs.unlinkSync(join(source, 'goes'));
    const second = await snap(new Date('2026-01-02T00:00:00Z'));
    const { removed, freedBytes } = await prune(repository, { last: 1, daily: 0, weekly: 0, monthly: 0 });
    expect(removed).toEqual([first.id]);
    expect(freedBytes).toBeGreaterThan(9000);
    await restoreSnapshot(repository, second.id, restored());
    expect(describeTree(join(restored(), source))).toEqual(describeTree(source));
    await expect(repository.snapshot(first.id)).rejects.toThrow('There is no snapshot');
  });

  it('skips what it cannot keep and says so; itself it leaves out', async () => {
    const { base, source, repository } = await prepare();
    fs.writeFileSync(join(source, 'file'), 'x');
    if (process.platform === 'linux') fs.writeFileSync(Buffer.from(`${source}/\xff\xfe`, 'latin1'), 'not UTF-8');
    const skipped: string[] = [];
    const snapshot = await takeSnapshot(repository, [base], {
      now: NOW,
      exclude: [join(base, 'nothing')],
      onSkipped: (path, reason) => skipped.push(`${path}: ${reason}`),
    });
    expect(snapshot.files).toBe(1);
    if (process.platform === 'linux') expect(skipped).toEqual([`${source}: it holds a name that is no text`]);
    await expect(takeSnapshot(repository, [join(base, 'nowhere')], { now: NOW })).rejects.toThrow('is not there');
  });

  it('keeps by number, day, week and month, and always the newest', () => {
    const times = [
      '2026-01-05T10',
      '2026-01-05T20',
      '2026-01-06T10',
      '2026-01-12T10',
      '2026-02-01T10',
      '2026-02-01T11',
    ];
    const snapshots = times.map((time) => ({ id: time, takenAt: `${time}:00:00.000Z` }));
    const none = { last: 0, daily: 0, weekly: 0, monthly: 0 };
    expect(keptSnapshots(snapshots, none)).toEqual(['2026-02-01T11']);
    expect(keptSnapshots(snapshots, { ...none, last: 2 })).toEqual(['2026-02-01T10', '2026-02-01T11']);
    expect(keptSnapshots(snapshots, { ...none, daily: 4 })).toEqual([
      '2026-01-05T20',
      '2026-01-06T10',
      '2026-01-12T10',
      '2026-02-01T11',
    ]);
    expect(keptSnapshots(snapshots, { ...none, weekly: 9 })).toEqual([
      '2026-01-06T10',
      '2026-01-12T10',
      '2026-02-01T11',
    ]);
    expect(keptSnapshots(snapshots, { ...none, monthly: 2 })).toEqual(['2026-01-12T10', '2026-02-01T11']);
  });

  it('is whole after it was killed in the middle of a snapshot', async () => {
    const { base, source, repository, snap, restored } = await prepare();
    fs.writeFileSync(join(source, 'small'), noise(5000));
    const { id } = await snap();
    for (let index = 0; index < 12; index++) fs.writeFileSync(join(source, `file ${index}`), noise(20_000, index));
    const module = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    const program = `
      import { Repository } from ${JSON.stringify(module('./repository.ts'))};
      import { takeSnapshot } from ${JSON.stringify(module('./snapshot.ts'))};
      const repository = await Repository.open(${JSON.stringify(repository.path)});
      const keep = repository.putChunk.bind(repository);
      let kept = 0;
      repository.putChunk = async (chunk) => {
        if (++kept === 30) console.log('working');
        return keep(chunk);
      };
      await takeSnapshot(repository, [${JSON.stringify(source)}], { now: new Date() });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect((await repository.snapshots()).map((snapshot) => snapshot.id)).toEqual([id]);
    expect(await verifySnapshot(repository, id)).toMatchObject({ damaged: [] });
    fs.writeFileSync(join(repository.path, 'temporary', 'half written'), 'x');
    // The lock of the one that was killed is taken over.
    const { freedBytes } = await prune(repository, { last: 9, daily: 0, weekly: 0, monthly: 0 });
    expect(freedBytes).toBeGreaterThan(0);
    expect(fs.readdirSync(join(repository.path, 'temporary'))).toEqual([]);
    const again = await snap();
    await restoreSnapshot(repository, again.id, restored());
    expect(describeTree(join(restored(), source))).toEqual(describeTree(source));
    expect(fs.readdirSync(base).sort()).toEqual(['out', 'repository', 'source']);
  });

  it('lets only one process change a repository at a time', async () => {
    const { repository, snap } = await prepare();
    fs.writeFileSync(join(repository.path, 'lock'), String(process.pid));
    await expect(snap()).rejects.toThrow('Another process is at work');
    fs.writeFileSync(join(repository.path, 'lock'), '');
    await snap();
  });

  it('opens neither a foreign folder nor one of a later version', async () => {
    const folder = temporary();
    fs.writeFileSync(join(folder, 'letter.txt'), 'x');
    await expect(Repository.open(folder)).rejects.toThrow('neither empty nor a repository');
    fs.writeFileSync(join(folder, 'format.json'), '{"format":"beckon-backup","version":2}');
    await expect(Repository.open(folder)).rejects.toThrow('that this version understands');
  });
});
