import { resolve } from 'node:path';

/**
 * Every setting of the server: its name, what it means, its default, and how its text is read. The table in
 * docs/operations.md is compared with this one by a test. This file is the only reader of process.env.
 */

export type Platform = 'WINDOWS' | 'MACOS' | 'LINUX' | 'ANDROID' | 'IOS' | 'OTHER';
export const PLATFORMS: readonly Platform[] = ['WINDOWS', 'MACOS', 'LINUX', 'ANDROID', 'IOS', 'OTHER'];

export type Engine = 'sqlite' | 'postgres';

/** Thrown for settings that cannot be used; the message has one line for each of them. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

interface Setting<T> {
  readonly help: string;
  /** What holds when the setting is absent, in words for the documentation. */
  readonly defaultText: string;
  readonly fallback: (mode: Mode) => T;
  /** Reads the text, or throws an Error whose message completes «NAME must be …». */
  readonly read: (text: string) => T;
}

type Mode = 'production' | 'development' | 'test';
type Env = Readonly<Record<string, string | undefined>>;

function wholeNumber(fallback: number, lowest: number, highest: number, help: string): Setting<number> {
  return {
    help,
    defaultText: String(fallback),
    fallback: () => fallback,
    read(text) {
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < lowest || value > highest) {
        throw new Error(`a whole number from ${lowest} to ${highest}`);
      }
      return value;
    },
  };
}

/** Seconds; fractions are possible, for tests that would wait otherwise. */
function seconds(fallback: number, lowest: number, highest: number, help: string): Setting<number> {
  return {
    help,
    defaultText: String(fallback),
    fallback: () => fallback,
    read(text) {
      const value = Number(text);
      if (!/^\d+(\.\d+)?$/.test(text) || value < lowest || value > highest) {
        throw new Error(`a number of seconds from ${lowest} to ${highest}`);
      }
      return value;
    },
  };
}

function oneOf<T extends string>(values: readonly T[], fallback: T, help: string): Setting<T> {
  return {
    help,
    defaultText: fallback,
    fallback: () => fallback,
    read(text) {
      const found = values.find((value) => value === text);
      if (found === undefined) throw new Error(`one of ${values.join(', ')}`);
      return found;
    },
  };
}

function text<T extends string | null>(fallback: T, defaultText: string, help: string): Setting<string | T> {
  return { help, defaultText, fallback: () => fallback, read: (value) => value };
}

function url<T extends string | null>(
  protocols: readonly string[],
  fallback: T,
  defaultText: string,
  help: string,
): Setting<string | T> {
  return {
    help,
    defaultText,
    fallback: () => fallback,
    read(value) {
      const parsed = URL.canParse(value) ? new URL(value) : null;
      if (!parsed || !protocols.includes(parsed.protocol)) {
        throw new Error(`an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`);
      }
      return value;
    },
  };
}

const origins: Setting<readonly string[]> = {
  help: 'Other web origins whose pages may call the API (CORS) and open sockets, separated by commas. Never with cookies.',
  defaultText: 'none',
  fallback: () => [],
  read(value) {
    const list = value.split(',').map((origin) => origin.trim().replace(/\/$/, ''));
    if (!list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)) {
      throw new Error('a list of origins such as https://app.example.com');
    }
    return list;
  },
};

const platforms: Setting<readonly Platform[]> = {
  help: 'Platforms that invitations work on, separated by commas. Wider than the default by the operator’s choice (INV-01).',
  defaultText: 'WINDOWS',
  fallback: () => ['WINDOWS'],
  read(value) {
    const names = value.split(',').map((name) => name.trim().toUpperCase());
    const found = PLATFORMS.filter((platform) => names.includes(platform));
    if (found.length === 0 || found.length !== new Set(names).size) {
      throw new Error(`a list out of ${PLATFORMS.join(', ')}`);
    }
    return found;
  },
};

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** The longest that a sign-in may be set to last, unused and at all: what NIST 800-63B allows at AAL2 and AAL1. */
const LONGEST_IDLE_S = 12 * HOUR_S;
const LONGEST_ABSOLUTE_S = 30 * DAY_S;

export const SETTINGS = {
  NODE_ENV: oneOf<Mode>(
    ['production', 'development', 'test'],
    'production',
    'Strict in production; development mode shows the mail outbox at /dev/mails.',
  ),
  HOST: text('127.0.0.1', '127.0.0.1', 'Address to listen on.'),
  PORT: wholeNumber(4000, 0, 65_535, 'Port to listen on; 0 takes any free one.'),
  PUBLIC_URL: url(
    ['http:', 'https:'],
    null,
    'http://HOST:PORT',
    'The address that people and links use. Links are never built from a Host header.',
  ),
  DATA_DIR: {
    ...text('data', './data', 'Folder of the embedded database.'),
    read: (value: string) => value,
  } as Setting<string>,
  DATABASE_URL: url(
    ['postgres:', 'postgresql:', 'sqlite:'],
    null,
    'sqlite file in DATA_DIR',
    'postgres://… for PostgreSQL and several nodes.',
  ),
  SMTP_URL: url(
    ['smtp:', 'smtps:'],
    null,
    'none: mails stay in the outbox',
    'Mail server, with user and password where it asks for them.',
  ),
  MAIL_FROM: text('Beckon <beckon@localhost>', 'Beckon <beckon@localhost>', 'Sender of every mail.'),
  TRUST_PROXY: wholeNumber(
    0,
    0,
    10,
    'How many proxies in front are trusted to name the client’s address in X-Forwarded-For.',
  ),
  ALLOWED_ORIGINS: origins,
  METRICS_TOKEN: {
    ...text(
      null,
      'none: this machine alone',
      'What /metrics asks for as Authorization: Bearer; at least 16 characters.',
    ),
    read(value: string) {
      if (!/^[!-~]{16,}$/.test(value)) throw new Error('at least 16 characters, with no spaces');
      return value;
    },
  } as Setting<string | null>,
  LOG_LEVEL: oneOf(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const,
    'info',
    'Least severity that is logged.',
  ),
  INVITATION_PLATFORMS: platforms,
  SQLITE_SYNCHRONOUS: oneOf(
    ['FULL', 'NORMAL', 'OFF'] as const,
    'FULL',
    'FULL: an answered mutation survives a power loss (124 µs a commit, measured; NORMAL 13 µs).',
  ),
  EVENT_RETENTION_DAYS: wholeNumber(
    30,
    1,
    3650,
    'How long devices’, accounts’ and sessions’ streams can be replayed. A company’s stream is its audit log and is kept.',
  ),
  SESSION_IDLE_S: wholeNumber(
    LONGEST_IDLE_S,
    MINUTE_S,
    LONGEST_IDLE_S,
    'A sign-in ends after this many seconds without use; at most 12 h (NIST 800-63B, AAL2).',
  ),
  SESSION_ABSOLUTE_S: wholeNumber(
    LONGEST_ABSOLUTE_S,
    MINUTE_S,
    LONGEST_ABSOLUTE_S,
    'A sign-in ends after this many seconds whatever happens; at most 30 days (NIST 800-63B, AAL1).',
  ),
  REQUESTS_PER_MINUTE: wholeNumber(600, 1, 1_000_000, 'Operations a minute for a person, token or device.'),
  ANONYMOUS_REQUESTS_PER_MINUTE: wholeNumber(
    120,
    1,
    1_000_000,
    'Operations a minute for an address that is not signed in.',
  ),
  CAPTCHA_GUESSES: wholeNumber(
    250,
    2,
    100_000,
    'Most guesses that solving a captcha takes; at most a millisecond or so each.',
  ),
  SIGN_INS_PER_MINUTE: wholeNumber(
    20,
    1,
    1_000_000,
    'Sign-in attempts a minute for an address (NIST 800-63B, MakerKit).',
  ),
  SIGN_UPS_PER_MINUTE: wholeNumber(3, 1, 1_000_000, 'Sign-ups a minute for an address (MakerKit).'),
  SIGN_UPS_PER_HOUR: wholeNumber(20, 1, 1_000_000, 'Sign-ups an hour for an address.'),
  REGISTRATIONS_PER_MINUTE: wholeNumber(
    10,
    1,
    1_000_000,
    'Devices that register themselves a minute from one address.',
  ),
  INVITATION_MAILS_PER_HOUR: wholeNumber(
    20,
    1,
    1_000_000,
    'E-mail invitations an hour that the server sends for one account, or for the devices of one address where nobody is signed in.',
  ),
  QUERY_MAX_TOKENS: wholeNumber(1000, 10, 1_000_000, 'Tokens of a GraphQL document (graphql-armor).'),
  QUERY_MAX_ALIASES: wholeNumber(30, 1, 10_000, 'Aliases of a GraphQL document, __typename among them.'),
  QUERY_MAX_DIRECTIVES: wholeNumber(50, 1, 10_000, 'Directives of a GraphQL document (graphql-armor).'),
  QUERY_MAX_FIELDS: wholeNumber(100, 1, 10_000, 'Fields of one selection set.'),
  QUERY_MAX_DEPTH: wholeNumber(
    10,
    1,
    1000,
    'Depth of a GraphQL document, fragments followed (Pothos complexity plugin).',
  ),
  QUERY_MAX_COMPLEXITY: wholeNumber(
    1000,
    1,
    1_000_000,
    'Cost of a GraphQL document: an object counts 1, a page as many times as it has places (Shopify).',
  ),
  QUERY_MAX_LIST: wholeNumber(250, 1, 100_000, 'Entries of one list among the variables (Shopify).'),
  BODY_MAX_BYTES: wholeNumber(256 * 1024, 1024, 64 * 1024 * 1024, 'Bytes of a request body.'),
  REQUEST_TIMEOUT_S: seconds(10, 0.01, 600, 'Seconds that one query or mutation may take (OWASP GraphQL sheet).'),
  HTTP_HEADERS_TIMEOUT_S: seconds(
    10,
    0.1,
    600,
    'Seconds that a client may take to send the headers of a request; Node would wait 60.',
  ),
  HTTP_REQUEST_TIMEOUT_S: seconds(
    30,
    0.1,
    600,
    'Seconds that a client may take to send a whole request; Node would wait 300.',
  ),
  HTTP_KEEP_ALIVE_S: seconds(
    5,
    0.1,
    600,
    'Seconds that an idle connection is kept (Node’s own). Longer than a proxy in front keeps its own, where there is one.',
  ),
  SHUTDOWN_GRACE_S: seconds(
    3,
    0.01,
    60,
    'Seconds that what runs may take to be answered when the server is told to stop, over HTTP and then over sockets.',
  ),
  SOCKET_INIT_TIMEOUT_S: seconds(
    5,
    0.01,
    60,
    'Seconds that a socket may take to say who it is (graphql-ws: 3; slow phones need longer).',
  ),
  SOCKETS_BEFORE_INIT: wholeNumber(
    1_000,
    1,
    1_000_000,
    'Open sockets of an address that have not said yet who they are. All devices of a company come back from one address at once.',
  ),
  SOCKET_PING_S: seconds(12, 0.01, 600, 'Seconds between pings; who answers none by the next is dropped (graphql-ws).'),
  SOCKET_MAX_PAYLOAD_BYTES: wholeNumber(
    64 * 1024,
    1024,
    16 * 1024 * 1024,
    'Bytes of one WebSocket message (ASVS 4.4, OWASP WebSocket sheet).',
  ),
  SOCKET_MAX_OPERATIONS: wholeNumber(50, 1, 10_000, 'Live operations on one socket (Strawberry: 100).'),
  SOCKETS_PER_PRINCIPAL: wholeNumber(
    20,
    1,
    100_000,
    'Open sockets and event streams for a sign-in, token or device, or for an address that is not signed in.',
  ),
  SOCKET_MESSAGES_PER_MINUTE: wholeNumber(
    600,
    1,
    1_000_000,
    'Messages a minute on one socket, pings among them (OWASP WebSocket sheet).',
  ),
  SOCKET_MAX_BUFFERED_BYTES: wholeNumber(
    1024 * 1024,
    1024,
    1024 * 1024 * 1024,
    'Bytes a slow reader may leave unread before its socket is closed with 1013.',
  ),
  WEBHOOK_ALLOW_PRIVATE: oneOf(
    ['no', 'yes'] as const,
    'no',
    'yes: webhooks may also go to addresses inside the server’s own network, and by plain http. Only where every account is trusted.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

type Settings = { [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never };

/** All settings, read and checked, and what follows from them. */
export interface Config extends Settings {
  readonly engine: Engine;
  readonly PUBLIC_URL: string;
}

/** Which engine `DATABASE_URL` names. The tables are built for it as soon as they are imported. */
export function databaseEngine(env: Env = process.env): Engine {
  return /^postgres(ql)?:/.test(env['DATABASE_URL'] ?? '') ? 'postgres' : 'sqlite';
}

/** Reads and checks the environment. Throws a `ConfigError` that names every setting that is wrong. */
export function readConfig(env: Env = process.env): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const mode = (env['NODE_ENV'] ?? 'production') as Mode;
  for (const [name, setting] of Object.entries(SETTINGS) as [string, Setting<unknown>][]) {
    const given = env[name]?.trim();
    if (given === undefined || given === '') {
      values[name] = setting.fallback(mode);
      continue;
    }
    try {
      values[name] = setting.read(given);
    } catch (error) {
      // The text itself may hold a password (DATABASE_URL, SMTP_URL), so it is not repeated.
      problems.push(`${name} must be ${(error as Error).message}. ${setting.help}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const settings = values as Settings;
  return {
    ...settings,
    DATA_DIR: resolve(settings.DATA_DIR),
    PUBLIC_URL: (settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, ''),
    engine: databaseEngine(env),
  };
}

/**
 * The demo's settings: development mode, a database of its own, and invitations on every platform, so that a visitor's
 * real machine can take part (INV-01). What the environment says wins.
 */
export function demoConfig(env: Env = process.env): Config {
  return readConfig({
    NODE_ENV: 'development',
    DATA_DIR: 'data/demo',
    LOG_LEVEL: 'warn',
    INVITATION_PLATFORMS: PLATFORMS.join(','),
    ...env,
    // Always its own, as it is deleted at each start.
    DATABASE_URL: '',
  });
}
