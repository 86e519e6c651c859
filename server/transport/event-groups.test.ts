import { type ExecutionResult, type GraphQLObjectType, type GraphQLSchema, parse, subscribe } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '../db/tables/roles.ts';
import { raiseAlert } from '../domain/alert-changes.ts';
import { createApiToken } from '../domain/api-tokens.ts';
import { updateCompany } from '../domain/companies.ts';
import { assignDevice, updateDevice } from '../domain/device-changes.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { removeMember } from '../domain/member-changes.ts';
import { renamePolicy } from '../domain/policy-changes.ts';
import { assignRole, removeRole } from '../domain/role-assignments.ts';
import { createRole, updateRole } from '../domain/role-changes.ts';
import type { Context } from '../schema/builder.ts';
import { createLoaders } from '../schema/loaders.ts';
import { buildSchema } from '../schema/schema.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, type TestAccount } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { companyWith, report } from '../testing/services.ts';
import { socketOf, type TestSocket, watchFollowers } from '../testing/sockets.ts';
import { type Deliver, EventGroups, EventResults } from './event-groups.ts';

let schema: GraphQLSchema;
beforeAll(() => {
  schema = buildSchema();
});

/** What is seen of it depends on who looks: policies and alerts by roles, sessions by the assignment. */
const DOCUMENTS = [
  `subscription { companyEvents { __typename cursor actor
    ... on DeviceEvent { change device { name account { name } policies { name } alerts(first: 3) { nodes { id state } }
      effectivePolicies { service } sessions(first: 1) { totalCount } } }
    ... on PolicyEvent { change policy { name } }
    ... on ServiceEvent { change activation { state device { name } } }
    ... on OtherEvent { concept change subject } } }`,
  `subscription ($full: Boolean = true) { companyEvents { cursor
    ... on DeviceEvent @include(if: $full) { device { name alerts(first: 1) { nodes { subject } } } }
    ... on OtherEvent { concept } } }`,
].map((source) => parse(source));

const GRANTS: readonly Grant[] = [
  { service: 'MONITORING', permission: 'MANAGE_POLICIES' },
  { service: 'MONITORING', permission: 'ASSIGN_POLICIES' },
  { service: 'MONITORING', permission: 'HANDLE_ALL_ALERTS' },
  { service: 'MONITORING', permission: 'HANDLE_OWN_ALERTS' },
];

interface Viewer {
  readonly who: TestAccount;
  readonly memberId: string;
  readonly ctx: Context;
}

/** A company with an administrator, an assigned device that Monitoring is active on, a role, and five more members. */
async function scene(app: TestApp) {
  const company = await companyWith(app, 'MONITORING');
  const { admin, companyId, policyId } = company;
  const device = await company.managed({ name: 'Till 1' });
  await company.activate(admin, device);
  await report(device, 'MONITORING', 'INSTALLING', 'ACTIVE');
  const role = await createRole(admin.ctx, { name: 'Watch', grants: [] });
  const contextOf = ({ principal, ctx }: TestAccount, language: 'en' | 'fr' = 'en'): Context => ({
    ...app.as(principal, { language }),
    reauthenticate: ctx.reauthenticate,
    loaders: createLoaders(ctx),
    setCookie: null,
    startedAt: 0,
  });
  const viewers: Viewer[] = [];
  for (let i = 0; i < 5; i++) {
    const who = await buildAccount(app);
    const memberId = await addMember(app, companyId, who, i === 0 ? 'COMPANY_ADMINISTRATOR' : 'USER');
    // Each of them by two sockets.
    viewers.push({ who, memberId, ctx: contextOf(who) }, { who, memberId, ctx: contextOf(who) });
  }
  return {
    ...company,
    app,
    admin,
    companyId,
    policyId,
    device,
    role,
    viewers,
    staying: viewers.slice(0, -2),
    contextOf,
  };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** What may happen between two events: each changes what somebody sees, or what there is to be seen. */
const CHANGES: readonly ((scene: Scene, pick: (below: number) => number, turn: number) => Promise<unknown>)[] = [
  ({ device }, _pick, turn) => updateDevice(device.ctx, { deviceId: device.device.id, name: `Till ${turn}` }),
  ({ admin, device, staying }, pick) =>
    assignDevice(admin.ctx, {
      deviceId: device.device.id,
      accountId: pick(3) === 0 ? null : (staying[pick(staying.length)] as Viewer).who.account.id,
    }),
  ({ admin, role, staying }, pick) =>
    assignRole(admin.ctx, { memberId: (staying[pick(staying.length)] as Viewer).memberId, roleId: role.id }),
  ({ admin, role, staying }, pick) =>
    removeRole(admin.ctx, { memberId: (staying[pick(staying.length)] as Viewer).memberId, roleId: role.id }),
  ({ admin, role }, pick) => updateRole(admin.ctx, { id: role.id, grants: GRANTS.filter(() => pick(2) === 0) }),
  ({ admin, policyId }, _pick, turn) => renamePolicy(admin.ctx, { id: policyId, name: `Standard ${turn}` }),
  ({ device }, pick, turn) =>
    raiseAlert(device.ctx, {
      service: 'MONITORING',
      subject: `CPU_LOAD:${turn}`,
      severity: pick(2) === 0 ? 'WARNING' : 'CRITICAL',
      kind: 'ALERT',
      message: 'Busy',
    }),
];

type Results = AsyncIterator<ExecutionResult>;

async function opened(results: unknown): Promise<Results> {
  const stream = (await results) as AsyncIterable<ExecutionResult>;
  expect(Symbol.asyncIterator in stream, JSON.stringify(stream)).toBe(true);
  return stream[Symbol.asyncIterator]();
}

/** What a group delivers, read when it is asked for: until then the next one is not executed. */
async function delivered(begin: (deliver: Deliver) => Promise<unknown>): Promise<Results> {
  const { readable, writable } = new TransformStream<ExecutionResult, ExecutionResult>();
  const writer = writable.getWriter();
  const results = await begin((result) => writer.write(JSON.parse(String(result))));
  if (!(results instanceof EventResults)) throw new Error(JSON.stringify(results));
  results.next().then(
    () => writer.close(),
    (error) => writer.abort(error),
  );
  const reader = readable.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    return: () => results.return(),
  };
}

/** All that a viewer is told up to the change of the company's name, which ends each turn; null: it was sent away. */
async function untilTurn(results: Results): Promise<string[] | null> {
  const told: string[] = [];
  try {
    for (;;) {
      const { value, done } = await results.next();
      if (done) return null;
      told.push(JSON.stringify(value));
      if (told.at(-1)?.includes('"concept":"company"')) return told;
    }
  } catch {
    return null;
  }
}

function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

const TURNS = 60;

describe('events that are executed once for a group', () => {
  it(`PER-11 tell each of ten viewers, whose rights change between ${TURNS} events at random, what it is told alone`, async () => {
    const app = await testApp();
    const all = await scene(app);
    const { admin, viewers, contextOf } = all;
    const groups = new EventGroups();
    const readers: { viewer: Viewer; together: Results; alone: Results }[] = [];
    for (const viewer of viewers) {
      for (const document of DOCUMENTS) {
        const args = { schema, document, contextValue: viewer.ctx };
        const together = await delivered((deliver) => groups.subscribe(args, null, deliver));
        const alone = subscribe({ schema, document, contextValue: contextOf(viewer.who) });
        readers.push({ viewer, together, alone: await opened(alone) });
      }
    }
    const removed = viewers.at(-1) as Viewer;
    const pick = chance(7);
    let differing = 0;
    let told: (string[] | null)[] = [];
    for (let turn = 1; turn <= TURNS; turn++) {
      const change = CHANGES[pick(CHANGES.length)] as (typeof CHANGES)[number];
      await change(all, pick, turn);
      if (turn === TURNS / 2) {
        await removeMember(admin.ctx, { id: removed.memberId });
        // It hears of it by an announcement, and of no later event by then.
        const its = readers.filter(({ viewer }) => viewer.memberId === removed.memberId);
        const ends = its.flatMap(({ together, alone }) => [untilTurn(together), untilTurn(alone)]);
        expect(await Promise.all(ends)).toEqual(ends.map(() => null));
      }
      await updateCompany(admin.ctx, { name: `Turn ${turn}` });
      told = await Promise.all(readers.map(({ together }) => untilTurn(together)));
      for (const [i, { alone, viewer }] of readers.entries()) {
        expect([turn, viewer.who.account.name, told[i]]).toEqual([
          turn,
          viewer.who.account.name,
          await untilTurn(alone),
        ]);
      }
      if (new Set(told.filter((one) => one !== null).map(String)).size > DOCUMENTS.length) differing += 1;
    }
    expect(told.filter((one) => one === null)).toHaveLength(4);
    // Otherwise all of them might be given the same, right or wrong.
    expect(differing).toBeGreaterThan(TURNS / 5);
  });

  it('what nobody’s rights change is executed once for all who ask the same, wherever in the stream they began', async () => {
    const app = await testApp();
    const { viewers, device, companyId } = await scene(app);
    const after = await currentCursor(viewers[0]?.ctx as Context, streamOf.company(companyId));
    const groups = new EventGroups();
    const executed = countExecutions();
    const results: Results[] = [];
    for (const [i, { ctx }] of viewers.entries()) {
      const variableValues = i % 2 === 0 ? {} : { after };
      const args = { schema, document: NAMES, variableValues, contextValue: ctx };
      results.push(await delivered((deliver) => groups.subscribe(args, null, deliver)));
    }
    for (const name of ['Till 2', 'Till 3']) {
      await updateDevice(device.ctx, { deviceId: device.device.id, name });
      const told = await Promise.all(results.map((one) => one.next()));
      expect(new Set(told.map(({ value }) => JSON.stringify(value)))).toEqual(
        new Set([JSON.stringify({ data: { companyEvents: { device: { name } } } })]),
      );
    }
    // Twice; more often where something else is announced meanwhile, as other nodes may.
    expect(executed()).toBeLessThan(viewers.length);
    for (const one of results) await one.return?.();
  });

  it('a replay is executed anew after anything was announced: objects are as they are by then', async () => {
    const app = await testApp();
    const { viewers, device, companyId } = await scene(app);
    const [first, second] = viewers as [Viewer, Viewer];
    const after = await currentCursor(first.ctx, streamOf.company(companyId));
    const groups = new EventGroups();
    const replay = async ({ ctx }: Viewer) => {
      const args = { schema, document: NAMES, variableValues: { after }, contextValue: ctx };
      const results = await delivered((deliver) => groups.subscribe(args, null, deliver));
      const { value } = await results.next();
      await results.return?.();
      return value.data.companyEvents.device.name;
    };
    await updateDevice(device.ctx, { deviceId: device.device.id, name: 'Till 2' });
    expect(await replay(first)).toBe('Till 2');
    await updateDevice(device.ctx, { deviceId: device.device.id, name: 'Till 3' });
    expect(await replay(second)).toBe('Till 3');
  });

  it('who lost interest while it was slow to read is told nothing more', async () => {
    const app = await testApp();
    const { viewers, device } = await scene(app);
    const args = { schema, document: NAMES, contextValue: (viewers[0] as Viewer).ctx };
    const told: string[] = [];
    const reading = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const results = await new EventGroups().subscribe(args, null, (result) => {
      told.push(JSON.parse(String(result)).data.companyEvents.device.name);
      first.resolve();
      return reading.promise;
    });
    if (!(results instanceof EventResults)) throw new Error(JSON.stringify(results));
    const ended = results.next();
    await updateDevice(device.ctx, { deviceId: device.device.id, name: 'Till 2' });
    // Objects are as they are when they are told of: before another change.
    await first.promise;
    await updateDevice(device.ctx, { deviceId: device.device.id, name: 'Till 3' });
    await results.return();
    reading.resolve();
    expect(await ended).toEqual({ done: true, value: undefined });
    expect(told).toEqual(['Till 2']);
  });

  it('a subscription that fails to begin, or is ended, says so as over any transport', async () => {
    const app = await testApp();
    const { viewers, contextOf, admin } = await scene(app);
    const groups = new EventGroups();
    const ctx = contextOf(admin, 'fr');
    const begin = (source: string, variableValues: Record<string, unknown> = {}) =>
      groups.subscribe({ schema, document: parse(source), variableValues, contextValue: ctx }, null, () => {});
    const codes = async (result: unknown) =>
      ((await result) as ExecutionResult).errors?.map(({ extensions, message }) => [extensions['code'], message]);
    expect(await codes(begin('subscription { deviceEvents { cursor } }'))).toEqual([['FORBIDDEN', expect.any(String)]]);
    expect(await codes(begin('subscription { companyEvents(after: "x") { cursor } }'))).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('after')],
    ]);
    expect(await begin('subscription ($a: Cursor!) { companyEvents(after: $a) { cursor } }')).toBeNull();
    const member = viewers.at(-1) as Viewer;
    const args = { schema, document: NAMES, contextValue: contextOf(member.who, 'fr') };
    const results = await opened(groups.subscribe(args, null, () => {}));
    const ended = expect(results.next()).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
      locations: [{ line: 1, column: 1 }],
    });
    await removeMember(admin.ctx, { id: member.memberId });
    await ended;
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });
});

const NAMES = parse(
  'subscription ($after: Cursor) { companyEvents(after: $after) { ... on DeviceEvent { device { name } } } }',
);

/** How often the device of an event was looked up, from here on. */
function countExecutions(): () => number {
  const field = (schema.getType('DeviceEvent') as GraphQLObjectType).getFields()['device'];
  const resolve = field?.resolve;
  if (!field || !resolve) throw new Error('events of devices have no device');
  let count = 0;
  field.resolve = (...args) => {
    count += 1;
    return resolve(...args);
  };
  closeAfterTest(() => {
    field.resolve = resolve;
  });
  return () => count;
}

describe('groups over sockets', () => {
  const POLICIES =
    'subscription { companyEvents { ... on PolicyEvent { policy { name } } ... on OtherEvent { concept } } }';

  it('PER-11 two members ask the same on sockets of their own: each sees what its role shows, and another role at once', async () => {
    const app = await testApp();
    const { port } = await httpApi(app);
    const { admin, role, policyId, viewers } = await scene(app);
    const followers = watchFollowers(app);
    const members = [viewers[2], viewers[4]] as Viewer[];
    const sockets: TestSocket[] = [];
    for (const { who } of members) {
      const { secret } = await createApiToken(who.ctx, { name: 'CI', scopes: ['READ'] });
      const socket = await socketOf(port, secret);
      socket.subscribe('1', POLICIES);
      sockets.push(socket);
    }
    await followers.came(2);
    await updateRole(admin.ctx, { id: role.id, grants: [GRANTS[1] as Grant] });
    const policies = async (name: string) => {
      await renamePolicy(admin.ctx, { id: policyId, name });
      return Promise.all(sockets.map(nextPolicy));
    };
    expect(await policies('A')).toEqual([null, null]);
    await assignRole(admin.ctx, { memberId: members[0]?.memberId ?? '', roleId: role.id });
    expect(await policies('B')).toEqual(['B', null]);
    await assignRole(admin.ctx, { memberId: members[1]?.memberId ?? '', roleId: role.id });
    await removeRole(admin.ctx, { memberId: members[0]?.memberId ?? '', roleId: role.id });
    expect(await policies('C')).toEqual([null, 'C']);
  });

  it('who reads slowly holds up nobody of its group, and is sent away before much is kept for it', async () => {
    const app = await testApp({ SOCKET_MAX_BUFFERED_BYTES: '65536' });
    const { port } = await httpApi(app);
    const { viewers, device } = await scene(app);
    const followers = watchFollowers(app);
    const { secret } = await createApiToken((viewers[0] as Viewer).who.ctx, { name: 'CI', scopes: ['READ'] });
    const [slow, quick] = [await socketOf(port, secret), await socketOf(port, secret)];
    const names = Array.from({ length: 25 }, (_, i) => `n${i}: name`).join(' ');
    for (const socket of [slow, quick]) {
      // Fifty of them, some 100 KB for each event.
      for (let i = 0; i < 50; i++) {
        socket.subscribe(`${i}`, `subscription { companyEvents { ... on DeviceEvent { device { ${names} } } } }`);
      }
    }
    await followers.came(100);
    slow.pause();
    for (let turn = 0; turn < 100; turn++) {
      const name = `${turn}`.padEnd(60, '.');
      await updateDevice(device.ctx, { deviceId: device.device.id, name });
      for (let i = 0; i < 50; i++) {
        expect((await quick.nextOf(`${i}`)).payload.data.companyEvents.device.n0).toBe(name);
      }
    }
    slow.resume();
    // Told so, or cut where it did not even read that in time.
    expect([1013, 1006]).toContain((await slow.closed).code);
  });
});

/** The name in the next event of a policy that a socket hears; null where it may not see it. */
async function nextPolicy(socket: TestSocket): Promise<string | null> {
  for (;;) {
    const { payload } = await socket.nextOf('1');
    const { policy } = payload.data.companyEvents;
    if (policy !== undefined) return policy?.name ?? null;
  }
}
