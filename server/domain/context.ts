import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Language } from '../db/tables/accounts.ts';
import type { Clock } from '../lib/clock.ts';
import type { Meters } from './meters.ts';
import type { Principal } from './principal.ts';
import type { WakeUps } from './wake-ups.ts';

/** What the whole process shares. There is one for each app, and no other state outside of the database. */
export interface Services {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  readonly log: Log;
  /** What this process counts, for its metrics. */
  readonly meters: Meters;
  /** This process among the nodes of the installation. */
  readonly nodeId: string;
  /** Whether this process was told to stop: streams that end then are no sign that a device has gone. */
  readonly isStopping: () => boolean;
  /** Streams of devices that ended while the database took no notice of it: closed when the lease is renewed (presence.ts). */
  readonly leftOpen: Set<string>;
  /** Of the program, as package.json says. */
  readonly version: string;
}

/** Structured log; `error` is for what nobody expected. Secrets are never given to it. */
export interface Log {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
}

/** What one request knows. */
export interface Request {
  /** Stands in the log, in the event log, and in the reference of a masked error. */
  readonly id: string;
  /** The client's address; null for the server's own doing. */
  readonly address: string | null;
  readonly userAgent: string;
  /** For messages to people: the account's setting, else from Accept-Language. */
  readonly language: Language;
}

/** The first argument of every operation of the domain. */
export interface Context extends Services {
  readonly principal: Principal;
  readonly request: Request;
  /**
   * Makes sure that what the caller signed in with still holds; asked before events are handed out.
   * @throws Denial UNAUTHENTICATED where it was revoked, has expired, or is gone; SECOND_FACTOR_REQUIRED.
   */
  readonly reauthenticate: () => void | Promise<void>;
}

/** The context of what the server does by itself: expiry, presence, clean-up. */
export function systemContext(services: Services): Context {
  return {
    ...services,
    principal: { kind: 'system' },
    request: { id: `system-${services.nodeId}`, address: null, userAgent: '', language: 'en' },
    reauthenticate: async () => {},
  };
}
