import { licences } from '../db/tables/licences.ts';
import { policies, policyVersions } from '../db/tables/policies.ts';
import type { Grant, Service } from '../db/tables/roles.ts';
import { roles } from '../db/tables/roles.ts';
import type { ActivationState, ServiceActivation } from '../db/tables/service-activations.ts';
import { type ActivationOutcome, activateService } from '../domain/service-activation.ts';
import { listServiceAssignments, reportServiceState } from '../domain/service-states.ts';
import { newId } from '../lib/ids.ts';
import type { RunningApp } from './app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
  type TestDevice,
} from './builders.ts';

/** A licence as issuing and activating leave it: ten seats, a year. */
export async function giveLicence(
  app: RunningApp,
  company: { companyId: string; admin: TestAccount },
  product: Service,
  values: Partial<typeof licences.$inferInsert> = {},
): Promise<string> {
  const id = newId('Licence');
  const now = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    await q.insert(licences).values({
      id,
      product,
      edition: 'PREMIUM',
      seats: 10,
      purchaseEmail: company.admin.account.email,
      issuedAt: now,
      expiresAt: now + 365 * 24 * 60 * 60 * 1000,
      holderId: company.admin.account.id,
      companyId: company.companyId,
      activatedAt: now,
      ...values,
    });
  });
  return id;
}

/** A policy that sets nothing: all defaults. */
export async function givePolicy(
  app: RunningApp,
  companyId: string,
  service: Service,
  name = 'Standard',
): Promise<string> {
  const id = newId('Policy');
  const now = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    await q
      .insert(policies)
      .values({ id, companyId, service, name, nameKey: name.toLowerCase(), version: 1, createdAt: now });
    await q.insert(policyVersions).values({ policyId: id, version: 1, settings: {}, createdAt: now });
  });
  return id;
}

/** A member of the company with one role of its own, which grants just this. */
export async function buildMember(app: RunningApp, companyId: string, grants: Grant[]): Promise<TestAccount> {
  const who = await buildAccount(app);
  const roleId = newId('Role') as `rol_${string}`;
  await app.services.db.write(async ({ q }) => {
    await q.insert(roles).values({
      id: roleId,
      companyId,
      builtIn: null,
      name: roleId,
      nameKey: roleId.toLowerCase(),
      grants,
      createdAt: app.clock.now(),
    });
  });
  await addMember(app, companyId, who, roleId);
  return who;
}

/** A company with a licence and a policy for a service, and a way to add managed devices. */
export async function companyWith<App extends RunningApp>(app: App, service: Service, seats = 10) {
  const company = await buildCompany(app);
  const licenceId = await giveLicence(app, company, service, { seats });
  const policyId = await givePolicy(app, company.companyId, service);
  const managed = async (values: Parameters<typeof setDevice>[2] = {}): Promise<TestDevice> =>
    setDevice(app, await buildDevice(app), { companyId: company.companyId, enrolledAt: app.clock.now(), ...values });
  const activate = (who: TestAccount, ...on: TestDevice[]): Promise<ActivationOutcome[]> =>
    activateService(who.ctx, { service, policyId, deviceIds: on.map(({ device }) => device.id) });
  return { app, ...company, licenceId, policyId, managed, activate };
}

/** The device reports state after state, as an agent does. */
export async function report(
  device: TestDevice,
  service: Service,
  ...states: Extract<ActivationState, 'INSTALLING' | 'ACTIVE' | 'FAILED'>[]
): Promise<ServiceActivation> {
  const assigned = (await listServiceAssignments(device.ctx)).find((one) => one.service === service);
  if (!assigned) throw new Error(`${service} is not assigned`);
  let last: ServiceActivation = assigned;
  for (const state of states) {
    const failure = state === 'FAILED' ? 'No space left on the disk.' : null;
    last = await reportServiceState(device.ctx, { service, generation: assigned.generation, state, failure });
  }
  return last;
}
