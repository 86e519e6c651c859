import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import type { Invitation } from '../db/tables/invitations.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildDevice, type TestDevice } from '../testing/builders.ts';
import type { Context } from './context.ts';
import { readEvents, streamOf, verifyChain } from './event-log.ts';
import { announceExpired } from './expiry.ts';
import {
  acceptInvitation,
  cancelInvitation,
  getInvitation,
  INVITATION_TTL_MS,
  inviteDevice,
  modifyInvitation,
  rejectInvitation,
} from './invitations.ts';
import { invitationStatusAt } from './pending-invitations.ts';
import { Refusal } from './refusals.ts';

/** Rounds of each race: enough that both orders of any two occur many times. */
const ROUNDS = 150;

const TERMINAL = ['ACCEPTED', 'REJECTED', 'CANCELLED', 'EXPIRED'];

/** What happened to the invitation, as both sides' streams have it. */
async function heard(app: TestApp, device: TestDevice, id: string): Promise<string[]> {
  const changes: string[] = [];
  for (let after = 0; ; ) {
    const batch = await readEvents(app.services.db.read, streamOf.device(device.device.id), after);
    for (const event of batch) if (event.subject === id) changes.push(event.change);
    const last = batch.at(-1);
    if (!last) return changes;
    after = last.number;
  }
}

type Outcome = Invitation | Refusal | null;

async function outcomeOf(operation: Promise<Invitation>): Promise<Outcome> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** As the context, with a clock that says `instant`, for operations around a deadline. */
const at = (ctx: Context, instant: number): Context => ({ ...ctx, clock: { ...ctx.clock, now: () => instant } });

async function race(app: TestApp, nodes: readonly TestApp[], ana: TestDevice, ben: TestDevice): Promise<void> {
  const node = (i: number) => (nodes[i % nodes.length] ?? app).services;
  const from = (device: TestDevice, i: number): Context => ({ ...device.ctx, ...node(i) });
  for (let round = 0; round < ROUNDS; round++) {
    const { id, expiresAt } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    const late = round % 3 === 0 ? expiresAt : expiresAt - 1;
    const system: Context = { ...app.as({ kind: 'system' }), ...node(round + 3) };
    const operations = [
      () => outcomeOf(acceptInvitation(at(from(ben, round), expiresAt - 1), { id, revision: 1 })),
      () => outcomeOf(cancelInvitation(at(from(ana, round + 1), expiresAt - 1), { id })),
      () => outcomeOf(rejectInvitation(at(from(ben, round + 2), expiresAt - 1), { id })),
      () => outcomeOf(modifyInvitation(at(from(ana, round), expiresAt - 1), { id, grant: ['VPN'] })),
      () => announceExpired(at(system, late)).then(() => null),
    ];
    // Another first one in every round, so that each gets its turn to win on one writer's queue as well.
    const order = operations.map((_, i) => operations[(i + round) % operations.length]);
    const outcomes = await Promise.all(order.map((operation) => operation?.()));
    const invitation = await getInvitation(ana.ctx, id);
    const winners = outcomes.filter((o) => o && !(o instanceof Refusal) && TERMINAL.includes(o.status));
    const status = invitationStatusAt(invitation, expiresAt);
    expect(TERMINAL).toContain(status);
    expect(winners).toHaveLength(status === 'EXPIRED' ? 0 : 1);
    for (const outcome of outcomes) {
      if (outcome instanceof Refusal) expect(['NOT_PENDING', 'REVISION_OUTDATED']).toContain(outcome.code);
    }
    for (const device of [ana, ben]) {
      const ends = (await heard(app, device, id)).filter((change) => TERMINAL.includes(change));
      if (invitation.status === 'PENDING') expect(ends).toEqual([]);
      else expect(ends).toEqual([invitation.status]);
    }
    expect(invitation.sessionId !== null).toBe(invitation.status === 'ACCEPTED');
    if (invitation.status === 'ACCEPTED') expect(invitation.permissions.includes('VPN')).toBe(false);
    await announceExpired(at(system, expiresAt));
  }
  for (const { device } of [ana, ben]) {
    expect(await verifyChain(app.services.db.read, streamOf.device(device.id))).toMatchObject({ intact: true });
  }
}

describe('races', () => {
  it('INV-16 what comes while the invitation is being modified finds it modified: nobody is told to try again', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
      const modified = [1, 2, 3].map(() => outcomeOf(modifyInvitation(ana.ctx, { id, grant: ['VPN'] })));
      const ended = outcomeOf(round % 2 ? cancelInvitation(ana.ctx, { id }) : rejectInvitation(ben.ctx, { id }));
      const outcomes = await Promise.all([...modified, ended]);
      const { status, revision } = await getInvitation(ana.ctx, id);
      expect(status).toBe(round % 2 ? 'CANCELLED' : 'REJECTED');
      expect(await ended).toMatchObject({ status, revision });
      const done = outcomes.filter((outcome) => outcome && !(outcome instanceof Refusal));
      expect(done).toHaveLength(revision);
    }
  }, 120_000);

  it(`INV-22 accept, cancel, reject, modify and expiry at once: exactly one wins, ${ROUNDS} times`, async () => {
    const app = await testApp();
    await race(app, [app], await buildDevice(app), await buildDevice(app));
  }, 120_000);

  it.runIf(databaseEngine() === 'postgres')(
    `INV-22 the same from two nodes on PostgreSQL, ${ROUNDS} times`,
    async () => {
      const app = await testApp();
      const other = await app.anotherNode();
      await race(app, [app, other], await buildDevice(app), await buildDevice(app));
    },
    120_000,
  );

  it('INV-22 whatever is tried in whatever order, an invitation follows its states', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const step = fc.oneof(
      fc.constantFrom('accept', 'cancel', 'reject', 'modify'),
      fc.record({ wait: fc.constantFrom(1, 1_000, 60_000, INVITATION_TTL_MS - 1, INVITATION_TTL_MS) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const sent = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
        const { id } = sent;
        let status = 'PENDING';
        let revision = 1;
        for (const action of steps) {
          if (typeof action === 'object') {
            app.clock.advance(action.wait);
            if (status === 'PENDING' && app.clock.now() >= sent.expiresAt) status = 'EXPIRED';
            continue;
          }
          const pending = status === 'PENDING';
          const outcome = await outcomeOf(
            {
              accept: () => acceptInvitation(ben.ctx, { id, revision }),
              cancel: () => cancelInvitation(ana.ctx, { id }),
              reject: () => rejectInvitation(ben.ctx, { id }),
              modify: () => modifyInvitation(ana.ctx, { id, note: 'again' }),
            }[action](),
          );
          expect(outcome instanceof Refusal).toBe(!pending);
          if (!pending) continue;
          if (action === 'modify') revision += 1;
          else status = { accept: 'ACCEPTED', cancel: 'CANCELLED', reject: 'REJECTED' }[action];
        }
        const now = await getInvitation(ben.ctx, id);
        expect(invitationStatusAt(now, app.clock.now())).toBe(status);
        expect(now.revision).toBe(revision);
        expect(now.expiresAt).toBe(sent.expiresAt);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
