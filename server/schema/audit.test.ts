import { expect, it } from 'vitest';
import { addDevicesToGroup, createDeviceGroup, deleteDeviceGroup, renameDeviceGroup } from '../domain/device-groups.ts';
import { addFavourite } from '../domain/favourites.ts';
import { assignRole } from '../domain/role-assignments.ts';
import { createRole, deleteRole } from '../domain/role-changes.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';

const RECORDS = 'nodes { concept change subject actor { name } names { id name } }';
const COMPANY_LOG = `{ viewer { account { company {
  auditLog(first: 20) { ${RECORDS} } roles { id name memberCount } deviceGroups { nodes { name deviceCount } }
} } } }`;
const OWN_LOG = `{ viewer { account { auditLog(first: 20) { ${RECORDS} } } } }`;

it('API-04 records name what their ids stand for: the subject, roles, devices, people', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const claire = await buildAccount(app, { name: 'Claire' });
  const memberId = await addMember(app, companyId, claire, 'USER');
  const till = await setDevice(app, await buildDevice(app, { name: 'Till' }), { companyId });
  const { id: roleId } = await createRole(admin.ctx, { name: 'Patching', grants: [] });
  await assignRole(admin.ctx, { memberId, roleId });
  const group = await createDeviceGroup(admin.ctx, { name: 'Shop' });
  await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [till.device.id] });

  const french = { ...admin.ctx, request: { ...admin.ctx.request, language: 'fr' as const } };
  const { company } = (await dataOf(french, COMPANY_LOG)).viewer.account;
  const userRole = company.roles.find(({ name }: { name: string }) => name === 'Utilisateur');
  const named = (change: string) =>
    company.auditLog.nodes.find((node: { change: string }) => node.change === change)?.names;
  expect(named('ROLES_CHANGED')).toEqual(
    expect.arrayContaining([
      { id: memberId, name: 'Claire' },
      { id: roleId, name: 'Patching' },
      { id: userRole.id, name: 'Utilisateur' },
    ]),
  );
  expect(named('DEVICES_ADDED')).toEqual([
    { id: group.id, name: 'Shop' },
    { id: till.device.id, name: 'Till' },
  ]);
  expect(company.deviceGroups.nodes).toEqual([{ name: 'Shop', deviceCount: 1 }]);
  expect(
    company.roles.map(({ name, memberCount }: { name: string; memberCount: number }) => [name, memberCount]),
  ).toEqual(
    expect.arrayContaining([
      ['Patching', 1],
      ['Utilisateur', 1],
      ['Administrateur de l’entreprise', 1],
    ]),
  );

  await deleteRole(admin.ctx, { id: roleId, moveToId: userRole.id });
  const later = (await dataOf(admin.ctx, COMPANY_LOG)).viewer.account.company;
  expect(later.auditLog.nodes[0]).toMatchObject({ change: 'DELETED', subject: roleId });
  expect(later.auditLog.nodes[0].names).toEqual([
    { id: roleId, name: 'Patching' },
    { id: memberId, name: 'Claire' },
    { id: userRole.id, name: 'User' },
  ]);
  // What is gone is called as it was when it went, also in what happened before.
  await renameDeviceGroup(admin.ctx, { id: group.id, name: 'Shop floor' });
  await deleteDeviceGroup(admin.ctx, { id: group.id });
  const last = (await dataOf(admin.ctx, COMPANY_LOG)).viewer.account.company.auditLog.nodes;
  const added = last.find(({ change }: { change: string }) => change === 'DEVICES_ADDED');
  expect(added.names).toEqual([
    { id: group.id, name: 'Shop floor' },
    { id: till.device.id, name: 'Till' },
  ]);
});

it('API-04 a log names no device that is not the company’s: whose favourite it is learns no name', async () => {
  const app = await testApp();
  const { account, ctx } = await buildAccount(app);
  const strange = await buildDevice(app, { name: 'Secret project' });
  await addFavourite(ctx, { address: strange.device.address });
  const { auditLog } = (await dataOf(ctx, OWN_LOG)).viewer.account;
  expect(auditLog.nodes[0]).toMatchObject({ concept: 'favourite', subject: strange.device.id, names: [] });
  expect(auditLog.nodes[0].actor.name).toBe(account.name);
});
