import { describe, expect, it } from 'vitest';
import type { Grant } from '../db/tables/roles.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { mailsTo, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { updateAccount } from './accounts.ts';
import { followAlerts } from './alert-events.ts';
import { Denial } from './denials.ts';
import { streamOf } from './event-log.ts';
import { encodeCursor, follow } from './event-stream.ts';
import { removeMember } from './member-changes.ts';
import { acceptMemberInvitation, inviteMember } from './member-invitations.ts';
import { memberOf } from './members.ts';
import { permissionsIn, requirePermission } from './permissions.ts';
import { assignRole, removeRole } from './role-assignments.ts';
import { createRole, deleteRole, updateRole } from './role-changes.ts';
import { builtInRoleId, findRole, listRoles, rolesOfMembers } from './roles.ts';

const MANAGE: Grant = { service: 'MONITORING', permission: 'MANAGE_POLICIES' };
const ASSIGN: Grant = { service: 'MONITORING', permission: 'ASSIGN_POLICIES' };
const OWN_ALERTS: Grant = { service: 'WEB_MONITORING', permission: 'HANDLE_OWN_ALERTS' };

/** A company with an administrator, a User, and a role that manages Monitoring. */
async function example(app: TestApp) {
  const { companyId, admin } = await buildCompany(app);
  const ben = await buildAccount(app);
  const memberId = await addMember(app, companyId, ben, 'USER');
  const role = await createRole(admin.ctx, { name: 'Monitors', grants: [MANAGE] });
  const held = async () =>
    (await permissionsIn(app.services.db.read, ben.account.id, companyId, app.clock.now())).list();
  const user = await builtInRoleId(app.services.db.read, companyId, 'USER');
  const administrators = await builtInRoleId(app.services.db.read, companyId, 'COMPANY_ADMINISTRATOR');
  return { companyId, admin, ben, memberId, role, held, user, administrators };
}

describe('roles of a company', () => {
  it('PER-12 are added, changed and deleted by administrators; each change is told with before and after', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const role = await createRole(admin.ctx, { name: ' Monitors ', grants: [MANAGE, MANAGE] });
    expect(role).toMatchObject({ name: 'Monitors', grants: [MANAGE], builtIn: null });
    const { role: renamed } = await updateRole(admin.ctx, { id: role.id, name: 'Watch', grants: [OWN_ALERTS] });
    expect(renamed).toMatchObject({ name: 'Watch', grants: [OWN_ALERTS] });
    expect((await updateRole(admin.ctx, { id: role.id, name: 'Watch' })).changes).toEqual([]);
    expect((await listRoles(admin.ctx, companyId)).map(({ name }) => name)).toHaveLength(3);
    await deleteRole(admin.ctx, { id: role.id });
    expect(await findRole(app.services.db.read, role.id)).toBeNull();
    expect(await events.next()).toMatchObject({ change: 'CREATED', after: { name: 'Monitors', grants: [MANAGE] } });
    expect(await events.next()).toMatchObject({
      change: 'UPDATED',
      before: { name: 'Monitors', grants: [MANAGE] },
      after: { name: 'Watch', grants: [OWN_ALERTS] },
    });
    expect(await events.next()).toMatchObject({ change: 'DELETED', before: { name: 'Watch' } });
  });

  it('PER-12 names are unique in a company, whatever their case, the built-in ones among them', async () => {
    const app = await testApp();
    const { admin, role } = await example(app);
    await refusalOf(createRole(admin.ctx, { name: 'monitors', grants: [] }), 'NAME_TAKEN');
    await refusalOf(updateRole(admin.ctx, { id: role.id, name: 'user' }), 'NAME_TAKEN');
    const { admin: other } = await buildCompany(app);
    expect(await createRole(other.ctx, { name: 'Monitors', grants: [] })).toMatchObject({ name: 'Monitors' });
  });

  it('the built-in roles stay as they are', async () => {
    const app = await testApp();
    const { admin, user, administrators } = await example(app);
    await refusalOf(updateRole(admin.ctx, { id: user, grants: [MANAGE] }), 'ROLE_BUILT_IN');
    await refusalOf(deleteRole(admin.ctx, { id: administrators, moveToId: user }), 'ROLE_BUILT_IN');
  });

  it('a role that members hold is deleted only by saying which they get instead', async () => {
    const app = await testApp();
    const { admin, memberId, role, held } = await example(app);
    await assignRole(admin.ctx, { memberId, roleId: role.id });
    const refusal = await refusalOf(deleteRole(admin.ctx, { id: role.id }), 'ROLE_HELD');
    expect(refusal.details).toEqual({ members: 1 });
    await denialOf(deleteRole(admin.ctx, { id: role.id, moveToId: role.id }), 'NOT_FOUND');
    const { id: moveToId } = await createRole(admin.ctx, { name: 'Others', grants: [ASSIGN] });
    const { changes } = await deleteRole(admin.ctx, { id: role.id, moveToId });
    expect(changes).toMatchObject([{ memberId, gains: [], loses: [MANAGE] }]);
    expect(await held()).toEqual([ASSIGN]);
  });

  it('PER-10 members of role User manage none; another company’s roles are not there', async () => {
    const app = await testApp();
    const { ben, memberId, role } = await example(app);
    const { admin: stranger } = await buildCompany(app);
    const operations = [
      (ctx: typeof ben.ctx) => updateRole(ctx, { id: role.id, name: 'x' }),
      (ctx: typeof ben.ctx) => deleteRole(ctx, { id: role.id }),
      (ctx: typeof ben.ctx) => assignRole(ctx, { memberId, roleId: role.id }),
      (ctx: typeof ben.ctx) => removeRole(ctx, { memberId, roleId: role.id }),
    ];
    await denialOf(createRole(ben.ctx, { name: 'Mine', grants: [] }), 'FORBIDDEN');
    for (const operation of operations) {
      await denialOf(operation(ben.ctx), 'FORBIDDEN');
      await denialOf(operation(stranger.ctx), 'NOT_FOUND');
    }
  });
});

describe('roles of members', () => {
  it('PER-11, PER-13 a member holds several, and what holds is their union', async () => {
    const app = await testApp();
    const { admin, companyId, memberId, role, held } = await example(app);
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const second = await createRole(admin.ctx, { name: 'Web', grants: [OWN_ALERTS] });
    await assignRole(admin.ctx, { memberId, roleId: role.id });
    await assignRole(admin.ctx, { memberId, roleId: second.id });
    expect((await assignRole(admin.ctx, { memberId, roleId: second.id })).changes).toEqual([]);
    expect(await held()).toEqual([MANAGE, ASSIGN, OWN_ALERTS]);
    await removeRole(admin.ctx, { memberId, roleId: role.id });
    expect(await held()).toEqual([OWN_ALERTS]);
    expect(await events.changes(4)).toEqual(['role CREATED', ...Array(3).fill('member ROLES_CHANGED')]);
  });

  it('who has no role left is a User', async () => {
    const app = await testApp();
    const { admin, memberId, role, user } = await example(app);
    const roleIds = async () => (await rolesOfMembers(app.services.db.read, [memberId]))[0]?.map(({ id }) => id);
    await assignRole(admin.ctx, { memberId, roleId: role.id });
    await removeRole(admin.ctx, { memberId, roleId: user });
    expect(await roleIds()).toEqual([role.id]);
    await removeRole(admin.ctx, { memberId, roleId: role.id });
    expect(await roleIds()).toEqual([user]);
  });

  it('API-03 dryRun says who would gain and lose what, refuses as the change would, and changes nothing', async () => {
    const app = await testApp();
    const { admin, memberId, role, held, administrators } = await example(app);
    const preview = await assignRole(admin.ctx, { memberId, roleId: role.id, dryRun: true });
    expect(preview.changes).toMatchObject([{ memberId, gains: [MANAGE, ASSIGN], loses: [] }]);
    expect(await held()).toEqual([]);
    const done = await assignRole(admin.ctx, { memberId, roleId: role.id });
    expect(done.changes).toEqual(preview.changes);
    const update = await updateRole(admin.ctx, { id: role.id, grants: [ASSIGN, OWN_ALERTS], dryRun: true });
    expect(update.changes).toMatchObject([{ memberId, gains: [OWN_ALERTS], loses: [MANAGE] }]);
    expect(await held()).toEqual([MANAGE, ASSIGN]);
    expect((await removeRole(admin.ctx, { memberId, roleId: role.id, dryRun: true })).changes).toMatchObject([
      { loses: [MANAGE, ASSIGN] },
    ]);
    expect(await held()).toEqual([MANAGE, ASSIGN]);
    const adminId = (await memberOf(app.services.db.read, admin.account.id))?.id ?? '';
    await refusalOf(
      removeRole(admin.ctx, { memberId: adminId, roleId: administrators, dryRun: true }),
      'LAST_ADMINISTRATOR',
    );
  });

  it('PER-11 an invitation carries roles; those that were deleted meanwhile are passed over', async () => {
    const app = await testApp();
    const { admin, companyId, role, user } = await example(app);
    const { admin: stranger } = await buildCompany(app);
    const cleo = await buildAccount(app, { email: 'cleo@example.test' });
    await denialOf(inviteMember(stranger.ctx, { email: 'cleo@example.test', roleIds: [role.id] }), 'NOT_FOUND');
    const { id } = await inviteMember(admin.ctx, { email: 'cleo@example.test', roleIds: [role.id] });
    expect(id).toMatch(/^mei_/);
    await deleteRole(admin.ctx, { id: role.id });
    const token = tokenIn((await mailsTo(app, 'cleo@example.test'))[0]);
    const member = await acceptMemberInvitation(cleo.ctx, { token });
    expect(member.companyId).toBe(companyId);
    expect((await rolesOfMembers(app.services.db.read, [member.id]))[0]).toMatchObject([{ id: user }]);
  });
});

describe('PER-11 effect at once', () => {
  it('the same member, refused before, is let in as soon as the role is given', async () => {
    const app = await testApp();
    const { admin, ben, companyId, memberId, role } = await example(app);
    const check = () =>
      requirePermission(app.services.db.read, ben.principal, companyId, 'MONITORING', 'ASSIGN_POLICIES', 0);
    await denialOf(check(), 'FORBIDDEN');
    await assignRole(admin.ctx, { memberId, roleId: role.id });
    await check();
  });

  it.each([
    ['the role is taken', 'removeRole', 'FORBIDDEN'],
    ['the role loses the mark', 'updateRole', 'FORBIDDEN'],
    ['the member is removed', 'removeMember', 'NOT_FOUND'],
  ] as const)('a stream that was open by a permission ends as soon as %s', async (_how, operation, code) => {
    const app = await testApp();
    const { admin, ben, companyId, memberId } = await example(app);
    const { id: roleId } = await createRole(admin.ctx, { name: 'Web', grants: [OWN_ALERTS] });
    await assignRole(admin.ctx, { memberId, roleId });
    const before = app.services.wakeUps.size;
    const events = await followAlerts(ben.ctx, companyId, null);
    const ending = denialOf(events.next(), code);
    const losing = {
      removeRole: () => removeRole(admin.ctx, { memberId, roleId }),
      updateRole: () => updateRole(admin.ctx, { id: roleId, grants: [ASSIGN] }),
      removeMember: () => removeMember(admin.ctx, { id: memberId }),
    };
    await losing[operation]();
    await ending;
    expect(await events.next()).toEqual({ done: true, value: undefined });
    expect(app.services.wakeUps.size).toBe(before);
  });

  it('events that were read but not handed out when a topic called are handed out only after a new look', async () => {
    const app = await testApp();
    const { admin, companyId } = await example(app);
    const stream = streamOf.company(companyId);
    let allowed = true;
    const events = await follow(admin.ctx, {
      stream,
      after: encodeCursor(stream, 0),
      topics: [streamOf.account(admin.account.id)],
      check: async () => {
        if (!allowed) throw new Denial('FORBIDDEN');
      },
    });
    await createRole(admin.ctx, { name: 'Second', grants: [] });
    expect((await events.next()).value).toMatchObject({ concept: 'role', change: 'CREATED' });
    allowed = false;
    let stop = () => {};
    const called = new Promise<void>((resolve) => {
      stop = app.services.wakeUps.register([streamOf.account(admin.account.id)], resolve);
    });
    await updateAccount(admin.ctx, { name: 'Somebody else' });
    await called;
    stop();
    await denialOf(events.next(), 'FORBIDDEN');
  });
});
