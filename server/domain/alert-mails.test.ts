import { expect, it } from 'vitest';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { mailsTo } from '../testing/people.ts';
import { setUpApp } from '../testing/second-factor.ts';
import { acknowledgeAlerts, type RaiseAlertInput, raiseAlert } from './alert-changes.ts';
import { ALERT_MAILS_APART_MS, getAlertMails, setAlertMails } from './alert-mails.ts';
import { updateCompany } from './companies.ts';
import { announceExpired } from './expiry.ts';

const CPU: RaiseAlertInput = {
  ...{ service: 'MONITORING', subject: 'CPU_LOAD', severity: 'WARNING', kind: 'ALERT', message: 'Busy for 5 minutes.' },
};

async function scene() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const device = await setDevice(app, await buildDevice(app, { name: 'Till' }), { companyId });
  const at = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    const id = newId('ServiceActivation');
    await q.insert(serviceActivations).values({
      ...{ id, deviceId: device.device.id, companyId, service: 'MONITORING', state: 'ACTIVE' },
      ...{ requestedAt: at, changedAt: at },
    });
  });
  return { app, companyId, admin, device };
}

/** What is due is written now, whether or not the watch has come to it. */
const due = async (app: TestApp, recipient: string) => {
  await announceExpired(app.as({ kind: 'system' }));
  return mailsTo(app, recipient);
};

it('SVC-10 whoever wishes is told by mail: the first at once, what follows together, what was dealt with not at all', async () => {
  const { app, admin, device } = await scene();
  const { email } = admin.account;
  await raiseAlert(device.ctx, { ...CPU, subject: 'BEFORE' });
  app.clock.advance(1000);
  expect(await setAlertMails(admin.ctx, { wish: 'ALL' })).toBe('ALL');
  expect(await getAlertMails(admin.ctx, admin.account.id)).toBe('ALL');
  app.clock.advance(ALERT_MAILS_APART_MS);

  await raiseAlert(device.ctx, CPU);
  const [first, ...none] = await due(app, email);
  expect(none).toEqual([]);
  expect(first?.subject).toBe('Alert: Warning · Till · Monitoring: High processor load');
  expect(first?.body).toContain('acknowledge them: http://beckon.test/alerts');
  expect(first?.body).toContain('Warning · Till · Monitoring: High processor load\n  Busy for 5 minutes.\n');

  app.clock.advance(1000);
  await raiseAlert(device.ctx, { ...CPU, subject: 'A' });
  await raiseAlert(device.ctx, { ...CPU, subject: 'B', message: 'Disk full.' });
  const { id } = await raiseAlert(device.ctx, { ...CPU, subject: 'C', message: 'Known.' });
  await acknowledgeAlerts(admin.ctx, { ids: [id] });
  expect(await due(app, email)).toHaveLength(1);
  app.clock.advance(ALERT_MAILS_APART_MS);
  const [second, ...earlier] = await due(app, email);
  expect(earlier).toHaveLength(1);
  expect(second?.subject).toBe('2 alerts on your devices');
  expect(second?.body).toContain('Warning · Till · Monitoring: Disk full.');
  expect(second?.body).not.toContain('Known.');

  app.clock.advance(ALERT_MAILS_APART_MS);
  expect(await due(app, email)).toHaveLength(2);
  await setAlertMails(admin.ctx, { wish: 'NONE' });
  await raiseAlert(device.ctx, { ...CPU, subject: 'D' });
  expect(await due(app, email)).toHaveLength(2);
});

it('PER-04 … PER-06 nobody is told by mail of what their permissions do not show, nor of others’ devices against their wish', async () => {
  const { app, companyId, admin, device } = await scene();
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const french = await buildAccount(app, { language: 'fr' });
  await addMember(app, companyId, french, 'COMPANY_ADMINISTRATOR');
  await setAlertMails(user.ctx, { wish: 'ALL' });
  await setAlertMails(admin.ctx, { wish: 'OWN' });
  await setAlertMails(french.ctx, { wish: 'OWN' });
  await setDevice(app, device, { accountId: french.account.id });
  app.clock.advance(ALERT_MAILS_APART_MS);
  await raiseAlert(device.ctx, { ...CPU, severity: 'CRITICAL' });
  const [mail] = await due(app, french.account.email);
  expect(mail?.subject).toBe('Alerte : Critique · Till · Surveillance : Charge élevée du processeur');
  expect(await mailsTo(app, user.account.email)).toEqual([]);
  expect(await mailsTo(app, admin.account.email)).toEqual([]);
});

it('ASVS 6.3.3 whom the company keeps out for want of a second factor is told of no alert by mail, neither noted before nor since', async () => {
  const { app, companyId, admin, device } = await scene();
  const { ctx } = await setUpApp(app, admin);
  const colleague = await buildAccount(app);
  await addMember(app, companyId, colleague, 'COMPANY_ADMINISTRATOR');
  for (const who of [ctx, colleague.ctx]) await setAlertMails(who, { wish: 'ALL' });
  await raiseAlert(device.ctx, CPU);
  expect(await due(app, colleague.account.email)).toHaveLength(1);
  await raiseAlert(device.ctx, { ...CPU, subject: 'NOTED BEFORE' });
  await updateCompany(ctx, { requireSecondFactor: true });
  app.clock.advance(ALERT_MAILS_APART_MS);
  const [told] = await due(app, admin.account.email);
  expect(told?.body).toContain('High processor load');
  expect(await mailsTo(app, colleague.account.email)).toHaveLength(1);
  app.clock.advance(ALERT_MAILS_APART_MS);
  await raiseAlert(device.ctx, { ...CPU, subject: 'SINCE' });
  const before = await mailsTo(app, admin.account.email);
  expect(await due(app, colleague.account.email)).toHaveLength(1);
  expect(await due(app, admin.account.email)).toHaveLength(before.length + 1);

  await updateCompany(ctx, { requireSecondFactor: false });
  app.clock.advance(ALERT_MAILS_APART_MS);
  await raiseAlert(device.ctx, { ...CPU, subject: 'LET IN AGAIN' });
  expect(await due(app, colleague.account.email)).toHaveLength(2);
});
