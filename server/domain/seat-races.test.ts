import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { licences } from '../db/tables/licences.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import type { TestApp } from '../testing/app.ts';
import { addMember, buildAccount } from '../testing/builders.ts';
import { at, expectHistories, type Model, type Subject } from '../testing/histories.ts';
import { buildMember, companyWith, giveLicence } from '../testing/services.ts';
import { CONDITIONS, isRunning } from './activation-conditions.ts';
import { renewLicence, resumeLicence, suspendLicence } from './licence-changes.ts';
import { DAY_MS } from './rate-limits.ts';
import { activateService, deactivateService } from './service-activation.ts';

/** Seats of the licence that is bought first, and of the other one. */
const SEATS = [2, 1] as const;
const DEVICES = [0, 1, 2, 3] as const;

type Op =
  | { do: 'activate' | 'deactivate'; by: Caller; devices: number[] }
  | { do: 'suspend' | 'resume' | 'renew'; licence: 0 | 1 };
type Caller = 'admin' | 'assigner' | 'user';

interface State {
  readonly licences: readonly { readonly used: number; readonly suspended: boolean; readonly ends: number }[];
  /** Of which licence each device has a seat. */
  readonly seatOf: readonly (number | null)[];
}

const licence = fc.constantFrom(0 as const, 1 as const);
const byMember = {
  by: fc.constantFrom<Caller>('admin', 'assigner', 'assigner', 'user'),
  devices: fc.uniqueArray(fc.constantFrom(...DEVICES), { minLength: 1 }),
};

/**
 * The day that a renewed licence ends on. The first one always ends later and is filled first: which it is while one is
 * being renewed is nobody's business.
 */
const dayAfter = (licence: 0 | 1, round: number, index: number) => (1 - licence) * 1000 + round * 10 + index;

const model: Model<Op, State> = {
  operation: fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('activate' as const), ...byMember }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('deactivate' as const), ...byMember }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume', 'renew'), licence }) },
  ),
  start: {
    licences: [
      { used: 0, suspended: false, ends: dayAfter(0, 0, 0) },
      { used: 0, suspended: false, ends: dayAfter(1, 0, 0) },
    ],
    seatOf: DEVICES.map(() => null),
  },
  next(state, op, { round, index }) {
    const licences = state.licences.map((one) => ({ ...one }));
    const seatOf = [...state.seatOf];
    const after = { licences, seatOf };
    if (!('devices' in op)) {
      const one = licences[op.licence];
      if (one && op.do === 'renew') one.ends = dayAfter(op.licence, round, index);
      else if (one) one.suspended = op.do === 'suspend';
      return ['DONE', after];
    }
    const active = [0, 1].filter((i) => !licences[i]?.suspended);
    const free = () => active.filter((i) => (licences[i]?.used ?? 0) < (SEATS[i] ?? 0));
    const answers = op.devices.map((device) => {
      const has = seatOf[device] ?? null;
      const unmet = new Set<string>(op.by === 'user' ? ['NO_PERMISSION'] : []);
      if (op.do === 'deactivate') {
        if (has === null) unmet.add('NOT_ACTIVE');
        else if (unmet.size === 0) {
          seatOf[device] = null;
          (licences[has] as { used: number }).used -= 1;
        }
        return [...unmet].join('+') || 'done';
      }
      if (active.length === 0) unmet.add('LICENCE_SUSPENDED');
      if (has !== null) unmet.add('ALREADY_ACTIVE');
      else if (active.length > 0 && free().length === 0) unmet.add('NO_SEAT');
      const [longest] = free();
      if (unmet.size === 0 && longest !== undefined) {
        seatOf[device] = longest;
        (licences[longest] as { used: number }).used += 1;
      }
      return CONDITIONS.filter((condition) => unmet.has(condition)).join('+') || 'done';
    });
    return [answers.join(), after];
  },
};

async function begin(app: TestApp): Promise<Subject<Op, State>> {
  const start = app.clock.now();
  const endsOn = (day: number) => start + (100 + day) * DAY_MS;
  const company = await companyWith(app, 'MONITORING', SEATS[0]);
  const { companyId, admin, policyId, managed } = company;
  const second = await giveLicence(app, company, 'MONITORING', {
    seats: SEATS[1],
    expiresAt: endsOn(dayAfter(1, 0, 0)),
  });
  const operator = { ctx: app.as({ kind: 'operator' }) };
  await renewLicence(operator.ctx, { id: company.licenceId, expiresAt: endsOn(dayAfter(0, 0, 0)) });
  const licenceIds = [company.licenceId, second];
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const assigner = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'ASSIGN_POLICIES' }]);
  const people = { admin, assigner, user };
  const deviceIds: string[] = [];
  for (const _ of DEVICES) deviceIds.push((await managed()).device.id);

  return {
    prepare:
      async (op, { round, index }, node) =>
      async () => {
        if ('devices' in op) {
          const ids = op.devices.map((device) => deviceIds[device] ?? '');
          const input = { service: 'MONITORING', deviceIds: ids, policyId } as const;
          const outcomes = await { activate: activateService, deactivate: deactivateService }[op.do](
            at(node, people[op.by]),
            input,
          );
          return outcomes.map(({ unmet }) => unmet.join('+') || 'done').join();
        }
        const id = licenceIds[op.licence] ?? '';
        const ctx = at(node, operator);
        if (op.do === 'renew') await renewLicence(ctx, { id, expiresAt: endsOn(dayAfter(op.licence, round, index)) });
        else await { suspend: suspendLicence, resume: resumeLicence }[op.do](ctx, { id });
        return 'DONE';
      },
    async observe() {
      const { read } = app.services.db;
      const rows = await read.select().from(licences).where(eq(licences.companyId, companyId));
      const activations = await read
        .select()
        .from(serviceActivations)
        .where(eq(serviceActivations.companyId, companyId));
      const running = activations.filter(isRunning);
      for (const { id, seats, seatsUsed } of rows) {
        expect(seatsUsed).toBeLessThanOrEqual(seats);
        expect(running.filter(({ licenceId }) => licenceId === id)).toHaveLength(seatsUsed);
      }
      return {
        licences: licenceIds.map((id) => {
          const { seatsUsed = -1, suspendedAt = null, expiresAt = 0 } = rows.find((row) => row.id === id) ?? {};
          return { used: seatsUsed, suspended: suspendedAt !== null, ends: (expiresAt - endsOn(0)) / DAY_MS };
        }),
        seatOf: deviceIds.map((id) => {
          const licenceId = running.find(({ deviceId }) => deviceId === id)?.licenceId;
          return licenceId ? licenceIds.indexOf(licenceId) : null;
        }),
      };
    },
  };
}

it('LIC-12 whoever activates, deactivates, suspends and renews at once: no seat is used that was not bought, and the counts are the rows', async () => {
  await expectHistories(model, begin, 40);
});
