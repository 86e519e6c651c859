import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import type { BuiltInRole } from '../db/tables/roles.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import type { Context } from './context.ts';
import { createDeviceGroup } from './device-groups.ts';
import { findDevice } from './devices.ts';
import { enrolDevice } from './enrolment.ts';
import { createEnrolmentCode, enrolmentCodeStatusAt, getEnrolmentCode } from './enrolment-codes.ts';
import { streamOf } from './event-log.ts';
import { leaveCompany, removeMember } from './member-changes.ts';
import {
  acceptMemberInvitation,
  getMemberInvitation,
  inviteMember,
  listMemberInvitations,
  memberInvitationStatusAt,
} from './member-invitations.ts';
import { findMember, type Membership, memberOf } from './members.ts';
import { assignRole, removeRole } from './role-assignments.ts';
import { builtInRoleId } from './roles.ts';

async function twoAdministrators(app: TestApp) {
  const { companyId, admin: ana } = await buildCompany(app);
  const ben = await buildAccount(app);
  const benId = await addMember(app, companyId, ben, 'COMPANY_ADMINISTRATOR');
  const anaId = (await memberOf(app.services.db.read, ana.account.id))?.id ?? '';
  return { companyId, ana, anaId, ben, benId };
}

/** Makes a member an administrator, or makes it none any more. */
async function changeMemberRole(ctx: Context, { id, role }: { id: string; role: BuiltInRole }) {
  const { companyId = '' } = (await findMember(ctx.db.read, id)) ?? {};
  const roleId = companyId
    ? await builtInRoleId(ctx.db.read, companyId, 'COMPANY_ADMINISTRATOR')
    : 'rol_AAAAAAAAAAAAAAAAAAAAAAAA';
  const { member } = await (role === 'USER' ? removeRole : assignRole)(ctx, { memberId: id, roleId });
  return member;
}

const roleOf = async (app: TestApp, who: TestAccount) => builtIn(await memberOf(app.services.db.read, who.account.id));

const builtIn = (member: Membership | null): BuiltInRole | null =>
  member && (member.administrator ? 'COMPANY_ADMINISTRATOR' : 'USER');

describe('roles of members', () => {
  it('PER-11 administrators give and take roles, effective at once', async () => {
    const app = await testApp();
    const { companyId, ana, ben, benId } = await twoAdministrators(app);
    const events = await listenTo(ana.ctx, streamOf.company(companyId));
    expect(await changeMemberRole(ana.ctx, { id: benId, role: 'USER' })).toMatchObject({
      id: benId,
      administrator: false,
    });
    expect(await events.changes(1)).toEqual(['member ROLES_CHANGED']);
    await denialOf(changeMemberRole(ben.ctx, { id: benId, role: 'COMPANY_ADMINISTRATOR' }), 'FORBIDDEN');
    await denialOf(removeMember(ben.ctx, { id: benId }), 'FORBIDDEN');
  });

  it('another company’s member is not there', async () => {
    const app = await testApp();
    const { benId } = await twoAdministrators(app);
    const { admin: stranger } = await buildCompany(app);
    const foreign = await denialOf(changeMemberRole(stranger.ctx, { id: benId, role: 'USER' }), 'NOT_FOUND');
    const unknown = await denialOf(changeMemberRole(stranger.ctx, { id: 'mem_unknown', role: 'USER' }), 'NOT_FOUND');
    expect(foreign.details).toEqual(unknown.details);
    await denialOf(removeMember(stranger.ctx, { id: benId }), 'NOT_FOUND');
  });
});

describe('PER-13 the last administrator', () => {
  it('can neither be demoted nor removed nor leave', async () => {
    const app = await testApp();
    const { ana, anaId, benId } = await twoAdministrators(app);
    await changeMemberRole(ana.ctx, { id: benId, role: 'USER' });
    await refusalOf(changeMemberRole(ana.ctx, { id: anaId, role: 'USER' }), 'LAST_ADMINISTRATOR');
    await refusalOf(removeMember(ana.ctx, { id: anaId }), 'LAST_ADMINISTRATOR');
    await refusalOf(leaveCompany(ana.ctx), 'LAST_ADMINISTRATOR');
    await refusalOf(leaveCompany(ana.ctx, { dryRun: true }), 'LAST_ADMINISTRATOR');
    expect(await roleOf(app, ana)).toBe('COMPANY_ADMINISTRATOR');
  });

  it('stays where two demote each other, remove each other, or leave at once', async () => {
    const app = await testApp();
    for (let round = 0; round < 12; round++) {
      const { ana, anaId, ben, benId } = await twoAdministrators(app);
      const races = [
        () => [
          changeMemberRole(ana.ctx, { id: benId, role: 'USER' }),
          changeMemberRole(ben.ctx, { id: anaId, role: 'USER' }),
        ],
        () => [removeMember(ana.ctx, { id: benId }), removeMember(ben.ctx, { id: anaId })],
        () => [leaveCompany(ana.ctx), leaveCompany(ben.ctx)],
        () => [removeMember(ana.ctx, { id: benId }), changeMemberRole(ben.ctx, { id: anaId, role: 'USER' })],
      ];
      const race = races[round % races.length];
      const outcomes = await Promise.allSettled<unknown>(race?.() ?? []);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const roles = [await roleOf(app, ana), await roleOf(app, ben)];
      expect(roles.filter((role) => role === 'COMPANY_ADMINISTRATOR')).toHaveLength(1);
    }
  });

  // On SQLite two nodes would be two processes: within one, they would hold up each other's event loop.
  it.runIf(databaseEngine() === 'postgres')('stays where two nodes demote each other at once', async () => {
    const app = await testApp();
    const other = await app.anotherNode();
    for (let round = 0; round < 5; round++) {
      const { ana, anaId, ben, benId } = await twoAdministrators(app);
      const outcomes = await Promise.allSettled([
        changeMemberRole(ana.ctx, { id: benId, role: 'USER' }),
        changeMemberRole(other.as(ben.principal), { id: anaId, role: 'USER' }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
      const roles = [await roleOf(app, ana), await roleOf(app, ben)];
      expect(roles).toContain('COMPANY_ADMINISTRATOR');
    }
  });
});

describe('leaving', () => {
  it('who leaves or is removed may do nothing for the company any more, and its devices are signed out', async () => {
    const app = await testApp();
    const { companyId, ana, benId, ben } = await twoAdministrators(app);
    const values = { companyId, accountId: ben.account.id };
    const managed = await setDevice(app, await buildDevice(app), values);
    const own = await setDevice(app, await buildDevice(app), { accountId: ben.account.id });
    const events = await listenTo(ana.ctx, streamOf.device(managed.device.id));
    await removeMember(ana.ctx, { id: benId });
    expect(await events.changes(1)).toEqual(['device UNASSIGNED']);
    expect(await findDevice(app.services.db.read, managed.device.id)).toMatchObject({ companyId, accountId: null });
    expect(await findDevice(app.services.db.read, own.device.id)).toMatchObject({ accountId: ben.account.id });
    await denialOf(leaveCompany(ben.ctx), 'FORBIDDEN');
    await denialOf(removeMember(ana.ctx, { id: benId }), 'NOT_FOUND');
  });

  it('a member leaves, and may then join another company', async () => {
    const app = await testApp();
    const { ben, benId } = await twoAdministrators(app);
    const end = { id: benId, signedOutDevices: 0, retiredBackups: 0 };
    expect(await leaveCompany(ben.ctx, { dryRun: true })).toEqual(end);
    expect(await roleOf(app, ben)).toBe('COMPANY_ADMINISTRATOR');
    expect(await leaveCompany(ben.ctx)).toEqual(end);
    expect(await roleOf(app, ben)).toBeNull();
  });
});

describe('what an administrator has handed out', () => {
  const ways = [
    ['is demoted', ({ ana, benId }) => changeMemberRole(ana.ctx, { id: benId, role: 'USER' })],
    ['is removed', ({ ana, benId }) => removeMember(ana.ctx, { id: benId })],
    ['leaves', ({ ben }) => leaveCompany(ben.ctx)],
  ] satisfies [string, (people: Awaited<ReturnType<typeof twoAdministrators>>) => Promise<unknown>][];

  it.each(ways)('PER-13 invitations of who %s give nobody a role any more; those of others do', async (_how, end) => {
    const app = await testApp();
    const people = await twoAdministrators(app);
    const { companyId, ana, ben } = people;
    const friend = await buildAccount(app);
    const colleague = await buildAccount(app);
    const input = { role: 'COMPANY_ADMINISTRATOR' } as const;
    const his = await inviteMember(ben.ctx, { ...input, email: friend.account.email });
    const hers = await inviteMember(ana.ctx, { ...input, email: colleague.account.email });
    const events = await listenTo(ana.ctx, streamOf.company(companyId));
    await end(people);
    expect(await events.changes(2)).toContain('memberInvitation REVOKED');
    await refusalOf(acceptMemberInvitation(friend.ctx, { invitationId: his.id }), 'LINK_SPENT');
    expect(memberInvitationStatusAt(await getMemberInvitation(ana.ctx, his.id), app.clock.now())).toBe('REVOKED');
    expect((await listMemberInvitations(ana.ctx, { companyId })).rows).toMatchObject([{ id: hers.id }]);
    await acceptMemberInvitation(colleague.ctx, { invitationId: hers.id });
    expect([await roleOf(app, friend), await roleOf(app, colleague)]).toEqual([null, 'COMPANY_ADMINISTRATOR']);
  });

  it('PRE-03 PER-10 codes of who is demoted assign to nobody else any more and put into no group; what a User may make stays', async () => {
    const app = await testApp();
    const { ana, ben, benId } = await twoAdministrators(app);
    const group = await createDeviceGroup(ben.ctx, { name: 'Tills' });
    const [toAna, toGroup, toSelf, toNobody] = [
      await createEnrolmentCode(ben.ctx, { label: 'Ana', assignToId: ana.account.id }),
      await createEnrolmentCode(ben.ctx, { label: 'Tills', groupId: group.id }),
      await createEnrolmentCode(ben.ctx, { label: 'Own', assignToId: ben.account.id }),
      await createEnrolmentCode(ben.ctx, { label: 'Any' }),
    ];
    await changeMemberRole(ana.ctx, { id: benId, role: 'USER' });
    const device = await buildDevice(app);
    for (const { code } of [toAna, toGroup]) await refusalOf(enrolDevice(device.ctx, { code }), 'CODE_REVOKED');
    await enrolDevice(device.ctx, { code: toSelf.code });
    await enrolDevice((await buildDevice(app)).ctx, { code: toNobody.code });
  });

  it('PRE-03 codes of who leaves are told and listed as revoked, and stay so where they come back', async () => {
    const app = await testApp();
    const { companyId, ana, ben } = await twoAdministrators(app);
    const { code, enrolmentCode } = await createEnrolmentCode(ben.ctx, { label: 'Own', maxUses: 2 });
    const events = await listenTo(ana.ctx, streamOf.company(companyId));
    await leaveCompany(ben.ctx);
    expect(await events.changes(2)).toContain('enrolmentCode REVOKED');
    const kept = await getEnrolmentCode(ana.ctx, enrolmentCode.id);
    expect(enrolmentCodeStatusAt(kept, app.clock.now())).toBe('REVOKED');
    await addMember(app, companyId, ben, 'USER');
    await refusalOf(enrolDevice((await buildDevice(app)).ctx, { code }), 'CODE_REVOKED');
  });
});
