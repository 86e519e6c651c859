import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { licences } from '../db/tables/licences.ts';
import { type Grant, PERMISSIONS, SERVICES } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, type TestAccount } from '../testing/builders.ts';
import { denialOf } from '../testing/refusals.ts';
import { explainPermission, explainPermissions } from './explain.ts';
import { memberOf } from './members.ts';
import { ALL_GRANTS, normalGrants, PERMISSION_CATALOGUE, PermissionSet, permissionsIn } from './permissions.ts';
import { assignRole } from './role-assignments.ts';
import { createRole } from './role-changes.ts';

const grant = fc.record({ service: fc.constantFrom(...SERVICES), permission: fc.constantFrom(...PERMISSIONS) });
const grid = fc.array(grant, { maxLength: 24 });

const unionOf = (...grids: readonly (readonly Grant[])[]) => {
  const held = new PermissionSet();
  for (const grants of grids) held.add(grants);
  return held.list();
};

describe('PER-13 the union of permissions', () => {
  it('is the same in whatever order, and however often, roles are added', () => {
    fc.assert(
      fc.property(grid, grid, grid, (a, b, c) => {
        expect(unionOf(a, b, c)).toEqual(unionOf(c, b, a, b));
        expect(unionOf([...a, ...b], c)).toEqual(unionOf(a, [...b, ...c]));
      }),
    );
  });

  it('never takes anything away: a further role only adds', () => {
    fc.assert(
      fc.property(grid, grid, (a, b) => {
        expect(unionOf(a, b)).toEqual(expect.arrayContaining(unionOf(a)));
      }),
    );
  });

  it('PER-02 … PER-06, PER-12 holds exactly the marks and what they imply, for the same service', () => {
    fc.assert(
      fc.property(grid, (marks) => {
        const expected = ALL_GRANTS.filter(({ service, permission }) =>
          marks.some(
            (mark) =>
              mark.service === service &&
              (mark.permission === permission || PERMISSION_CATALOGUE[mark.permission].implies.includes(permission)),
          ),
        );
        expect(unionOf(marks)).toEqual(expected);
      }),
    );
  });

  it('a grid is stored in one form, however it was written', () => {
    fc.assert(
      fc.property(grid, (marks) => {
        expect(normalGrants([...marks, ...marks].reverse())).toEqual(normalGrants(marks));
        expect(unionOf(normalGrants(marks))).toEqual(unionOf(marks));
      }),
    );
  });
});

async function businessLicence(app: TestApp, who: TestAccount, companyId: string, expiresAt: number): Promise<string> {
  const id = newId('Licence');
  await app.services.db.write(async ({ q }) => {
    await q.insert(licences).values({
      id,
      product: 'MONITORING',
      edition: 'BUSINESS',
      seats: 5,
      purchaseEmail: who.account.email,
      issuedAt: app.clock.now(),
      expiresAt,
      holderId: who.account.id,
      companyId,
      activatedAt: app.clock.now(),
    });
  });
  return id;
}

describe('what a member may do', () => {
  it('PER-01, PER-09, PER-10 administrators everything, members of the built-in role User nothing, strangers nothing', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { companyId: other } = await buildCompany(app);
    const ben = await buildAccount(app);
    await addMember(app, companyId, ben, 'USER');
    const of = (who: TestAccount, company: string) =>
      permissionsIn(app.services.db.read, who.account.id, company, app.clock.now());
    expect((await of(admin, companyId)).list()).toEqual(ALL_GRANTS);
    expect((await of(admin, other)).list()).toEqual([]);
    expect((await of(ben, companyId)).list()).toEqual([]);
  });

  it('PER-09 the holder of a Business licence, for its service and as long as it is in force', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const ben = await buildAccount(app);
    await addMember(app, companyId, ben, 'USER');
    const expiresAt = app.clock.now() + 1000;
    const licenceId = await businessLicence(app, ben, companyId, expiresAt);
    const held = async () =>
      (await permissionsIn(app.services.db.read, ben.account.id, companyId, app.clock.now())).list();
    expect(await held()).toEqual(ALL_GRANTS.filter(({ service }) => service === 'MONITORING'));
    expect(await explainPermission(ben.ctx, { service: 'MONITORING', permission: 'ASSIGN_POLICIES' })).toMatchObject({
      allowed: true,
      rule: 'BY_BUSINESS_LICENCE',
      licenceIds: [licenceId],
    });
    app.clock.set(expiresAt);
    expect(await held()).toEqual([]);
  });

  it('PER-14 explain names the rule, the roles that it comes from, and the roles that would allow it', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const ben = await buildAccount(app);
    const memberId = await addMember(app, companyId, ben, 'USER');
    const role = await createRole(admin.ctx, {
      name: 'Patching',
      grants: [{ service: 'PATCH_MANAGEMENT', permission: 'MANAGE_POLICIES' }],
    });
    const asked = { service: 'PATCH_MANAGEMENT', permission: 'ASSIGN_POLICIES' } as const;
    const before = await explainPermission(ben.ctx, asked);
    expect(before).toMatchObject({ allowed: false, rule: 'USER_HOLDS_NOTHING', roles: [] });
    expect(before.rolesThatWouldAllow.map(({ builtIn, name }) => builtIn ?? name).sort()).toEqual([
      'COMPANY_ADMINISTRATOR',
      'Patching',
    ]);
    await assignRole(admin.ctx, { memberId, roleId: role.id });
    expect(await explainPermission(admin.ctx, { ...asked, memberId })).toMatchObject({
      allowed: true,
      rule: 'BY_ROLE',
      roles: [{ id: role.id }],
      rolesThatWouldAllow: [],
    });
    expect(await explainPermission(ben.ctx, { service: 'BACKUP', permission: 'ASSIGN_POLICIES' })).toMatchObject({
      allowed: false,
      rule: 'NO_ROLE_GRANTS_IT',
    });
  });

  it('PER-14 the whole grid is explained at once, each cell as it is by itself', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const ben = await buildAccount(app);
    const memberId = await addMember(app, companyId, ben, 'USER');
    await businessLicence(app, ben, companyId, app.clock.now() + 1000);
    const { id: roleId } = await createRole(admin.ctx, {
      name: 'Alerts',
      grants: [{ service: 'BACKUP', permission: 'HANDLE_ALL_ALERTS' }],
    });
    await assignRole(admin.ctx, { memberId, roleId });
    const grid = await explainPermissions(admin.ctx, memberId);
    expect(grid.map(({ service, permission }) => ({ service, permission }))).toEqual(ALL_GRANTS);
    for (const cell of grid) {
      const { service, permission } = cell;
      expect(await explainPermission(admin.ctx, { memberId, service, permission })).toEqual(cell);
    }
    expect(new Set(grid.map(({ rule }) => rule))).toEqual(
      new Set(['BY_BUSINESS_LICENCE', 'BY_ROLE', 'NO_ROLE_GRANTS_IT']),
    );
    expect(await explainPermissions(ben.ctx, null)).toHaveLength(ALL_GRANTS.length);
    const adminId = (await memberOf(app.services.db.read, admin.account.id))?.id;
    await denialOf(explainPermissions(ben.ctx, adminId), 'FORBIDDEN');
  });

  it('PER-14 others are explained to administrators of their company only', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { admin: stranger } = await buildCompany(app);
    const ben = await buildAccount(app);
    await addMember(app, companyId, ben, 'USER');
    const adminId = (await memberOf(app.services.db.read, admin.account.id))?.id;
    const asked = { memberId: adminId, service: 'BACKUP', permission: 'ASSIGN_POLICIES' } as const;
    await denialOf(explainPermission(ben.ctx, asked), 'FORBIDDEN');
    await denialOf(explainPermission(stranger.ctx, asked), 'NOT_FOUND');
    await denialOf(explainPermission((await buildAccount(app)).ctx, asked), 'FORBIDDEN');
  });
});
