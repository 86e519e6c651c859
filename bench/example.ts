import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { accounts } from '../server/db/tables/accounts.ts';
import { members } from '../server/db/tables/companies.ts';
import { createApiToken } from '../server/domain/api-tokens.ts';
import { createCompany } from '../server/domain/companies.ts';
import { type Context, type Services, systemContext } from '../server/domain/context.ts';
import { addDevicesToGroup, createDeviceGroup } from '../server/domain/device-groups.ts';
import { registerDevice } from '../server/domain/devices.ts';
import { enrolDevice } from '../server/domain/enrolment.ts';
import { createEnrolmentCode } from '../server/domain/enrolment-codes.ts';
import { EULA_VERSION } from '../server/domain/eula.ts';
import { hashPassword } from '../server/domain/passwords.ts';
import type { AccountPrincipal, Principal } from '../server/domain/principal.ts';
import { sessionCookieName, signIn } from '../server/domain/sign-in.ts';
import { newId } from '../server/lib/ids.ts';
import { addServices } from './example-services.ts';
import { progress } from './report.ts';

/** An example company, on a disk of its own where it is SQLite's, for the server under measurement to open. */
export interface Example {
  readonly folder: string;
  readonly companyId: string;
  /** How an administrator of the company signs in: by an API token, or as browsers do. */
  readonly token: string;
  readonly cookie: string;
  readonly devices: readonly { id: string; address: string; credential: string }[];
  remove(): void;
}

const COLLEAGUES = 5;
const GROUPS = 10;
/** As many as one call puts into a group. */
const BATCH = 100;
export const PASSWORD = 'correct horse battery staple';

/** Settings of every server that is measured: the defaults, but limits that one benchmarking client would meet. */
export function benchSettings(folder: string): Record<string, string> {
  return {
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    REQUESTS_PER_MINUTE: '1000000',
    ANONYMOUS_REQUESTS_PER_MINUTE: '1000000',
    REGISTRATIONS_PER_MINUTE: '1000000',
    SOCKETS_PER_PRINCIPAL: '100',
  };
}

/**
 * Fills a fresh database through the domain's own operations: so many devices, each in two groups, assigned, with two
 * services. It is SQLite's, in a folder of its own, unless DATABASE_URL names another one.
 */
export async function buildExample(deviceCount: number): Promise<Example> {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const config = readConfig({
      ...benchSettings(folder),
      SQLITE_SYNCHRONOUS: 'OFF',
      DATABASE_URL: process.env['DATABASE_URL'] ?? '',
    });
    const log = { error: complain, warn() {}, info() {} };
    const app = await createApp({ config, log });
    try {
      return { folder, remove, ...(await fill(app.services, deviceCount)) };
    } finally {
      await app.close();
    }
  } catch (error) {
    remove();
    throw error;
  }
}

function complain(details: object, message: string): void {
  console.error(message, details);
}

async function fill(services: Services, deviceCount: number): Promise<Omit<Example, 'folder' | 'remove'>> {
  const as = (principal: Principal): Context => ({ ...systemContext(services), principal });
  const admin = await addAccount(services, 'Ada Administrator');
  const adminCtx = as(admin.principal);
  const { company } = await createCompany(adminCtx, { name: 'Example Ltd', namespace: 'example' });
  const codes = await Promise.all(
    Array.from({ length: COLLEAGUES }, async (_, i) => {
      const { principal } = await addColleague(services, company.id, `Colleague ${i + 1}`);
      const input = { label: 'Bench', maxUses: 1000, assignToId: principal.accountId };
      return (await createEnrolmentCode(adminCtx, input)).code;
    }),
  );
  const devices: Example['devices'][number][] = [];
  for (let i = 0; i < deviceCount; i++) {
    const { device, credential } = await registerDevice(as({ kind: 'anonymous' }), {
      name: `Workstation ${String(i + 1).padStart(5, '0')}`,
      platform: 'WINDOWS',
      clientKind: 'FULL_CLIENT',
      clientVersion: '7.1.4',
    });
    await enrolDevice(as({ kind: 'device', deviceId: device.id }), { code: codes[i % COLLEAGUES] ?? '' });
    devices.push({ id: device.id, address: device.address, credential });
    if (i % 50 === 0) progress(`building an example company: device ${i} of ${deviceCount}`);
  }
  const groups = await Promise.all(
    Array.from({ length: GROUPS }, (_, i) => createDeviceGroup(adminCtx, { name: `Department ${i + 1}` })),
  );
  for (const [i, { id }] of groups.entries()) {
    const ids = devices.filter((_, n) => n % GROUPS === i || (n + 3) % GROUPS === i).map((device) => device.id);
    for (let from = 0; from < ids.length; from += BATCH) {
      await addDevicesToGroup(adminCtx, { id, deviceIds: ids.slice(from, from + BATCH) });
    }
  }
  await addServices(services, as, { ctx: adminCtx, email: admin.email }, devices);
  const { secret } = await createApiToken(adminCtx, { name: 'Bench', scopes: ['READ'] });
  const session = await signIn(as({ kind: 'anonymous' }), { email: admin.email, password: PASSWORD });
  return {
    companyId: company.id,
    token: secret,
    cookie: `${sessionCookieName(services.config)}=${session.secret}`,
    devices,
  };
}

/** An account that is a member of the company. */
export async function addColleague(services: Services, companyId: string, name: string) {
  const account = await addAccount(services, name);
  const row = { id: newId('Member'), companyId, accountId: account.principal.accountId };
  await services.db.write(async ({ q }) => {
    await q.insert(members).values({ ...row, joinedAt: services.clock.now() });
  });
  return account;
}

/** Of the one password; each hash takes a while by design. */
let passwordHash: Promise<string> | null = null;

/** A verified account, as `signUp` and `verifyEmail` leave it. */
async function addAccount(services: Services, name: string): Promise<{ principal: AccountPrincipal; email: string }> {
  const now = services.clock.now();
  const email = `${name.toLowerCase().replace(/ /g, '.')}@example.test`;
  const id = newId('Account');
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  await services.db.write(async ({ q }) => {
    await q.insert(accounts).values({
      id,
      email,
      emailKey: email,
      name,
      passwordHash: hash,
      language: 'en',
      eulaVersion: EULA_VERSION,
      eulaAcceptedAt: now,
      verifiedAt: now,
      createdAt: now,
    });
  });
  const via = { kind: 'session', id: newId('AuthSession'), hash: '' } as const;
  return { email, principal: { kind: 'account', accountId: id, verified: true, lacksSecondFactor: false, via } };
}
