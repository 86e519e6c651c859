import { describe, expect, it } from 'vitest';
import { idempotencyKeys } from '../db/tables/idempotency.ts';
import { invitations } from '../db/tables/invitations.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { IDEMPOTENCY_TTL_MS } from './change.ts';
import { registerDevice } from './devices.ts';
import { cancelInvitation, inviteDevice } from './invitations.ts';

describe('idempotency keys', () => {
  it('API-02 the same key and input answer as the first time, and change nothing', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const input = { recipient: ben.device.address, origin: 'OWN_ID', idempotencyKey: 'k1' } as const;
    const first = await inviteDevice(ana.ctx, input);
    await cancelInvitation(ana.ctx, { id: first.id });
    expect(await inviteDevice(ana.ctx, input)).toEqual(first);
    expect(await app.services.db.read.select().from(invitations)).toHaveLength(1);
  });

  it('API-02 the same key with other input is a typed conflict', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const input = { recipient: ben.device.address, origin: 'OWN_ID', idempotencyKey: 'k1' } as const;
    await inviteDevice(ana.ctx, input);
    await denialOf(inviteDevice(ana.ctx, { ...input, note: 'other' }), 'IDEMPOTENCY_KEY_REUSED');
  });

  it('API-02 a refusal is repeated as well, also when it would not be refused any more', async () => {
    const app = await testApp();
    const ana = await buildDevice(app);
    const input = { recipient: 'desk@acme', origin: 'OWN_ID', idempotencyKey: 'k1' } as const;
    await refusalOf(inviteDevice(ana.ctx, input), 'UNKNOWN_ADDRESS');
    const again = await refusalOf(inviteDevice(ana.ctx, input), 'UNKNOWN_ADDRESS');
    expect(again.path).toEqual(['recipient']);
    await denialOf(inviteDevice(ana.ctx, { ...input, recipient: 'x@y' }), 'IDEMPOTENCY_KEY_REUSED');
  });

  it('API-02 two that come at once with one key do it once', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    for (let round = 0; round < 20; round++) {
      const input = { recipient: ben.device.address, origin: 'OWN_ID', idempotencyKey: `k${round}` } as const;
      const answers = await Promise.all(Array.from({ length: 4 }, () => inviteDevice(ana.ctx, input)));
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    }
    expect(await app.services.db.read.select().from(invitations)).toHaveLength(20);
  });

  it('API-02 keys of two callers, and of two operations, have nothing to do with each other', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const key = { idempotencyKey: 'k1' };
    const first = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID', ...key });
    const second = await inviteDevice(ben.ctx, { recipient: ana.device.address, origin: 'OWN_ID', ...key });
    expect(second.id).not.toBe(first.id);
    expect(await cancelInvitation(ana.ctx, { id: first.id, ...key })).toMatchObject({ status: 'CANCELLED' });
  });

  it.each([
    [-1, true],
    [0, false],
    [1, false],
  ])('API-02 %i ms from the end of its day a key is remembered: %s', async (offset, remembered) => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const input = { recipient: ben.device.address, origin: 'OWN_ID', idempotencyKey: 'k1' } as const;
    const first = await inviteDevice(ana.ctx, input);
    app.clock.advance(IDEMPOTENCY_TTL_MS + offset);
    const second = await inviteDevice(ana.ctx, input);
    expect(second.id === first.id).toBe(remembered);
  });

  it('API-02 a secret in an answer is stored for nobody but who knows the key', async () => {
    const app = await testApp();
    const input = {
      name: 'PC',
      platform: 'WINDOWS',
      clientKind: 'HOST',
      clientVersion: '7',
      idempotencyKey: 'a long key',
    } as const;
    const { credential } = await registerDevice(app.as({ kind: 'anonymous' }), input);
    const rows = JSON.stringify(await app.services.db.read.select().from(idempotencyKeys));
    expect(rows).not.toContain(credential);
    expect(rows).not.toContain('a long key');
    expect((await registerDevice(app.as({ kind: 'anonymous' }), input)).credential).toBe(credential);
  });

  it.each(['', 'x'.repeat(201)])('API-02 the key %j is refused', async (idempotencyKey) => {
    const app = await testApp();
    const ana = await buildDevice(app);
    await denialOf(inviteDevice(ana.ctx, { recipient: 'a@b', origin: 'OWN_ID', idempotencyKey }), 'BAD_USER_INPUT');
  });
});
