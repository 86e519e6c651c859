import { type ExecutionResult, parse, subscribe } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../db/tables/roles.ts';
import { addDevicesToGroup, createDeviceGroup } from '../domain/device-groups.ts';
import { assignPolicy } from '../domain/policy-assignments.ts';
import { updatePolicy } from '../domain/policy-changes.ts';
import { settingsSchemaOf } from '../domain/policy-settings/services.ts';
import type { Setting } from '../domain/policy-settings/setting.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { createLoaders } from './loaders.ts';
import { buildSchema } from './schema.ts';

const CREATE = `mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) {
  ... on CreatePolicyPayload { policy { id name service version settings {
    ... on MonitoringSettings { cpuPercent cpuMinutes volumes { mount freePercent } }
    ... on WebMonitoringSettings { checks { name timeoutSeconds expectedStatus } failuresBeforeAlert }
  } } }
  ... on SettingsRefused { message problems { path label code message min limit unit } }
  ... on UserError { code path }
} }`;

async function company() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const device = await setDevice(app, await buildDevice(app), { companyId });
  const create = async (settings: object, name = 'Tills') =>
    (await dataOf(admin.ctx, CREATE, { input: { name, settings } })).createPolicy;
  return { app, companyId, admin, device, create };
}

describe('SVC-09 policies in the API', () => {
  it('each service has typed settings: what is given comes back, what is left open is null', async () => {
    const { create } = await company();
    expect((await create({ monitoring: { cpuPercent: 80, volumes: [{ mount: '/' }] } })).policy).toMatchObject({
      service: 'MONITORING',
      version: 1,
      settings: { cpuPercent: 80, cpuMinutes: null, volumes: [{ mount: '/', freePercent: 10 }] },
    });
    const checks = [{ name: 'Shop', url: 'https://shop.example' }];
    expect((await create({ webMonitoring: { checks } })).policy.settings).toEqual({
      checks: [{ name: 'Shop', timeoutSeconds: 10, expectedStatus: 200 }],
      failuresBeforeAlert: null,
    });
  });

  it('what a policy and each of its versions set is told setting by setting, in the order of the form', async () => {
    const { admin, create } = await company();
    const { policy } = await create({ monitoring: { volumes: [{ mount: '/' }], cpuPercent: 80 } });
    await updatePolicy(admin.ctx, {
      id: policy.id,
      expectedVersion: 1,
      settings: { service: 'MONITORING', values: { cpuWatched: false } },
    });
    const query = `query ($id: ID!) { node(id: $id) { ... on Policy {
      values { setting value } versions { nodes { version values { setting value } } }
    } } }`;
    expect((await dataOf(admin.ctx, query, { id: policy.id })).node).toEqual({
      values: [{ setting: 'cpuWatched', value: 'false' }],
      versions: {
        nodes: [
          { version: 2, values: [{ setting: 'cpuWatched', value: 'false' }] },
          {
            version: 1,
            values: [
              { setting: 'cpuPercent', value: '80' },
              { setting: 'volumes', value: '[{"mount":"/","freePercent":10}]' },
            ],
          },
        ],
      },
    });
  });

  it('all settings that are wrong are refused at once, in words too', async () => {
    const { create } = await company();
    expect(await create({ monitoring: { cpuPercent: 0, samplingSeconds: 3601 } })).toEqual({
      code: 'SETTINGS_INVALID',
      path: ['settings'],
      message: 'These settings cannot be used: Sampling interval, Processor load.',
      problems: [
        {
          ...{ path: 'samplingSeconds', label: 'Sampling interval', min: 10, limit: 3600, unit: 's' },
          ...{ code: 'OUT_OF_RANGE', message: 'This takes a whole number from 10 to 3600 seconds.' },
        },
        {
          ...{ path: 'cpuPercent', label: 'Processor load', min: 1, limit: 100, unit: '%' },
          ...{ code: 'OUT_OF_RANGE', message: 'This takes a whole number from 1 to 100 %.' },
        },
      ],
    });
  });

  it('a device reads what holds on it, and not the policies; a User reads nothing; an administrator the origins', async () => {
    const { app, companyId, admin, device, create } = await company();
    const { policy } = await create({ monitoring: { cpuPercent: 80 } });
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [device.device.id] });
    const assigned = await dataOf(
      admin.ctx,
      `mutation ($input: AssignPolicyInput!) { assignPolicy(input: $input) {
        ... on AssignPolicyPayload { targets { targetId outcome } }
      } }`,
      { input: { policyId: policy.id, targetIds: [group.id] } },
    );
    const onGroup = `query ($id: ID!) { node(id: $id) { ... on DeviceGroup { policies { name } } } }`;
    expect((await dataOf(admin.ctx, onGroup, { id: group.id })).node.policies).toEqual([{ name: 'Tills' }]);
    expect(assigned.assignPolicy.targets).toEqual([{ targetId: group.id, outcome: 'ASSIGNED' }]);
    const query = `query ($id: ID!) { node(id: $id) { ... on Device { effectivePolicies(service: MONITORING) {
      service fingerprint applied appliedAt settings { ... on MonitoringSettings { cpuPercent cpuMinutes } }
      origins { setting value origin { layer policyId policy { name } version group { name } } conflicts { value } }
    } } } }`;
    const read = async (ctx: typeof admin.ctx) =>
      (await dataOf(ctx, query, { id: device.device.id })).node.effectivePolicies;
    const [own] = await read(device.ctx);
    expect(own).toMatchObject({ applied: false, appliedAt: null, settings: { cpuPercent: 80, cpuMinutes: 5 } });
    const [seen] = await read(admin.ctx);
    expect(seen.fingerprint).toBe(own.fingerprint);
    const cpu = (effective: { origins: { setting: string }[] }) =>
      effective.origins.find(({ setting }) => setting === 'cpuPercent');
    const origin = { layer: 'GROUP', policyId: policy.id, version: 1, group: { name: 'Tills' } };
    expect(cpu(seen)).toEqual({
      setting: 'cpuPercent',
      value: '80',
      origin: { ...origin, policy: { name: 'Tills' } },
      conflicts: [],
    });
    expect(cpu(own)).toMatchObject({ origin: { ...origin, policy: null } });
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    expect(await read(user.ctx)).toEqual([]);
  });

  it('a device hears that its policy changed, of which service, and not what the policy says', async () => {
    const { admin, device, create } = await company();
    const { policy } = await create({ monitoring: { cpuPercent: 80 } });
    const events = (await subscribe({
      schema: buildSchema(),
      document: parse(
        'subscription { deviceEvents { __typename ... on PolicyEvent { change service version policy { id } } } }',
      ),
      contextValue: { ...device.ctx, loaders: createLoaders(device.ctx), setCookie: null, startedAt: 0 },
    })) as AsyncGenerator<ExecutionResult>;
    closeAfterTest(async () => {
      await events.return(undefined);
    });
    await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [device.device.id] });
    const heard = await events.next();
    expect(heard.value?.data?.['deviceEvents']).toEqual({
      __typename: 'PolicyEvent',
      change: 'ASSIGNED',
      service: 'MONITORING',
      version: 1,
      policy: null,
    });
  });

  it('a company’s policies with versions, differences, assignments and who would change', async () => {
    const { companyId, admin, device, create } = await company();
    const { policy } = await create({ monitoring: { cpuPercent: 80 } });
    await dataOf(
      admin.ctx,
      `mutation ($assign: AssignPolicyInput!, $update: UpdatePolicyInput!) {
        assignPolicy(input: $assign) { __typename } updatePolicy(input: $update) { __typename } }`,
      {
        assign: { policyId: policy.id, targetIds: [device.device.id] },
        update: { id: policy.id, expectedVersion: 1, settings: { monitoring: { cpuPercent: 70 } } },
      },
    );
    const onDevice = `query ($id: ID!) { node(id: $id) { ... on Device { policies { id } } } }`;
    const own = async (ctx: typeof admin.ctx) => (await dataOf(ctx, onDevice, { id: device.device.id })).node.policies;
    expect(await own(admin.ctx)).toEqual([{ id: policy.id }]);
    expect(await own(device.ctx)).toEqual([]);
    const query = `query ($id: ID!, $draft: PolicySettingsInput!) { node(id: $id) { ... on Company {
      policies(service: MONITORING) { totalCount nodes {
        version changedBy { accountId }
        versions { nodes { version createdBy { accountId } settings { ... on MonitoringSettings { cpuPercent } } } }
        differences(from: 1, to: 2) { setting before after }
        assignments { nodes { target { __typename ... on Device { id } } } }
        affectedDevices(settings: $draft) {
          ... on AffectedDeviceConnection { totalCount nodes { settings device { id } } }
          ... on SettingsRefused { problems { path } }
          ... on UserError { code }
        }
      } }
    } } }`;
    const read = async (draft: object) => (await dataOf(admin.ctx, query, { id: companyId, draft })).node.policies;
    const by = { accountId: admin.account.id };
    expect(await read({ monitoring: { cpuPercent: 60 } })).toEqual({
      totalCount: 1,
      nodes: [
        {
          version: 2,
          changedBy: by,
          versions: {
            nodes: [
              { version: 2, createdBy: by, settings: { cpuPercent: 70 } },
              { version: 1, createdBy: by, settings: { cpuPercent: 80 } },
            ],
          },
          differences: [{ setting: 'cpuPercent', before: '80', after: '70' }],
          assignments: { nodes: [{ target: { __typename: 'Device', id: device.device.id } }] },
          affectedDevices: { totalCount: 1, nodes: [{ settings: ['cpuPercent'], device: { id: device.device.id } }] },
        },
      ],
    });
    expect((await read({ monitoring: { cpuPercent: 0 } })).nodes[0].affectedDevices).toEqual({
      code: 'SETTINGS_INVALID',
      problems: [{ path: 'cpuPercent' }],
    });
    expect((await read({ backup: {} })).nodes[0].affectedDevices).toEqual({ code: 'CONTRADICTION' });
  });

  it.each(SERVICES)(
    'API-08 %s: everything that a form needs is in the API, in the language asked for',
    async (service) => {
      const app = await testApp();
      const query = `query ($service: Service!) { policySettings(service: $service) { service settings {
      name kind label description bounds unit unitLabel min max format longest default options { value label description }
      fields { name kind label description bounds unit unitLabel min max format default options { value label } }
    } } }`;
      for (const language of ['en', 'fr'] as const) {
        const visitor = app.as({ kind: 'anonymous' }, { language });
        const { settings } = (await dataOf(visitor, query, { service })).policySettings;
        expect(
          settings.map(({ name, label, description }: Record<string, string>) => [name, label, description]),
        ).toEqual(
          Object.entries<Setting>(settingsSchemaOf(service)).map(([name, { label, description }]) => [
            name,
            label[language],
            description[language],
          ]),
        );
      }
    },
  );

  it('API-08 units and options of settings have names in the language asked for', async () => {
    const app = await testApp();
    const query = `query { policySettings(service: PATCH_MANAGEMENT) { settings {
      name unit unitLabel unitLabelOfOne bounds options { value label } fields { name unitLabel options { value label } }
    } } }`;
    const { settings } = (await dataOf(app.as({ kind: 'anonymous' }, { language: 'fr' }), query)).policySettings;
    const named = (name: string) => settings.find((setting: { name: string }) => setting.name === name);
    const bounds = 'de 1 à 168 heures ; par défaut : 12';
    expect(named('scanHours')).toMatchObject({ unit: 'h', unitLabel: 'heures', unitLabelOfOne: 'heure', bounds });
    expect(named('reboot')).toMatchObject({ unitLabel: null, options: [{ value: 'NEVER', label: 'Jamais' }, {}, {}] });
    expect(named('windows').fields[0].options[0]).toEqual({ value: 'MONDAY', label: 'lundi' });
  });
});
