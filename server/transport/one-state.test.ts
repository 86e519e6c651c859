import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { EventRow } from '../db/tables/events.ts';
import { updateDevice } from '../domain/device-changes.ts';
import { readEvents, streamOf } from '../domain/event-log.ts';
import { decodeCursor } from '../domain/event-stream.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { askOver } from '../testing/transports.ts';

const RENAMED = 200;
const QUERY = '{ viewer { device { name eventCursor } } }';

it.each(['HTTP', 'WebSocket'] as const)(
  'API-01 what a query over %s answers holds all that its cursor stands for, while that goes on changing',
  async (transport) => {
    const app = await testApp({ REQUESTS_PER_MINUTE: '100000', SOCKET_MESSAGES_PER_MINUTE: '100000' });
    const { ctx, device, credential } = await buildDevice(app);
    const api = await httpApi(app);
    let over = false;
    const renaming = async () => {
      for (let i = 1; i <= RENAMED; i++) await updateDevice(ctx, { name: `n${i}` });
    };
    const answers: { name: string; eventCursor: string }[] = [];
    const asking = async () => {
      const ask = await askOver(transport, api, { bearer: credential });
      while (!over) {
        await setImmediate();
        answers.push((await ask(QUERY)).data.viewer.device);
      }
    };
    const renamed = renaming().finally(() => {
      over = true;
    });
    await Promise.all([renamed, asking(), asking(), asking()]);

    const stream = streamOf.device(device.id);
    const events: EventRow[] = [];
    for (let after = 0; ; after = events.length) {
      const batch = await readEvents(app.services.db.read, stream, after);
      if (batch.length === 0) break;
      events.push(...batch);
    }
    const nameAt = (number: number) =>
      events.slice(0, number).findLast(({ after }) => after && 'name' in after)?.after?.['name'];
    expect(new Set(answers.map(({ name }) => name)).size).toBeGreaterThan(10);
    for (const { name, eventCursor } of answers) expect(name).toBe(nameAt(decodeCursor(stream, eventCursor)));
  },
);
