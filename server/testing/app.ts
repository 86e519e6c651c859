import { type App, createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { reauthenticate } from '../domain/authenticate.ts';
import type { Context, Services } from '../domain/context.ts';
import type { Principal } from '../domain/principal.ts';
import type { Clock } from '../lib/clock.ts';
import { FakeClock } from './clock.ts';
import { freshDatabase } from './database.ts';
import { type TestLog, testLog } from './log.ts';
import { closeAfterTest } from './resources.ts';

type Env = Readonly<Record<string, string>>;

/** Settings for a server of a test: any port, no limits that many requests from one address would meet. */
export function testConfig(database: Env, env: Env = {}): Config {
  return readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    SQLITE_SYNCHRONOUS: 'OFF',
    INVITATION_PLATFORMS: 'WINDOWS',
    REQUESTS_PER_MINUTE: '1000000',
    ANONYMOUS_REQUESTS_PER_MINUTE: '1000000',
    REGISTRATIONS_PER_MINUTE: '1000000',
    SIGN_UPS_PER_MINUTE: '1000000',
    SIGN_UPS_PER_HOUR: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    CAPTCHA_GUESSES: '10',
    PUBLIC_URL: 'http://beckon.test',
    ...database,
    ...env,
  });
}

/** What builders need of a server: its clock may stand still or go. */
export interface RunningApp extends App {
  readonly clock: Clock;
  readonly log: TestLog;
  readonly config: Config;
  /** The context of a request by this principal, for calling operations of the domain. */
  as(principal: Principal, request?: Partial<Context['request']>): Context;
}

export interface TestApp extends RunningApp {
  readonly clock: FakeClock;
  /** Another node on the same database (PostgreSQL), with the same clock. */
  anotherNode(): Promise<TestApp>;
}

/** A whole server on a fresh database with a clock that stands still; closed after the test. Listens when told to. */
export async function testApp(env: Env = {}): Promise<TestApp> {
  return openNode(await freshDatabase(), env, new FakeClock());
}

export async function openNode(database: Env, env: Env, clock: FakeClock): Promise<TestApp> {
  const log = testLog();
  const config = testConfig(database, env);
  const app = await createApp({ config, log, clock });
  closeAfterTest(() => app.close());
  return {
    ...app,
    clock,
    log,
    config,
    as: (principal, request) => contextOf(app.services, principal, request),
    anotherNode: () => openNode(database, env, clock),
  };
}

let requests = 0;

export function contextOf(
  services: Services,
  principal: Principal,
  request: Partial<Context['request']> = {},
): Context {
  requests += 1;
  return {
    ...services,
    principal,
    request: { id: `rq_${requests}`, address: '192.0.2.1', userAgent: 'test', language: 'en', ...request },
    reauthenticate: async () => {
      await reauthenticate(services, principal);
    },
  };
}
