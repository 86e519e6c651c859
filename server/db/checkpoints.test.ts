import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { closeAfterTest } from '../testing/resources.ts';
import { Checkpoints } from './checkpoints.ts';

test('what is committed gets from the write-ahead log into the file by a thread, while the writer stays as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-checkpoints-'));
  closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
  const [file, alone] = [join(folder, 'some.sqlite'), join(folder, 'alone.sqlite')];
  const writer = new SqliteDatabase(file);
  writer.pragma('journal_mode = WAL');
  writer.exec('create table numbers (number integer)');
  writer.pragma('wal_checkpoint(TRUNCATE)');
  const failures: Error[] = [];
  const checkpoints = new Checkpoints(file, writer, (error) => failures.push(error));
  closeAfterTest(async () => {
    await checkpoints.close();
    writer.close();
  });

  /** Of the file without its log. */
  const inFile = (): unknown => {
    copyFileSync(file, alone);
    const copy = new SqliteDatabase(alone);
    try {
      return copy.prepare('select count(*) from numbers').pluck().get();
    } finally {
      copy.close();
    }
  };
  const write = (): void => {
    writer.prepare('insert into numbers values (1)').run();
    checkpoints.committed();
  };

  for (let i = 0; i < 63; i++) write();
  expect(inFile()).toBe(0);
  write();
  await vi.waitFor(() => expect(inFile()).toBe(64), 10_000);
  // And again, by the same thread.
  for (let i = 0; i < 64; i++) write();
  await vi.waitFor(() => expect(inFile()).toBe(128), 10_000);
  expect(failures).toEqual([]);
});

test('closing lets the thread come to its end by itself, however far it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-checkpoints-'));
  closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'some.sqlite');
  const writer = new SqliteDatabase(file);
  closeAfterTest(() => void writer.close());
  const codes: number[] = [];
  const started = (worker: Worker): void => void worker.on('exit', (code) => codes.push(code));
  process.on('worker', started);
  closeAfterTest(() => void process.off('worker', started));
  const failures: Error[] = [];
  for (const ms of [0, 10, 20, 40, 80]) {
    const checkpoints = new Checkpoints(file, writer, (error) => failures.push(error));
    for (let i = 0; i < 64; i++) checkpoints.committed();
    await setTimeout(ms);
    await checkpoints.close();
    // Who closes again has nothing to wait for.
    await checkpoints.close();
  }
  // One that is terminated ends with 1.
  expect(codes).toEqual([0, 0, 0, 0, 0]);
  expect(failures).toEqual([]);
});

test('a thread that cannot checkpoint is told of, and the next one is tried after as many commits', async () => {
  const writer = new SqliteDatabase(':memory:');
  closeAfterTest(() => void writer.close());
  const failures: string[] = [];
  const nowhere = new Checkpoints('/nowhere/some.sqlite', writer, ({ message }) => failures.push(message));
  for (let tries = 1; tries <= 2; tries++) {
    for (let i = 0; i < 64; i++) nowhere.committed();
    await vi.waitFor(() => expect(failures).toHaveLength(tries), 10_000);
  }
  expect(failures[0]).toMatch(/directory does not exist/);
});
