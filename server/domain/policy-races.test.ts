import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deviceGroupMembers } from '../db/tables/devices.ts';
import { policies, policyAssignments, policyVersions } from '../db/tables/policies.ts';
import { newId } from '../lib/ids.ts';
import type { TestApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { at, expectHistories, type Model, ROUND_MS, type Subject } from '../testing/histories.ts';
import { buildMember } from '../testing/services.ts';
import { addDevicesToGroup, createDeviceGroup, removeDevicesFromGroup } from './device-groups.ts';
import { effectivePolicies } from './effective-policy.ts';
import { assignPolicy, unassignPolicy } from './policy-assignments.ts';
import { createPolicy, removePolicy, updatePolicy } from './policy-changes.ts';

/** Enough that a wrong order of groups, tried on purpose, is found each time. */
const HISTORIES = 120;

/** Two devices and two groups; of the groups the second has the greater id. */
const TARGETS = ['device 0', 'device 1', 'group 0', 'group 1'] as const;
type Target = (typeof TARGETS)[number];
type Caller = 'admin' | 'manager' | 'assigner' | 'user';
type Settings = Readonly<{ cpuPercent?: number; memoryPercent?: number }>;

type Op =
  | { do: 'create'; by: Caller; name: string; settings: Settings }
  | { do: 'update'; by: Caller; policy: number; settings: Settings; stale: boolean }
  | { do: 'assign' | 'unassign'; by: Caller; policy: number; target: Target }
  | { do: 'remove'; by: Caller; policy: number }
  | { do: 'join' | 'part'; by: Caller; device: 0 | 1; group: 0 | 1 };

interface State {
  /** Every version of each policy that is there, by its name. */
  readonly versions: Readonly<Record<string, readonly Settings[]>>;
  readonly assigned: Readonly<Partial<Record<Target, { readonly policy: string; readonly round: number }>>>;
  /** Each device’s groups. */
  readonly groups: readonly (readonly number[])[];
  /** What holds on each device. */
  readonly effective: readonly Settings[];
}

/** What holds where no policy says anything (SVC-09). */
const DEFAULTS = { cpuPercent: 90, memoryPercent: 90 };

/** The policies that there are when a history begins; both devices are in both groups then. */
const FIRST: State['versions'] = { 'A 0': [{ cpuPercent: 50 }], 'B 0': [{ cpuPercent: 60, memoryPercent: 60 }] };

/** Group by group as they were assigned, of the same instant by id, then the device’s own; each setting by itself. */
function effectiveOn(device: number, { versions, assigned, groups }: Omit<State, 'effective'>): Settings {
  const own = (groups[device] ?? []).map((group) => `group ${group}` as Target);
  const ordered = own.sort().sort((a, b) => (assigned[a]?.round ?? 0) - (assigned[b]?.round ?? 0));
  const layers = [...ordered, `device ${device}` as Target].map((target) => assigned[target]?.policy ?? '');
  return Object.assign({}, DEFAULTS, ...layers.map((name) => versions[name]?.at(-1)));
}

/** The policy that an operation names: one of those that there were when the round began. */
const named = (op: { policy: number }, { versions }: State): string => {
  const names = Object.keys(versions).sort();
  return names[op.policy % Math.max(1, names.length)] ?? '';
};

const MAY: Readonly<Record<Caller, readonly Op['do'][]>> = {
  admin: ['create', 'update', 'assign', 'unassign', 'remove', 'join', 'part'],
  manager: ['create', 'update', 'assign', 'unassign', 'remove'],
  assigner: ['assign', 'unassign'],
  user: [],
};

function next(
  state: Omit<State, 'effective'>,
  op: Op,
  { round, before }: { round: number; before: State },
): [string, Omit<State, 'effective'>] {
  const { versions, assigned, groups } = state;
  const allowed = MAY[op.by].includes(op.do);
  if ('group' in op) {
    if (!allowed) return ['FORBIDDEN', state];
    const others = (groups[op.device] ?? []).filter((group) => group !== op.group);
    const now = op.do === 'join' ? [...others, op.group].sort() : others;
    return ['DONE', { ...state, groups: groups.map((own, device) => (device === op.device ? now : own)) }];
  }
  if (op.do === 'create') {
    const name = `${op.name} ${round}`;
    if (!allowed) return ['FORBIDDEN', state];
    if (versions[name]) return ['NAME_TAKEN', state];
    return ['DONE', { ...state, versions: { ...versions, [name]: [op.settings] } }];
  }
  const name = named(op, before);
  const policy = versions[name];
  if (!policy) return [op.do === 'update' || op.do === 'remove' ? 'NOT_FOUND id' : 'NOT_FOUND policyId', state];
  if (!allowed) return ['FORBIDDEN', state];
  if (op.do === 'remove') {
    if (Object.values(assigned).some((one) => one.policy === name)) return ['POLICY_IN_USE', state];
    const { [name]: _, ...others } = versions;
    return ['DONE', { ...state, versions: others }];
  }
  if (op.do === 'update') {
    if (op.stale || policy.length !== before.versions[name]?.length) return ['VERSION_OUTDATED', state];
    const same = JSON.stringify(policy.at(-1)) === JSON.stringify(op.settings);
    return ['DONE', same ? state : { ...state, versions: { ...versions, [name]: [...policy, op.settings] } }];
  }
  const there = assigned[op.target]?.policy;
  if (op.do === 'assign') {
    if (there === name) return ['UNCHANGED', state];
    const now = { ...assigned, [op.target]: { policy: name, round } };
    return [there === undefined ? 'ASSIGNED' : 'REPLACED', { ...state, assigned: now }];
  }
  if (there !== name) return ['UNCHANGED', state];
  const { [op.target]: _, ...others } = assigned;
  return ['UNASSIGNED', { ...state, assigned: others }];
}

// Mostly those who may.
const by = fc.constantFrom<Caller>('admin', 'admin', 'manager', 'manager', 'assigner', 'user');
const policy = fc.nat(3);
const percent = fc.constantFrom(50, 60, 70);
const settings = fc.record({ cpuPercent: percent, memoryPercent: percent }, { requiredKeys: [] });
const two = fc.constantFrom(0 as const, 1 as const);

const model: Model<Op, State> = {
  operation: fc.oneof(
    fc.record({ do: fc.constant('create' as const), by, name: fc.constantFrom('A', 'B'), settings }),
    fc.record({ do: fc.constant('update' as const), by, policy, settings, stale: fc.boolean() }),
    fc.record({
      do: fc.constantFrom('assign' as const, 'assign', 'unassign'),
      by,
      policy,
      target: fc.constantFrom(...TARGETS, 'group 0' as const, 'group 1' as const),
    }),
    fc.record({ do: fc.constant('remove' as const), by, policy }),
    fc.record({
      do: fc.constantFrom('join' as const, 'part'),
      by: fc.constantFrom<Caller>('admin', 'admin', 'manager'),
      device: two,
      group: two,
    }),
  ),
  start: {
    versions: FIRST,
    assigned: {},
    groups: [
      [0, 1],
      [0, 1],
    ],
    effective: [DEFAULTS, DEFAULTS],
  },
  next(state, op, moment) {
    const [answer, after] = next(state, op, moment);
    return [answer, { ...after, effective: [0, 1].map((device) => effectiveOn(device, after)) }];
  },
};

async function begin(app: TestApp): Promise<Subject<Op, State>> {
  const start = app.clock.now();
  const { companyId, admin } = await buildCompany(app);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const service = 'MONITORING';
  const manager = await buildMember(app, companyId, [{ service, permission: 'MANAGE_POLICIES' }]);
  const assigner = await buildMember(app, companyId, [{ service, permission: 'ASSIGN_POLICIES' }]);
  const people = { admin, manager, assigner, user };
  const deviceIds: string[] = [];
  const groupIds: string[] = [];
  for (const name of ['0', '1']) {
    deviceIds.push((await setDevice(app, await buildDevice(app), { companyId })).device.id);
    groupIds.push((await createDeviceGroup(admin.ctx, { name })).id);
  }
  groupIds.sort();
  for (const id of groupIds) await addDevicesToGroup(admin.ctx, { id, deviceIds });
  for (const [name, [values = {}]] of Object.entries(FIRST)) {
    await createPolicy(admin.ctx, { name, settings: { service, values } });
  }
  const targetIds = [...deviceIds, ...groupIds];
  const idOf = async (name: string) => {
    const rows = await app.services.db.read.select().from(policies).where(eq(policies.companyId, companyId));
    return rows.find((row) => row.name === name && row.removedAt === null)?.id ?? newId('Policy');
  };

  return {
    async prepare(op, { round, before }, node) {
      const ctx = at(node, people[op.by]);
      if ('group' in op) {
        const input = { id: groupIds[op.group] ?? '', deviceIds: [deviceIds[op.device] ?? ''] };
        return () => (op.do === 'join' ? addDevicesToGroup : removeDevicesFromGroup)(ctx, input).then(() => 'DONE');
      }
      if (op.do === 'create') {
        const input = { name: `${op.name} ${round}`, settings: { service, values: op.settings } } as const;
        return () => createPolicy(ctx, input).then(() => 'DONE');
      }
      const name = named(op, before);
      const id = await idOf(name);
      if (op.do === 'remove') return () => removePolicy(ctx, { id }).then(() => 'DONE');
      if (op.do === 'update') {
        const seen = before.versions[name]?.length ?? 1;
        const input = {
          id,
          expectedVersion: op.stale ? seen - 1 : seen,
          settings: { service, values: op.settings },
        } as const;
        return () => updatePolicy(ctx, input).then(() => 'DONE');
      }
      const input = { policyId: id, targetIds: [targetIds[TARGETS.indexOf(op.target)] ?? ''] };
      return async () => {
        const [answer] = await (op.do === 'assign' ? assignPolicy : unassignPolicy)(ctx, input);
        return answer?.outcome ?? '';
      };
    },
    async observe() {
      const q = app.services.db.read;
      const versions: Record<string, Settings[]> = {};
      const rows = await q
        .select()
        .from(policyVersions)
        .innerJoin(policies, eq(policies.id, policyVersions.policyId))
        .where(eq(policies.companyId, companyId))
        .orderBy(asc(policyVersions.version));
      const written: Record<string, number[]> = {};
      for (const { policies: row, policy_versions: version } of rows) {
        written[row.id] = [...(written[row.id] ?? []), version.version];
        if (row.removedAt === null) versions[row.name] = [...(versions[row.name] ?? []), version.settings];
        expect(row.version).toBeGreaterThanOrEqual(version.version);
      }
      for (const numbers of Object.values(written)) expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      const assigned: Partial<Record<Target, { policy: string; round: number }>> = {};
      for (const row of await q
        .select()
        .from(policyAssignments)
        .innerJoin(policies, eq(policies.id, policyAssignments.policyId))) {
        const target = TARGETS[targetIds.indexOf(row.policy_assignments.targetId)];
        const round = (row.policy_assignments.assignedAt - start) / ROUND_MS;
        if (target) assigned[target] = { policy: row.policies.name, round };
      }
      const members = await q.select().from(deviceGroupMembers);
      const groups = deviceIds.map((id) =>
        members.flatMap(({ deviceId, groupId }) => (deviceId === id ? [groupIds.indexOf(groupId)] : [])).sort(),
      );
      const effective = (await effectivePolicies(q, deviceIds, service)).map(
        ({ settings: { cpuPercent, memoryPercent } }) => ({
          cpuPercent,
          memoryPercent,
        }),
      );
      return { versions, assigned, groups, effective };
    },
  };
}

it('SVC-09 whoever changes, assigns and removes policies and moves devices at once: what holds is what the layers say, and versions have no gap', async () => {
  await expectHistories(model, begin, HISTORIES);
});
