import { raiseAlert } from '../server/domain/alert-changes.ts';
import type { Context, Services } from '../server/domain/context.ts';
import { activateLicence } from '../server/domain/licence-activation.ts';
import { issueLicences } from '../server/domain/licence-issuing.ts';
import { recentMails } from '../server/domain/mail-outbox.ts';
import { createPolicy } from '../server/domain/policy-changes.ts';
import type { Principal } from '../server/domain/principal.ts';
import { ACTIVATION_MOST, activateService } from '../server/domain/service-activation.ts';
import { reportServiceState } from '../server/domain/service-states.ts';
import { progress } from './report.ts';

/** What the company has bought: each of its devices gets both, each with one of the service's policies. */
const BOUGHT = ['MONITORING', 'ASSET_MANAGEMENT'] as const;
const POLICIES_PER_SERVICE = 3;

/** Devices that raise an alert, every so many: a page full of alerts is there several times over. */
const ALERT_EVERY = 5;

type As = (principal: Principal) => Context;

/** Puts both services on every device, and has some of them raise alerts, through the domain's own operations. */
export async function addServices(
  { db }: Services,
  as: As,
  admin: { ctx: Context; email: string },
  devices: readonly { id: string }[],
): Promise<void> {
  await issueLicences(as({ kind: 'operator' }), {
    purchaseEmail: admin.email,
    licences: BOUGHT.map((product) => ({ product, edition: 'CORPORATE', seats: devices.length, months: 12 })),
  });
  for (const { body } of await recentMails(db.read, BOUGHT.length)) {
    const token = /\/activate\?token=([\w-]+)/.exec(body)?.[1];
    if (token) await activateLicence(admin.ctx, { token });
  }
  for (const service of BOUGHT) {
    for (let n = 0; n < POLICIES_PER_SERVICE; n++) {
      progress(`building an example company: services, ${service} ${n + 1} of ${POLICIES_PER_SERVICE}`);
      const name = `${service === 'MONITORING' ? 'Watch' : 'Count'} ${n + 1}`;
      const { id: policyId } = await createPolicy(admin.ctx, { name, settings: { service, values: {} } });
      const ids = devices.filter((_, i) => i % POLICIES_PER_SERVICE === n).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += ACTIVATION_MOST) {
        const deviceIds = ids.slice(from, from + ACTIVATION_MOST);
        await activateService(admin.ctx, { deviceIds, service, policyId });
      }
    }
  }
  for (const { id } of devices.filter((_, i) => i % ALERT_EVERY === 0)) {
    const device = as({ kind: 'device', deviceId: id });
    for (const state of ['INSTALLING', 'ACTIVE'] as const) {
      await reportServiceState(device, { service: 'MONITORING', generation: 1, state });
    }
    await raiseAlert(device, {
      service: 'MONITORING',
      subject: 'CPU_LOAD',
      severity: 'WARNING',
      kind: 'ALERT',
      message: 'The processor has been busy for five minutes.',
      measurements: [{ name: 'load', value: 97.5, unit: '%' }],
    });
  }
}
