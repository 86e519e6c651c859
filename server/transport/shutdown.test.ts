import { expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { readEvents, streamOf } from '../domain/event-log.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { openSocket, socketOf, watchFollowers } from '../testing/sockets.ts';

const EVENTS = 'subscription { deviceEvents { __typename } }';
const REGISTER = `mutation { registerDevice(input: {
  name: "One", platform: WINDOWS, clientKind: FULL_CLIENT, clientVersion: "7.1"
}) { __typename } }`;
const REGISTERED = { registerDevice: { __typename: 'RegisterDevicePayload' } };

/** Has every write from now on wait until it is let go; `waiting` resolves when so many do. */
function holdWrites(app: TestApp) {
  const { write } = app.services.db;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let count = 0;
  let tell = () => {};
  (app.services as { db: Database }).db = {
    ...app.services.db,
    async write(work) {
      count += 1;
      tell();
      await held;
      return write(work);
    },
  };
  const waiting = (number: number) =>
    new Promise<void>((resolve) => {
      tell = () => count >= number && resolve();
      tell();
    });
  return { letGo, waiting };
}

it('a server that is told to stop takes nobody new, answers what runs, says good-bye, and closes the database last', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const happened: string[] = [];
  const { db } = app.services;
  const closeDatabase = db.close;
  db.close = () => {
    happened.push('database');
    return closeDatabase();
  };
  const followers = watchFollowers(app);
  const idle = await socketOf(api.port, device.credential);
  idle.subscribe('events', EVENTS);
  const stream = await api.events(EVENTS, {}, { bearer: device.credential });
  await followers.came(2);
  const busy = await openSocket(api.port);
  await busy.init();
  const { letGo, waiting } = holdWrites(app);
  const overHttp = api.post(REGISTER).then((answer) => {
    happened.push('answered over HTTP');
    return answer;
  });
  const overSocket = busy.ask(REGISTER).then((answer) => {
    happened.push('answered over a socket');
    return answer;
  });
  await waiting(2);

  const closed = app.close().then(() => happened.push('closed'));
  expect(app.close()).toBe(app.close());
  await expect(fetch(api.url)).rejects.toThrow('fetch failed');
  letGo();
  expect((await overHttp).data).toEqual(REGISTERED);
  expect((await overHttp).headers.get('connection')).toBe('close');
  expect(await overSocket).toEqual({ data: REGISTERED });
  for (const socket of [idle, busy]) {
    expect(await socket.closed).toEqual({ code: 1001, reason: 'the server goes away' });
  }
  // Cut, not completed: its reader comes back, and resumes on whatever node answers then.
  expect(await stream.next()).toBeNull();
  expect(stream.completed).toBe(false);
  await closed;
  expect(happened.slice(-2)).toEqual(['database', 'closed']);
  expect(happened.slice(0, -2).toSorted()).toEqual(['answered over HTTP', 'answered over a socket']);
  await expect(db.ping()).rejects.toThrow();
});

it('what does not end by itself, and who does not hang up, is cut after the grace', async () => {
  const app = await testApp({ SHUTDOWN_GRACE_S: '0.05' });
  const api = await httpApi(app);
  const deaf = await openSocket(api.port);
  await deaf.init();
  const { waiting } = holdWrites(app);
  const overHttp = api.post(REGISTER).catch((error: Error) => error.message);
  deaf.subscribe('1', REGISTER);
  await waiting(2);
  deaf.pause();
  await app.close();
  expect(await overHttp).toBe('fetch failed');
  deaf.resume();
  expect([1001, 1006]).toContain((await deaf.closed).code);
});

it('devices that are online when the server stops go offline together, not in a transaction each', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const devices = await Promise.all(Array.from({ length: 30 }, () => buildDevice(app)));
  const followers = watchFollowers(app);
  for (const { credential } of devices) (await socketOf(port, credential)).subscribe('events', EVENTS);
  await followers.came(devices.length);
  const { db, meters } = app.services;
  const closeDatabase = db.close;
  const changes: (string | undefined)[] = [];
  db.close = async () => {
    for (const { device } of devices) {
      changes.push((await readEvents(db.read, streamOf.device(device.id), 0)).at(-1)?.change);
    }
    return closeDatabase();
  };
  const transactionsOf = () => meters.commits.sum;
  const before = transactionsOf();
  await app.close();
  expect(changes).toEqual(devices.map(() => 'OFFLINE'));
  // One for the devices, one for the lease, and what jobs have to do.
  expect(transactionsOf() - before).toBeLessThan(6);
});
