import { expect, it } from 'vitest';
import { idempotencyKeys } from '../db/tables/idempotency.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { change } from './change.ts';
import { cleanUp } from './clean-up.ts';
import { readEvents, readHead, verifyChain } from './event-log.ts';
import { encodeCursor } from './event-stream.ts';
import { inviteDevice } from './invitations.ts';
import { DAY_MS } from './rate-limits.ts';

const emit = (app: TestApp, streams: string[]) =>
  change(app.as({ kind: 'system' }), 'test', {}, async (tx) => {
    tx.emit({ concept: 'test', change: 'HAPPENED', subject: 's', streams });
  });

it('API-01 events older than the retention are forgotten, and a reader that asks for them is told', async () => {
  const app = await testApp({ EVENT_RETENTION_DAYS: '30' });
  const db = app.services.db.read;
  for (let day = 0; day < 4; day++) {
    await emit(app, ['device:a', 'company:c']);
    app.clock.advance(DAY_MS);
  }
  // The first two are 30 days old and more by now: the limit itself is old.
  app.clock.advance(27 * DAY_MS);
  await cleanUp(app.as({ kind: 'system' }));
  expect((await readEvents(db, 'device:a', 0)).map(({ number }) => number)).toEqual([3, 4]);
  expect(await verifyChain(db, 'device:a')).toEqual({ intact: true, checked: 2 });
  const reader = await listenTo(app.as({ kind: 'system' }), 'device:a', encodeCursor('device:a', 1));
  expect(await reader.next()).toMatchObject({ concept: 'reset', reason: 'TOO_OLD' });
  expect(await reader.next()).toMatchObject({ number: 3 });
});

it.each(['company:c', 'operator'])(
  'API-04 the stream %s is an audit log: nothing of it is forgotten',
  async (stream) => {
    const app = await testApp({ EVENT_RETENTION_DAYS: '1' });
    for (let i = 0; i < 3; i++) await emit(app, [stream]);
    app.clock.advance(400 * DAY_MS);
    await cleanUp(app.as({ kind: 'system' }));
    expect(await readHead(app.services.db.read, stream)).toMatchObject({ first: 1, last: 3 });
    expect(await readEvents(app.services.db.read, stream, 0)).toHaveLength(3);
  },
);

it('a stream keeps its newest event, and goes on from it', async () => {
  const app = await testApp({ EVENT_RETENTION_DAYS: '1' });
  for (let i = 0; i < 3; i++) await emit(app, ['device:a']);
  app.clock.advance(400 * DAY_MS);
  await cleanUp(app.as({ kind: 'system' }));
  await emit(app, ['device:a']);
  expect((await readEvents(app.services.db.read, 'device:a', 0)).map(({ number }) => number)).toEqual([3, 4]);
  expect(await verifyChain(app.services.db.read, 'device:a')).toMatchObject({ intact: true });
});

it('API-02 idempotency keys are forgotten after their day', async () => {
  const app = await testApp();
  const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
  await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID', idempotencyKey: 'k' });
  app.clock.advance(DAY_MS - 1);
  await cleanUp(app.as({ kind: 'system' }));
  expect(await app.services.db.read.select().from(idempotencyKeys)).toHaveLength(1);
  app.clock.advance(1);
  await cleanUp(app.as({ kind: 'system' }));
  expect(await app.services.db.read.select().from(idempotencyKeys)).toHaveLength(0);
});
