import { expect, it } from 'vitest';
import { solveCaptcha } from '../client/api/captcha.ts';
import { rotateOperatorToken } from './domain/operator.ts';
import { type TestApp, testApp } from './testing/app.ts';
import { type Caller, type HttpApi, httpApi } from './testing/http.ts';
import { mailsTo, STRONG_PASSWORD } from './testing/people.ts';
import { socketOf } from './testing/sockets.ts';

const REFUSED = '... on UserError { __typename code message path }';

/** Runs a mutation, and gives its payload; fails where it was refused. */
async function done(api: HttpApi, name: string, fields: string, input: object, caller?: Caller) {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  const document = `mutation ($input: ${Name}Input!) { ${name}(input: $input) { ... on ${Name}Payload { ${fields} } ${REFUSED} } }`;
  const { data, errors } = await api.post(document, { input }, caller);
  expect(errors, `${name}: ${JSON.stringify(errors)}`).toEqual([]);
  expect(data[name].code, `${name}: ${data[name].message}`).toBeUndefined();
  return data[name];
}

async function tokenInMail(app: TestApp, email: string, subject: RegExp): Promise<string> {
  const mail = (await mailsTo(app, email)).find((sent) => subject.test(sent.subject));
  return /token=([\w-]+)/.exec(mail?.body ?? '')?.[1] ?? '';
}

/** Signs in, and gives what the browser would send from then on. */
async function signIn(api: HttpApi, email: string): Promise<Caller> {
  const { headers } = await api.post('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', {
    input: { email, password: STRONG_PASSWORD },
  });
  return { session: /beckon=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '' };
}

async function signUp(api: HttpApi, email: string, name: string, activationToken?: string): Promise<void> {
  const { data } = await api.post('{ captcha { challenge } eula { version } }');
  await done(api, 'signUp', 'email', {
    email,
    name,
    password: STRONG_PASSWORD,
    acceptEula: true,
    eulaVersion: data.eula.version,
    captcha: await solveCaptcha(data.captcha.challenge),
    language: 'fr',
    ...(activationToken ? { activationToken } : {}),
  });
}

async function device(api: HttpApi, name: string, clientKind: string) {
  const fields = 'credential device { id address }';
  const input = { name, platform: 'WINDOWS', clientKind, clientVersion: '7.1' };
  const { credential, device: made } = await done(api, 'registerDevice', fields, input);
  return { ...made, caller: { bearer: credential } } as { id: string; address: string; caller: { bearer: string } };
}

it('the article, step by step: licence, account, activation, devices, policy, services, roles, alerts, backup', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const operator = { bearer: await rotateOperatorToken(app.services) };

  // LIC-01 LIC-02: two products are bought; each licence has its own mail.
  const buyer = 'achats@example.test';
  const licences = ['MONITORING', 'BACKUP'].map((product) => ({ product, edition: 'CORPORATE', seats: 3, months: 12 }));
  await done(api, 'issueLicences', 'licences { id }', { purchaseEmail: buyer, language: 'fr', licences }, operator);
  const activationMails = await mailsTo(app, buyer);
  expect(activationMails).toHaveLength(2);
  const [monitoringToken, backupToken] = await Promise.all([
    tokenInMail(app, buyer, /monitoring|surveillance/i),
    tokenInMail(app, buyer, /backup|sauvegarde/i),
  ]);
  expect(monitoringToken).not.toBe(backupToken);

  // LIC-05 … LIC-09, way B: account with captcha; one link verifies it and carries the activation on.
  const admin = 'it@example.test';
  await signUp(api, admin, 'Service informatique', monitoringToken);
  const verification = await tokenInMail(app, admin, /confirm/i);
  const verified = await done(api, 'verifyEmail', 'email alreadyVerified licenceOffer { licenceId product }', {
    token: verification,
  });
  expect(verified).toMatchObject({
    alreadyVerified: false,
    licenceOffer: { product: 'MONITORING' },
  });
  const ana = await signIn(api, admin);

  // LIC-10: the confirming step; the pop-up is an event on the account's stream.
  const popUp = await api.events(
    'subscription { accountEvents { __typename ... on LicenceEvent { change } } }',
    {},
    ana,
  );
  const activation = await done(
    api,
    'activateLicence',
    'alreadyActive licence { id }',
    { licenceId: verified.licenceOffer.licenceId, newCompany: { name: 'Exemple SARL', namespace: 'exemple' } },
    ana,
  );
  expect(activation.alreadyActive).toBe(false);
  let event = await popUp.next();
  while (event.data.accountEvents.__typename !== 'LicenceEvent') event = await popUp.next();
  expect(event.data.accountEvents.change).toBe('ACTIVATED');
  popUp.cut();
  // LIC-02: the other licence is activated by itself, way A.
  await done(api, 'activateLicence', 'licence { id }', { token: backupToken }, ana);

  // PRE-03: devices enrol themselves with a code.
  const accountOf = async (caller: Caller) =>
    (await api.post('{ viewer { account { id member { id } company { id } } } }', {}, caller)).data.viewer.account;
  const { id: anaId, company } = await accountOf(ana);
  const { secret: code } = await done(
    api,
    'createEnrolmentCode',
    'secret',
    { label: 'Bureau', maxUses: 10, assignToId: anaId },
    ana,
  );
  const [server, laptop, helper] = [
    await device(api, 'Serveur', 'HOST'),
    await device(api, 'Portable', 'FULL_CLIENT'),
    await device(api, 'Visiteur', 'QUICK_SUPPORT'),
  ];
  for (const one of [server, laptop, helper]) await done(api, 'enrolDevice', 'device { id }', { code }, one.caller);

  // SVC-01 … SVC-05: a policy, then activation on three devices, of which one fails, by name.
  const { policy } = await done(
    api,
    'createPolicy',
    'policy { id version }',
    { name: 'Serveurs', settings: { monitoring: { cpuPercent: 90, cpuMinutes: 5 } } },
    ana,
  );
  const overview = await api.events(
    'subscription { companyEvents { __typename ... on ServiceEvent { change activation { state device { name } } } } }',
    {},
    ana,
  );
  const activate = (dryRun: boolean, caller: Caller) =>
    done(
      api,
      'activateService',
      'outcomes { deviceId ok unmet { condition } activation { generation state } }',
      { service: 'MONITORING', policyId: policy.id, dryRun, deviceIds: [server.id, laptop.id, helper.id] },
      caller,
    );
  const preview = await activate(true, ana);
  const { outcomes } = await activate(false, ana);
  expect(preview.outcomes.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, false]);
  expect(outcomes.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, false]);
  expect(outcomes[2].unmet.map(({ condition }: { condition: string }) => condition)).toEqual(['CLIENT_KIND']);

  // SVC-06 SVC-08: the device installs and reports; the overview hears.
  const { generation } = outcomes[0].activation;
  for (const state of ['INSTALLING', 'ACTIVE']) {
    await done(
      api,
      'reportServiceState',
      'activation { state }',
      { service: 'MONITORING', generation, state },
      server.caller,
    );
  }
  const states: string[] = [];
  while (!states.includes('Serveur ACTIVE')) {
    const { companyEvents } = (await overview.next()).data;
    if (companyEvents.__typename === 'ServiceEvent') {
      states.push(
        `${companyEvents.activation.device.name} ${companyEvents.change === 'ACTIVE' ? 'ACTIVE' : companyEvents.activation.state}`,
      );
    }
  }
  overview.cut();

  // PER-10 PER-11: a member with the role User is refused; with a new role the same member succeeds on the open socket.
  const colleague = 'ben@example.test';
  await done(api, 'inviteMember', 'memberInvitation { id }', { email: colleague, role: 'USER' }, ana);
  const invitation = await tokenInMail(app, colleague, /./);
  await signUp(api, colleague, 'Ben');
  await done(api, 'verifyEmail', 'email', { token: await tokenInMail(app, colleague, /confirm/i) });
  const ben = await signIn(api, colleague);
  await done(api, 'acceptMemberInvitation', 'member { id }', { token: invitation }, ben);
  const { member } = await accountOf(ben);
  const { data: own } = await api.post(
    `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { ... on CreateApiTokenPayload { secret } } }`,
    { input: { name: 'socket', scopes: ['READ', 'DEVICES', 'COMPANY'] } },
    ben,
  );
  const socket = await socketOf(api.port, own.createApiToken.secret);
  const onSocket = async (id: string) => {
    socket.subscribe(
      id,
      'mutation ($input: ActivateServiceInput!) { activateService(input: $input) { ... on ActivateServicePayload { outcomes { ok unmet { condition } } } } }',
      { input: { service: 'MONITORING', policyId: policy.id, dryRun: true, deviceIds: [laptop.id] } },
    );
    const message = await socket.nextOf(id);
    await socket.nextOf(id);
    return JSON.stringify(message.payload);
  };
  expect(await onSocket('before')).toMatch(/NO_PERMISSION|FORBIDDEN/);
  const { role } = await done(
    api,
    'createRole',
    'role { id }',
    {
      name: 'Surveillance',
      grants: [
        { service: 'MONITORING', permission: 'ASSIGN_POLICIES' },
        { service: 'MONITORING', permission: 'HANDLE_OWN_ALERTS' },
      ],
    },
    ana,
  );
  await done(api, 'assignRole', 'member { id }', { memberId: member.id, roleId: role.id }, ana);
  expect(await onSocket('after')).not.toMatch(/NO_PERMISSION|FORBIDDEN/);

  // SVC-10 PER-06: an alert of a device of one's own is acknowledged by a member who handles own ones only.
  const { id: benId } = await accountOf(ben);
  const assigned = await api.post(
    'mutation ($input: AssignDeviceInput!) { assignDevice(input: $input) { device { id } } }',
    { input: { deviceId: server.id, accountId: benId } },
    ana,
  );
  expect(assigned.data.assignDevice.device.id).toBe(server.id);
  const { alert } = await done(
    api,
    'raiseAlert',
    'alert { id }',
    {
      service: 'MONITORING',
      subject: 'CPU_LOAD',
      severity: 'CRITICAL',
      kind: 'ALERT',
      message: 'CPU at 97 % for 5 min',
    },
    server.caller,
  );
  const { alerts } = await done(api, 'acknowledgeAlerts', 'alerts { id state }', { ids: [alert.id] }, ben);
  expect(alerts).toEqual([{ id: alert.id, state: 'ACKNOWLEDGED' }]);

  // PER-07 PER-08: Backup is refused to the administrator on a device of Ben's, and done by Ben, its assigned account.
  const backup = await done(api, 'createPolicy', 'policy { id }', { name: 'Documents', settings: { backup: {} } }, ana);
  const putBackup = (caller: Caller) =>
    done(
      api,
      'activateService',
      'outcomes { ok unmet { condition } activation { generation } }',
      { service: 'BACKUP', policyId: backup.policy.id, deviceIds: [server.id] },
      caller,
    );
  const refused = await putBackup(ana);
  expect(refused.outcomes).toMatchObject([{ ok: false }]);
  const accepted = await putBackup(ben);
  expect(accepted.outcomes, JSON.stringify(accepted)).toMatchObject([{ ok: true }]);

  // API-04: all of it stands in the company's log, whose chain is whole.
  const { data: log } = await api.post(
    'query ($id: ID!) { verifyAuditLog(companyId: $id) { intact checked } }',
    { id: company.id },
    ana,
  );
  expect(log.verifyAuditLog).toMatchObject({ intact: true });
}, 60_000);
