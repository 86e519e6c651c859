import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { events, streams } from '../db/tables/events.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf } from '../testing/refusals.ts';
import { change } from './change.ts';
import { EVENTS_AT_ONCE, readEvents, verifyChain } from './event-log.ts';
import { type EventStream, encodeCursor, type Followed, follow } from './event-stream.ts';

const STREAM = 'device:dev_test';

const emit = (app: TestApp, count: number, streamNames: readonly string[] = [STREAM]) =>
  change(app.as({ kind: 'system' }), 'test', {}, async (tx) => {
    for (let i = 0; i < count; i++) {
      tx.emit({
        concept: 'test',
        change: 'HAPPENED',
        subject: `s${i}`,
        after: { b: i, a: [1, null] },
        streams: streamNames,
      });
    }
  });

/** Resolves some turns of the microtasks later. */
async function settledLater<T>(value: T): Promise<T> {
  for (let i = 0; i < 5; i++) await null;
  return value;
}

const numbers = async (app: TestApp) => (await readEvents(app.services.db.read, STREAM, 0)).map(({ number }) => number);

describe('the event log', () => {
  it('API-01 a stream’s numbers have no gap, whoever writes at the same time', async () => {
    const app = await testApp();
    const nodes = databaseEngine() === 'postgres' ? [app, await app.anotherNode()] : [app];
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        emit(nodes[i % nodes.length] ?? app, 3, i % 2 ? [STREAM, 'a'] : ['z', STREAM]),
      ),
    );
    expect(await numbers(app)).toEqual(Array.from({ length: 180 }, (_, i) => i + 1));
    expect(await verifyChain(app.services.db.read, STREAM)).toEqual({ intact: true, checked: 180 });
  });

  it('API-01 what is rolled back leaves neither event nor gap', async () => {
    const app = await testApp();
    await emit(app, 1);
    await expect(
      change(app.as({ kind: 'system' }), 'test', {}, async (tx) => {
        tx.emit({ concept: 'test', change: 'HAPPENED', subject: 's', streams: [STREAM] });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await emit(app, 1);
    expect(await numbers(app)).toEqual([1, 2]);
  });

  it('API-04 the chain holds whatever events say, of many streams at once and many events in one of them', async () => {
    const app = await testApp();
    const said = { 'é "\\\n\u2028': '\\"\t{}', 10: [{ b: 1, a: 0.1 }], 9: {}, none: undefined, no: false };
    const names = Array.from({ length: 250 }, (_, i) => `device:dev_"${i}\\`);
    for (let round = 0; round < 2; round++) {
      await change(app.as({ kind: 'system' }), 'test', {}, async (tx) => {
        tx.emit({ concept: 'test', change: 'SAID', subject: '"\\ü', before: said, after: null, streams: names });
        tx.emit({ concept: 'test', change: 'SAID', subject: 'other', after: said, streams: names.slice(100, 201) });
        tx.emit({ concept: 'test', change: 'SAID', subject: 'third', streams: [...names.slice(200), 'alone'] });
      });
    }
    const { read } = app.services.db;
    for (const [i, name] of names.entries()) {
      const expected = ['"\\ü', ...(i >= 100 && i < 201 ? ['other'] : []), ...(i >= 200 ? ['third'] : [])];
      const rows = await readEvents(read, name, 0);
      expect(rows.map(({ subject }) => subject)).toEqual([...expected, ...expected]);
      expect(await verifyChain(read, name)).toEqual({ intact: true, checked: rows.length });
    }
    const [first, second] = await readEvents(read, names[200] ?? '', 0);
    const { none: _none, ...kept } = said;
    expect(first).toMatchObject({ before: kept, after: null, address: '192.0.2.1' });
    expect(second).toMatchObject({ before: null, after: kept, actor: { kind: 'SYSTEM', id: null } });
    expect(await verifyChain(read, 'alone')).toEqual({ intact: true, checked: 2 });
  });

  it.each([
    [
      'a changed event',
      (app: TestApp) =>
        app.services.db.write(async ({ q }) => {
          await q
            .update(events)
            .set({ after: { a: 'other' } })
            .where(and(eq(events.stream, STREAM), eq(events.number, 3)));
        }),
      3,
    ],
    [
      'a changed actor',
      (app: TestApp) =>
        app.services.db.write(async ({ q }) => {
          await q
            .update(events)
            .set({ actor: { kind: 'OPERATOR', id: null } })
            .where(and(eq(events.stream, STREAM), eq(events.number, 2)));
        }),
      2,
    ],
    [
      'a missing event',
      (app: TestApp) =>
        app.services.db.write(async ({ q }) => {
          await q.delete(events).where(and(eq(events.stream, STREAM), eq(events.number, 2)));
        }),
      2,
    ],
    [
      'a cut-off end',
      (app: TestApp) =>
        app.services.db.write(async ({ q }) => {
          await q.delete(events).where(and(eq(events.stream, STREAM), eq(events.number, 5)));
        }),
      5,
    ],
    [
      'a lowered head',
      (app: TestApp) =>
        app.services.db.write(async ({ q }) => {
          await q.update(streams).set({ hash: 'x' }).where(eq(streams.name, STREAM));
        }),
      6,
    ],
  ] as const)('API-04 the hash chain shows %s', async (_what, tamper, brokenAt) => {
    const app = await testApp();
    await emit(app, 5);
    await tamper(app);
    expect(await verifyChain(app.services.db.read, STREAM)).toMatchObject({ intact: false, brokenAt });
  });
});

describe('following a stream', () => {
  it('API-01 after a cursor it replays what was missed, in order and once, then goes live', async () => {
    const app = await testApp();
    await emit(app, 450);
    const reader = await listenTo(app.as({ kind: 'system' }), STREAM, encodeCursor(STREAM, 10));
    const seen: number[] = [];
    for (let i = 11; i <= 450; i++) seen.push((await reader.next()).number);
    await emit(app, 2);
    seen.push((await reader.next()).number, (await reader.next()).number);
    expect(seen).toEqual(Array.from({ length: 442 }, (_, i) => i + 11));
  });

  it('API-01 without a cursor it starts with what happens from now on', async () => {
    const app = await testApp();
    await emit(app, 3);
    const reader = await listenTo(app.as({ kind: 'system' }), STREAM);
    await emit(app, 1);
    expect((await reader.next()).number).toBe(4);
  });

  it('API-01 a cursor that is too old is answered by a typed event, then by all that is kept', async () => {
    const app = await testApp();
    await emit(app, 5);
    await app.services.db.write(async ({ q }) => {
      await q.update(streams).set({ first: 4 }).where(eq(streams.name, STREAM));
    });
    const reader = await listenTo(app.as({ kind: 'system' }), STREAM, encodeCursor(STREAM, 2));
    expect(await reader.next()).toMatchObject({ concept: 'reset', reason: 'TOO_OLD', number: 3 });
    expect((await reader.next()).number).toBe(4);
    const atTheEdge = await listenTo(app.as({ kind: 'system' }), STREAM, encodeCursor(STREAM, 3));
    expect((await atTheEdge.next()).number).toBe(4);
  });

  it('API-01 a cursor ahead of the stream is answered by a typed event', async () => {
    const app = await testApp();
    await emit(app, 2);
    const reader = await listenTo(app.as({ kind: 'system' }), STREAM, encodeCursor(STREAM, 9));
    expect(await reader.next()).toMatchObject({ concept: 'reset', reason: 'UNKNOWN', number: 0 });
    expect((await reader.next()).number).toBe(1);
  });

  it.each(['', 'nonsense', encodeCursor('device:dev_other', 1), encodeCursor(STREAM, -1)])(
    'API-01 the cursor %j is refused',
    async (after) => {
      const app = await testApp();
      await denialOf(
        follow(app.as({ kind: 'system' }), { stream: STREAM, after, check: async () => {} }),
        'BAD_USER_INPUT',
      );
    },
  );

  // Each is asked for at the very moment at which the one before is told.
  const askForEach = (reader: EventStream, tell: (event: Followed) => void | Promise<void>): Promise<void> =>
    reader.next().then(async ({ value, done }) => {
      if (done) return;
      await tell(value);
      await askForEach(reader, tell);
    });
  it.each([
    ['asked for', askForEach],
    ['told', (reader: EventStream, tell: (event: Followed) => void | Promise<void>) => reader.tellAll(tell)],
  ])(
    'API-01 nothing %s is missing, doubled or out of order, whether what it waits for is there at once or later',
    async (_, hear) => {
      const app = await testApp();
      await emit(app, 450);
      let turn = 0;
      const sometimesLater = <T>(value: T): T | Promise<T> => {
        turn += 1;
        return turn % 3 === 0 ? value : turn % 3 === 1 ? Promise.resolve(value) : settledLater(value);
      };
      const reader = await follow(app.as({ kind: 'system' }), {
        stream: STREAM,
        after: encodeCursor(STREAM, 0),
        topics: ['doubt'],
        check: () => sometimesLater(undefined),
        keep: ({ number }) => sometimesLater(number % 5 !== 0),
      });
      const heard: number[] = [];
      const writing = (async () => {
        for (let i = 0; i < 50; i++) {
          await emit(app, 1);
          await app.services.db.write(({ notify }) => notify('["doubt"]'));
        }
      })();
      await hear(reader, ({ number }) => {
        heard.push(number);
        if (number === 499) void reader.return?.();
        return sometimesLater(undefined);
      });
      await writing;
      expect(heard).toEqual(Array.from({ length: 500 }, (_, i) => i + 1).filter((number) => number % 5 !== 0));
    },
  );

  it.each([
    [
      'at once',
      () => {
        throw new Error('deaf');
      },
    ],
    ['later', () => Promise.reject(new Error('deaf'))],
  ])('who cannot be told, which shows %s, is let go', async (_, tell) => {
    const app = await testApp();
    await emit(app, 2);
    const others = app.services.wakeUps.size;
    let ended = 0;
    const reader = await follow(app.as({ kind: 'system' }), {
      stream: STREAM,
      after: encodeCursor(STREAM, 0),
      check: () => {},
      onEnd: () => ended++,
    });
    await expect(reader.tellAll(tell)).rejects.toThrow('deaf');
    expect(ended).toBe(1);
    expect(app.services.wakeUps.size).toBe(others);
  });

  it('a long replay lets others have their turn after each batch', async () => {
    const app = await testApp();
    await emit(app, 5 * EVENTS_AT_ONCE);
    const reader = await follow(app.as({ kind: 'system' }), {
      stream: STREAM,
      after: encodeCursor(STREAM, 0),
      check: () => {},
    });
    let heard = 0;
    const turns: number[] = [];
    const turn = () => {
      turns.push(heard);
      if (heard < 5 * EVENTS_AT_ONCE) setImmediate(turn);
    };
    setImmediate(turn);
    for (; heard < 5 * EVENTS_AT_ONCE; heard++) await reader.next();
    await reader.return?.();
    const between = [...turns, heard].map((now, i) => now - (turns[i - 1] ?? 0));
    expect(Math.max(...between)).toBeLessThanOrEqual(EVENTS_AT_ONCE);
  });

  it('a reader that leaves while it waits is let go at once', async () => {
    const app = await testApp();
    let ended = 0;
    const reader = await follow(app.as({ kind: 'system' }), {
      stream: STREAM,
      check: async () => {},
      onEnd: () => ended++,
    });
    const waiting = reader.next();
    await reader.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(ended).toBe(1);
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });
});
