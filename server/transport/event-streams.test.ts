import { expect, it } from 'vitest';
import { updateDevice } from '../domain/device-changes.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice, type TestDevice } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { watchFollowers } from '../testing/sockets.ts';

const EVENTS = 'subscription ($after: Cursor) { deviceEvents(after: $after) { cursor ... on DeviceEvent { change } } }';

const rename = (device: TestDevice, name: string) => updateDevice(device.ctx, { deviceId: device.device.id, name });

it('API-01 a subscription over server-sent events tells what happens, and resumes after a cursor', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const caller = { bearer: device.credential };
  const { data } = await api.post('{ viewer { device { eventCursor } } }', {}, caller);
  const stream = await api.events(EVENTS, { after: data.viewer.device.eventCursor }, caller);
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect((await stream.next()).data.deviceEvents.change).toBe('ONLINE');
  await rename(device, 'One');
  const one = await stream.next();
  expect(one.data.deviceEvents.change).toBe('UPDATED');
  stream.cut();

  await rename(device, 'Two');
  await rename(device, 'Three');
  const again = await api.events(EVENTS, { after: one.data.deviceEvents.cursor }, caller);
  const changes: string[] = [];
  while (changes.length < 2) {
    const { change } = (await again.next()).data.deviceEvents;
    // Whether it was offline in between is a matter of how fast it came back.
    if (change === 'UPDATED') changes.push(change);
  }
});

it('a client of server-sent events that goes away leaves nothing behind', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const before = app.services.wakeUps.size;
  const followers = watchFollowers(app);
  const streams = [];
  for (let i = 0; i < 3; i++) streams.push(await api.events(EVENTS, {}, { bearer: device.credential }));
  await followers.came(3);
  for (const stream of streams) stream.cut();
  await followers.gone();
  expect(app.services.wakeUps.size).toBe(before);
});

it('what is refused before a stream begins is answered with its status, in the form of a stream', async () => {
  const app = await testApp({ ALLOWED_ORIGINS: 'https://app.example.test' });
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const foreign = { bearer: device.credential, headers: { origin: 'https://evil.test' } };
  for (const [caller, status, code] of [
    [{}, 200, 'UNAUTHENTICATED'],
    [{ bearer: 'wrong' }, 401, 'UNAUTHENTICATED'],
    [foreign, 403, 'FORBIDDEN'],
  ] as const) {
    const stream = await api.events(EVENTS, {}, caller);
    const event = await stream.next();
    expect([stream.status, event.errors[0].extensions.code]).toEqual([status, code]);
    expect(await stream.next()).toBeNull();
    expect(stream.completed).toBe(true);
  }
  const bad = await api.events(EVENTS, { after: 'x' }, { bearer: device.credential });
  expect((await bad.next()).errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'after' });
});
