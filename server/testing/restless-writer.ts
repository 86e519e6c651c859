import { writeSync } from 'node:fs';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { registerDevice } from '../domain/devices.ts';
import { cancelInvitation, inviteDevice } from '../domain/invitations.ts';
import { createLog } from '../log.ts';
import { contextOf } from './app.ts';

/**
 * A program for tests to kill: several writers at once invite and cancel without end on the database that the environment
 * names. Each change is told on the standard output after it was acknowledged, and not before: `CREATED inv_…`.
 */
const WRITERS = 8;

const config = readConfig();
const app = await createApp({ config, log: createLog(config) });
const register = async () => {
  const { device } = await registerDevice(contextOf(app.services, { kind: 'anonymous' }), {
    name: 'PC',
    platform: 'WINDOWS',
    clientKind: 'HOST',
    clientVersion: '7',
  });
  return device;
};
const recipient = (await register()).address;

async function write(): Promise<void> {
  const ctx = contextOf(app.services, { kind: 'device', deviceId: (await register()).id });
  for (;;) {
    const { id } = await inviteDevice(ctx, { recipient, origin: 'OWN_ID' });
    writeSync(1, `CREATED ${id}\n`);
    await cancelInvitation(ctx, { id });
    writeSync(1, `CANCELLED ${id}\n`);
  }
}

await Promise.all(Array.from({ length: WRITERS }, write));
