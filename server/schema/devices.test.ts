import { type GraphQLObjectType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';
import { denialOf } from '../testing/refusals.ts';
import { buildSchema } from './schema.ts';

const REFUSED = '... on UserError { __typename code path message }';

const CREATE_CODE = `mutation ($input: CreateEnrolmentCodeInput!) { createEnrolmentCode(input: $input) {
  ${REFUSED}
  ... on CreateEnrolmentCodePayload {
    secret
    enrolmentCode { id hint status uses maxUses createdBy { name email } assignTo { accountId } group { name } }
  }
} }`;

const ENROL = `mutation ($code: String!) { enrolDevice(input: { code: $code }) {
  ${REFUSED}
  ... on EnrolDevicePayload { device { enrolledAt company { name namespace } account { accountId name } groups { name } } }
} }`;

const LIST = `query ($company: ID!, $search: String) { node(id: $company) { ... on Company {
  deviceCount
  devices(search: $search, orderBy: ADDED) {
    totalCount
    nodes { id name groups { name } account { name } permissionProfiles { name builtIn } }
    edges { cursor node { address } }
    pageInfo { hasNextPage }
  }
} } }`;

async function company() {
  const app = await testApp();
  const { companyId, namespace, admin } = await buildCompany(app);
  const user = await buildAccount(app, { name: 'Ursula' });
  await addMember(app, companyId, user, 'USER');
  const { createDeviceGroup } = await dataOf(
    admin.ctx,
    'mutation { createDeviceGroup(input: { name: "Tills" }) { ... on CreateDeviceGroupPayload { group { id } } } }',
  );
  const groupId: string = createDeviceGroup.group.id;
  const input = { label: 'Shop', assignToId: user.account.id, groupId, maxUses: 2 };
  const { createEnrolmentCode } = await dataOf(admin.ctx, CREATE_CODE, { input });
  return {
    app,
    companyId,
    namespace,
    admin,
    user,
    groupId,
    code: createEnrolmentCode.secret,
    enrolmentCode: createEnrolmentCode.enrolmentCode,
  };
}

describe('devices in the API', () => {
  it('PRE-02 PRE-03 a device redeems a code, and is found among the devices of its company', async () => {
    const { app, companyId, namespace, admin, user, code, enrolmentCode } = await company();
    expect(enrolmentCode).toMatchObject({
      status: 'USABLE',
      uses: 0,
      maxUses: 2,
      createdBy: { name: admin.account.name, email: admin.account.email },
      assignTo: { accountId: user.account.id },
      group: { name: 'Tills' },
    });
    const [one, two, three] = [await buildDevice(app), await buildDevice(app), await buildDevice(app)];
    const { enrolDevice } = await dataOf(one.ctx, ENROL, { code });
    expect(enrolDevice.device).toMatchObject({
      company: { namespace },
      account: { accountId: user.account.id, name: 'Ursula' },
      groups: [{ name: 'Tills' }],
    });
    app.clock.advance(1);
    await dataOf(two.ctx, ENROL, { code });
    expect((await dataOf(three.ctx, ENROL, { code })).enrolDevice).toEqual({
      __typename: 'EnrolmentRefused',
      code: 'CODE_SPENT',
      path: ['code'],
      message: 'The enrolment code was used up.',
    });
    const { node } = await dataOf(user.ctx, LIST, { company: companyId });
    expect(node).toMatchObject({ deviceCount: 2, devices: { totalCount: 2, pageInfo: { hasNextPage: false } } });
    expect(node.devices.nodes).toMatchObject(
      [two, one].map(({ device }) => ({
        id: device.id,
        groups: [{ name: 'Tills' }],
        account: { name: 'Ursula' },
        permissionProfiles: [{ builtIn: 'DEFAULT' }, {}, {}, {}],
      })),
    );
    expect(node.devices.edges.map((edge: { node: object }) => edge.node)).toEqual(
      [two, one].map(({ device }) => ({ address: device.address })),
    );
    const found = await dataOf(user.ctx, LIST, { company: companyId, search: one.device.address });
    expect(found.node.devices).toMatchObject({ totalCount: 1, nodes: [{ id: one.device.id }] });
  });

  it('a device read by itself tells the same of its groups and its account as one on a page', async () => {
    const { app, user, code } = await company();
    const { ctx, device } = await buildDevice(app);
    await dataOf(ctx, ENROL, { code });
    const document = `query ($id: ID!) { node(id: $id) { ... on Device {
      groups { id name } account { accountId } company { id } eventCursor permissionProfiles { enabled }
    } } }`;
    const own = await dataOf(ctx, document, { id: device.id });
    expect(own.node).toMatchObject({ groups: [{ name: 'Tills' }], account: { accountId: user.account.id } });
    expect(await dataOf(user.ctx, document, { id: device.id })).toEqual(own);
    const { node } = await dataOf(
      user.ctx,
      'query ($id: ID!) { node(id: $id) { ... on Account { devices { totalCount nodes { id groups { name } account { name } } } } } }',
      { id: user.account.id },
    );
    expect(node.devices).toEqual({
      totalCount: 1,
      nodes: [{ id: device.id, groups: [{ name: 'Tills' }], account: { name: 'Ursula' } }],
    });
  });

  it('what a device does with itself works without naming it', async () => {
    const { app, namespace, code } = await company();
    const { ctx, device } = await buildDevice(app);
    await dataOf(ctx, ENROL, { code });
    const answer = await dataOf(
      ctx,
      `mutation ($alias: String!) {
        updateDevice(input: { name: "Till 4", clientVersion: "8.1" }) {
          ... on UpdateDevicePayload { device { name clientVersion } }
        }
        setDeviceAlias(input: { alias: $alias }) { ... on SetDeviceAliasPayload { device { alias } } }
        updateDeviceSettings(input: { discovery: true }) {
          ... on UpdateDeviceSettingsPayload { device { discovery locks { permission } } }
        }
        createPermissionProfile(input: { name: "Mine", permissions: [AUDIO] }) {
          ... on CreatePermissionProfilePayload { profile { id name builtIn permissions enabled } }
        }
        rotateDeviceCredential(input: {}) { credential }
      }`,
      { alias: `till4@${namespace}` },
    );
    expect(answer).toMatchObject({
      updateDevice: { device: { name: 'Till 4', clientVersion: '8.1' } },
      setDeviceAlias: { device: { alias: `till4@${namespace}` } },
      updateDeviceSettings: { device: { discovery: true, locks: [] } },
      createPermissionProfile: { profile: { name: 'Mine', builtIn: null, permissions: ['AUDIO'], enabled: true } },
      rotateDeviceCredential: { credential: expect.stringMatching(/^bkn_dev_/) },
    });
    const removed = await dataOf(
      ctx,
      `mutation ($profile: ID!) {
        removePermissionProfile(input: { id: $profile }) {
          ... on RemovePermissionProfilePayload { profileId deviceId }
        }
        removeDevice(input: {}) { deviceId }
      }`,
      { profile: answer.createPermissionProfile.profile.id },
    );
    expect(removed).toEqual({
      removePermissionProfile: { profileId: answer.createPermissionProfile.profile.id, deviceId: device.id },
      removeDevice: { deviceId: device.id },
    });
  });

  it('administrators assign, lock, group and revoke; refusals come in the language that was asked for', async () => {
    const { app, admin, groupId, code, enrolmentCode } = await company();
    const { ctx, device } = await buildDevice(app);
    await dataOf(ctx, ENROL, { code });
    const answer = await dataOf(
      app.as(admin.principal, { language: 'fr' }),
      `mutation ($device: ID!, $group: ID!, $code: ID!) {
        assignDevice(input: { deviceId: $device }) { device { account { name } } }
        updateDeviceSettings(input: { deviceId: $device, locks: [{ permission: VPN, allowed: false }] }) {
          ... on UpdateDeviceSettingsPayload { device { locks { permission allowed } } }
        }
        setDeviceAlias(input: { deviceId: $device, alias: "x" }) { ${REFUSED} }
        removeDevicesFromGroup(input: { id: $group, deviceIds: [$device] }) {
          ... on RemoveDevicesFromGroupPayload { group { name } }
        }
        renameDeviceGroup(input: { id: $group, name: "Caisses" }) {
          ... on RenameDeviceGroupPayload { group { name } }
        }
        deleteDeviceGroup(input: { id: $group }) { groupId }
        revokeEnrolmentCode(input: { id: $code }) { enrolmentCode { status group { name } } }
      }`,
      { device: device.id, group: groupId, code: enrolmentCode.id },
    );
    expect(answer).toMatchObject({
      assignDevice: { device: { account: null } },
      updateDeviceSettings: { device: { locks: [{ permission: 'VPN', allowed: false }] } },
      setDeviceAlias: { __typename: 'InvalidInput', code: 'INVALID_ALIAS', message: expect.stringContaining('alias') },
      removeDevicesFromGroup: { group: { name: 'Tills' } },
      renameDeviceGroup: { group: { name: 'Caisses' } },
      deleteDeviceGroup: { groupId },
      revokeEnrolmentCode: { enrolmentCode: { status: 'REVOKED', group: null } },
    });
    expect(answer.setDeviceAlias.message).toMatch(/^Un alias/);
  });

  it('the wrong kind of id is answered as one that is not there, wherever it is taken', async () => {
    const { admin, groupId, companyId } = await company();
    const documents = [
      'removeDevice(input: { deviceId: $id }) { deviceId }',
      'assignDevice(input: { deviceId: $id }) { device { id } }',
      'updateDevice(input: { deviceId: $id, name: "x" }) { __typename }',
      'deleteDeviceGroup(input: { id: $id }) { groupId }',
      'removePermissionProfile(input: { id: $id }) { __typename }',
      'revokeEnrolmentCode(input: { id: $id }) { enrolmentCode { id } }',
      'createEnrolmentCode(input: { label: "x", assignToId: $id }) { __typename }',
      'createEnrolmentCode(input: { label: "x", groupId: $id }) { __typename }',
    ];
    for (const document of documents) {
      for (const id of [companyId, '', '\0', 'dev_', `${groupId}x`]) {
        await denialOf(dataOf(admin.ctx, `mutation ($id: ID!) { ${document} }`, { id }), 'NOT_FOUND');
      }
    }
  });
});

it('fields that are a column have no resolver function: reading a property is all that they cost', () => {
  const schema = buildSchema();
  const device = schema.getType('Device') as GraphQLObjectType;
  for (const name of ['id', 'address', 'alias', 'name', 'platform', 'online', 'lastSeenAt', 'locks']) {
    expect(device.getFields()[name]?.resolve, name).toBeUndefined();
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.extensions['pothosExposedField'] === field.name) expect(field.resolve, field.name).toBeUndefined();
    }
  }
});
