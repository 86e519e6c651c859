import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { members } from '../db/tables/companies.ts';
import { type Grant, memberRoles, roles } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import type { TestApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany } from '../testing/builders.ts';
import { at, expectHistories, type Model, type Moment, type Subject } from '../testing/histories.ts';
import { Denial } from './denials.ts';
import { leaveCompany, removeMember } from './member-changes.ts';
import { ALL_GRANTS, permissionsIn } from './permissions.ts';
import { assignRole, removeRole } from './role-assignments.ts';
import { createRole, deleteRole, updateRole } from './role-changes.ts';

/** The first two administer the company when a history begins. */
const PEOPLE = [0, 1, 2, 3] as const;

/** Marks that roles are made of: one that implies another, and the other one. */
const MARKS = {
  manage: { service: 'MONITORING', permission: 'MANAGE_POLICIES' },
  assign: { service: 'MONITORING', permission: 'ASSIGN_POLICIES' },
} as const satisfies Record<string, Grant>;
type Mark = keyof typeof MARKS;

type Op = { by: number } & (
  | { do: 'create'; name: string; marks: Mark[] }
  | { do: 'change'; role: number; marks: Mark[] }
  | { do: 'delete'; role: number; moveTo: number | 'nowhere' }
  | { do: 'give' | 'take'; role: number; member: number }
  | { do: 'dismiss'; member: number }
  | { do: 'leave' }
);

interface State {
  /** The marks of each role that was added, by its name. */
  readonly added: Readonly<Record<string, readonly Mark[]>>;
  /** The roles of each member; null for who is none any more. */
  readonly roles: readonly (readonly string[] | null)[];
  /** What each may do for Monitoring’s policies. */
  readonly may: readonly (readonly Mark[])[];
}

const [ADMINISTRATOR, USER] = ['COMPANY_ADMINISTRATOR', 'USER'] as const;
const BUILT_IN = [ADMINISTRATOR, USER];

/** The role that an operation names: a built-in one, or one of those that there were when the round began. */
const named = (role: number, { added }: State): string => {
  const names = [...BUILT_IN, ...Object.keys(added).sort()];
  return names[role % names.length] ?? '';
};

const MANAGING: readonly Mark[] = ['manage'];

/** What somebody with these roles may do (PER-02, PER-13). */
function mayWith(held: readonly string[] | null, added: State['added']): Mark[] {
  const marks = new Set((held ?? []).flatMap((name) => (name === ADMINISTRATOR ? MANAGING : (added[name] ?? []))));
  return marks.has('manage') ? ['manage', 'assign'] : marks.has('assign') ? ['assign'] : [];
}

type Known = Omit<State, 'may'>;

function next(state: Known, op: Op, { round, before }: Moment<State>): [string, Known] {
  const { added } = state;
  const administrators = state.roles.filter((held) => held?.includes(ADMINISTRATOR)).length;
  const own = state.roles[op.by];
  const withRoles = (member: number, held: readonly string[] | null) => ({
    ...state,
    roles: state.roles.map((one, i) => (i === member ? held && [...new Set(held)].sort() : one)),
  });
  const last = (member: number) => administrators === 1 && state.roles[member]?.includes(ADMINISTRATOR);
  if (!own || (op.do !== 'leave' && !own.includes(ADMINISTRATOR))) return ['FORBIDDEN', state];
  if (op.do === 'leave') return last(op.by) ? ['LAST_ADMINISTRATOR', state] : ['DONE', withRoles(op.by, null)];
  if (op.do === 'create') {
    const name = `${op.name} ${round}`;
    return name in added ? ['NAME_TAKEN', state] : ['DONE', { ...state, added: { ...added, [name]: op.marks } }];
  }
  if (op.do === 'dismiss') {
    if (!state.roles[op.member]) return ['NOT_FOUND id', state];
    return last(op.member) ? ['LAST_ADMINISTRATOR', state] : ['DONE', withRoles(op.member, null)];
  }
  const name = named(op.role, before);
  const there = name in added || BUILT_IN.some((role) => role === name);
  if ('member' in op) {
    const held = state.roles[op.member];
    if (!held) return ['NOT_FOUND memberId', state];
    if (!there) return ['NOT_FOUND roleId', state];
    if (op.do === 'give') return ['DONE', withRoles(op.member, [...held, name])];
    if (name === ADMINISTRATOR && last(op.member)) return ['LAST_ADMINISTRATOR', state];
    const left = held.filter((role) => role !== name);
    return ['DONE', withRoles(op.member, left.length > 0 ? left : [USER])];
  }
  if (!there) return ['NOT_FOUND id', state];
  if (!(name in added)) return ['ROLE_BUILT_IN', state];
  if (op.do === 'change') return ['DONE', { ...state, added: { ...added, [name]: op.marks } }];
  const target = op.moveTo === 'nowhere' ? null : named(op.moveTo, before);
  if (target !== null && (target === name || (!(target in added) && !BUILT_IN.some((role) => role === target)))) {
    return ['NOT_FOUND moveToId', state];
  }
  if (target === null && state.roles.some((held) => held?.includes(name))) return ['ROLE_HELD', state];
  const moved = (held: readonly string[] | null) =>
    held?.includes(name) ? [...new Set([...held.filter((role) => role !== name), target ?? ''])].sort() : held;
  const { [name]: _, ...others } = added;
  return ['DONE', { added: others, roles: state.roles.map(moved) }];
}

// Mostly those who may.
const by = fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 3);
const member = fc.constantFrom(...PEOPLE);
const role = fc.nat(4);
const marks = fc.constantFrom<Mark[]>([], ['manage'], ['assign']);

const model: Model<Op, State> = {
  operation: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('create' as const), by, name: fc.constantFrom('A', 'B'), marks }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), by, role, marks }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('delete' as const),
        by,
        role,
        moveTo: fc.oneof(role, fc.constant('nowhere' as const)),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('give' as const, 'take'), by, role, member }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('dismiss' as const), by, member }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), by }) },
  ),
  start: {
    added: {},
    roles: [[ADMINISTRATOR], [ADMINISTRATOR], [USER], [USER]],
    may: [['manage', 'assign'], ['manage', 'assign'], [], []],
  },
  next(state, op, moment) {
    const [answer, after] = next(state, op, moment);
    return [answer, { ...after, may: after.roles.map((held) => mayWith(held, after.added)) }];
  },
};

/** Who is no member any more when its turn comes is told that there is no such company, instead of that it has none. */
function goneMeanwhile(error: unknown): string {
  if (error instanceof Denial && error.details['argument'] === 'companyId') return 'FORBIDDEN';
  throw error;
}

async function begin(app: TestApp): Promise<Subject<Op, State>> {
  const { companyId, admin } = await buildCompany(app);
  const people = [admin];
  for (const builtIn of [ADMINISTRATOR, USER, USER]) {
    const who = await buildAccount(app);
    await addMember(app, companyId, who, builtIn);
    people.push(who);
  }
  const q = app.services.db.read;
  const rolesNow = () => q.select().from(roles).where(eq(roles.companyId, companyId));
  const nameOf = ({ builtIn, name }: typeof roles.$inferSelect) => builtIn ?? name;
  const membersNow = () => q.select().from(members).where(eq(members.companyId, companyId));
  const firstMembers = await membersNow();
  const memberIds = people.map(({ account }) => firstMembers.find((one) => one.accountId === account.id)?.id ?? '');

  return {
    async prepare(op, { round, before }, node) {
      const ctx = at(node, people[op.by] ?? admin);
      const there = await rolesNow();
      const idOf = (number: number) => there.find((one) => nameOf(one) === named(number, before))?.id ?? newId('Role');
      const grants = 'marks' in op ? op.marks.map((mark) => MARKS[mark]) : [];
      const perform = {
        create: () => createRole(ctx, { name: 'name' in op ? `${op.name} ${round}` : '', grants }),
        change: () => updateRole(ctx, { id: 'role' in op ? idOf(op.role) : '', grants }),
        delete: () => {
          const moveToId = 'moveTo' in op && op.moveTo !== 'nowhere' ? idOf(op.moveTo) : null;
          return deleteRole(ctx, { id: 'role' in op ? idOf(op.role) : '', moveToId });
        },
        give: () => assignRole(ctx, assignment()),
        take: () => removeRole(ctx, assignment()),
        dismiss: () => removeMember(ctx, { id: 'member' in op ? (memberIds[op.member] ?? '') : '' }),
        leave: () => leaveCompany(ctx),
      }[op.do];
      const assignment = () => ({
        memberId: 'member' in op ? (memberIds[op.member] ?? '') : '',
        roleId: 'role' in op ? idOf(op.role) : '',
      });
      return () => perform().then(() => 'DONE', goneMeanwhile);
    },
    async observe() {
      const there = await rolesNow();
      const held = await q.select().from(memberRoles);
      const present = await membersNow();
      const rolesOf = (memberId: string) =>
        there.filter(({ id }) => held.some((one) => one.memberId === memberId && one.roleId === id)).map(nameOf);
      expect(present.some(({ id }) => rolesOf(id).includes(ADMINISTRATOR))).toBe(true);
      const may: Mark[][] = [];
      for (const { account } of people) {
        const set = await permissionsIn(q, account.id, companyId, app.clock.now());
        const all = set.list();
        // Administrators hold everything, others nothing but what the marks say.
        const known = Object.values(MARKS).filter(({ service, permission }) => set.has(service, permission));
        expect([known.length, ALL_GRANTS.length]).toContain(all.length);
        may.push((Object.keys(MARKS) as Mark[]).filter((mark) => known.includes(MARKS[mark])));
      }
      const added = there.filter(({ builtIn }) => builtIn === null);
      const markOf = ({ permission }: Grant): Mark => (permission === 'MANAGE_POLICIES' ? 'manage' : 'assign');
      return {
        added: Object.fromEntries(added.map(({ name, grants }) => [name, grants.map(markOf)])),
        roles: memberIds.map((id) => (present.some((one) => one.id === id) ? rolesOf(id).sort() : null)),
        may,
      };
    },
  };
}

it('PER-13 whoever makes, gives, takes and deletes roles, dismisses and leaves at once: one administrator stays, and nobody gives who may not', async () => {
  await expectHistories(model, begin, 60);
});
