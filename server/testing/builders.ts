import { eq } from 'drizzle-orm';
import { type Account, accounts } from '../db/tables/accounts.ts';
import { companies, members } from '../db/tables/companies.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import type { BuiltInRole } from '../db/tables/roles.ts';
import type { Context } from '../domain/context.ts';
import { findDevice, type RegisterDeviceInput, registerDevice } from '../domain/devices.ts';
import { EULA_VERSION } from '../domain/eula.ts';
import { hashPassword } from '../domain/passwords.ts';
import type { AccountPrincipal, DevicePrincipal } from '../domain/principal.ts';
import { builtInRoleId, createBuiltInRoles, giveRoles } from '../domain/roles.ts';
import { searchKeyOf } from '../domain/search.ts';
import { newId } from '../lib/ids.ts';
import type { RunningApp } from './app.ts';

export interface TestAccount {
  readonly account: Account;
  readonly principal: AccountPrincipal;
  readonly ctx: Context;
}

export interface TestDevice {
  readonly device: Device;
  readonly credential: string;
  readonly principal: DevicePrincipal;
  readonly ctx: Context;
}

/** The password of every account that is built here. */
export const PASSWORD = 'correct horse battery staple';

let passwordHash: Promise<string> | null = null;
let count = 0;

/**
 * A verified account, signed in. Its row is written as `signUp` and `verifyEmail` leave it, without the captcha and
 * the hash that would cost each test a quarter of a second; those two have tests of their own.
 */
export async function buildAccount(app: RunningApp, values: Partial<Account> = {}): Promise<TestAccount> {
  passwordHash ??= hashPassword(PASSWORD);
  count += 1;
  const now = app.clock.now();
  const email = values.email ?? `person${count}@example.test`;
  const account: Account = {
    id: newId('Account'),
    email,
    emailKey: email.toLowerCase(),
    name: `Person ${count}`,
    passwordHash: await passwordHash,
    language: 'en',
    eulaVersion: EULA_VERSION,
    eulaAcceptedAt: now,
    verifiedAt: now,
    createdAt: now,
    ...values,
  };
  await app.services.db.write(async ({ q }) => {
    await q.insert(accounts).values(account);
  });
  // As by a sign-in that nothing ends: what ends sign-ins is tested with real ones.
  const principal: AccountPrincipal = {
    kind: 'account',
    accountId: account.id,
    verified: account.verifiedAt !== null,
    lacksSecondFactor: false,
    via: { kind: 'session', id: newId('AuthSession'), hash: '' },
  };
  return { account, principal, ctx: { ...app.as(principal), reauthenticate: async () => {} } };
}

/** A company with its first administrator, as `createCompany` leaves it. */
export async function buildCompany(
  app: RunningApp,
): Promise<{ companyId: string; namespace: string; admin: TestAccount }> {
  const admin = await buildAccount(app);
  const companyId = newId('Company');
  const namespace = `co${count}`;
  const now = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    await q.insert(companies).values({ id: companyId, name: `Company ${count}`, namespace, createdAt: now });
    await createBuiltInRoles({ q, now }, companyId);
  });
  await addMember(app, companyId, admin, 'COMPANY_ADMINISTRATOR');
  return { companyId, namespace, admin };
}

/** Makes an account a member with a role (a built-in one, or one's id), as accepting a member invitation does. */
export async function addMember(
  app: RunningApp,
  companyId: string,
  who: TestAccount,
  role: BuiltInRole | `rol_${string}`,
): Promise<string> {
  const id = newId('Member');
  await app.services.db.write(async ({ q }) => {
    await q.insert(members).values({ id, companyId, accountId: who.account.id, joinedAt: app.clock.now() });
    const roleId = role === 'USER' || role === 'COMPANY_ADMINISTRATOR' ? await builtInRoleId(q, companyId, role) : role;
    await giveRoles(q, id, [roleId]);
  });
  return id;
}

/** A device that registered itself: Windows, version 7, full client, unless said otherwise. */
export async function buildDevice(app: RunningApp, input: Partial<RegisterDeviceInput> = {}): Promise<TestDevice> {
  count += 1;
  const { device, credential } = await registerDevice(app.as({ kind: 'anonymous' }), {
    name: `Device ${count}`,
    platform: 'WINDOWS',
    clientKind: 'FULL_CLIENT',
    clientVersion: '7.1.4',
    ...input,
  });
  const principal = { kind: 'device', deviceId: device.id } as const;
  return { device, credential, principal, ctx: app.as(principal) };
}

/**
 * Sets columns of a device straight away (account, company, alias, locks), where the operation that sets them is not
 * what the test is about. Gives the device as it is then.
 */
export async function setDevice(app: RunningApp, on: TestDevice, values: Partial<Device>): Promise<TestDevice> {
  await app.services.db.write(async ({ q }) => {
    const alias = values.alias === undefined ? {} : { aliasKey: values.alias?.toLowerCase() ?? null };
    const searchKey = searchKeyOf({ ...on.device, ...values });
    await q
      .update(devices)
      .set({ ...values, ...alias, searchKey })
      .where(eq(devices.id, on.device.id));
  });
  const device = await findDevice(app.services.db.read, on.device.id);
  if (!device) throw new Error('the device was removed');
  return { ...on, device };
}
