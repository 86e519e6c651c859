import { type App, createApp, openServices } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type BackupContent, BackupError, backUp, restore } from './db/backup.ts';
import { claimSqlite } from './db/sqlite.ts';
import { type Services, systemContext } from './domain/context.ts';
import { ensureOperator, rotateOperatorToken } from './domain/operator.ts';
import { resetSecondFactor } from './domain/second-factor.ts';
import { systemClock } from './lib/clock.ts';
import { createLog } from './log.ts';
import { CLOSE_TIMEOUT_MS } from './transport/websocket.ts';

const HELP = `Beckon, a control plane for remote support and remote management.

  npm start                                 serve, on the settings of the environment (docs/operations.md)
  npm start -- operator-token               make a new operator's token, print it, and end; the one before is worthless at once
  npm start -- reset-second-factor ADDRESS  turn the second factor of the account with this e-mail address off, for who has lost
                                            app and recovery codes; its owner is told by mail
  npm run backup -- FILE                    copy the embedded database to a new file, verified; the server may be running
  npm run restore -- FILE                   put a backup in the place of the embedded database; the server may not be running
  npm start -- help                         this text
`;

/** What follows `npm start --`: how many words each command takes after its own. */
const COMMANDS: Readonly<Record<string, number>> = {
  'operator-token': 0,
  'reset-second-factor': 1,
  backup: 1,
  restore: 1,
  help: 0,
};

/**
 * How long jobs, presence and database may take to end once nobody is served any more: 2,000 devices are marked offline in
 * under a second (docs/operations.md).
 */
const CLOSING_MS = 7_000;

/**
 * How long a server that was told to stop may take in all, before it is ended as it is: the grace over HTTP, the one over
 * sockets, their good-bye, and what comes after. 15 s with the defaults; whoever runs it has to wait for longer.
 */
export function stopWithin({ SHUTDOWN_GRACE_S }: Pick<Config, 'SHUTDOWN_GRACE_S'>): number {
  return 2 * SHUTDOWN_GRACE_S * 1000 + CLOSE_TIMEOUT_MS + CLOSING_MS;
}

/** `npm start`: what the words after it ask for. Ends the process with 1 where it cannot be done, saying why. */
export async function serve(words: readonly string[]): Promise<void> {
  const [command, argument = ''] = words;
  if (command !== undefined && COMMANDS[command] !== words.length - 1) {
    fail(`There is no command «${words.join(' ')}».\n\n${HELP}`);
  }
  if (command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const config = settings();
  try {
    if (command === 'operator-token') await withServices(config, printOperatorToken);
    else if (command === 'reset-second-factor')
      await withServices(config, (services) => printReset(services, argument));
    else if (command === 'backup') await printBackup(config, argument);
    else if (command === 'restore') printRestore(config, argument);
    else await run(config);
  } catch (error) {
    fail(startFailure(error as NodeJS.ErrnoException, config));
  }
}

function settings(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    fail(`Beckon cannot start with these settings:\n${error.problems.map((problem) => `  · ${problem}`).join('\n')}\n`);
  }
}

async function run(config: Config): Promise<void> {
  const log = createLog(config);
  // Held until the process ends.
  if (config.engine === 'sqlite') claimSqlite(config);
  const app = await createApp({ config, log });
  const operatorToken = await ensureOperator(app.services);
  const port = await app.listen();
  stopOnSignals(app, stopWithin(config));
  const url = config.PUBLIC_URL;
  process.stdout.write(
    [
      `Beckon is ready, on ${config.engine === 'postgres' ? 'PostgreSQL' : `SQLite in ${config.DATA_DIR}`}.`,
      `  Dashboard   ${url}`,
      `  API         ${url}/graphql   (listening on ${config.HOST}:${port})`,
      `  GraphiQL    ${url}/graphiql`,
      ...(config.SMTP_URL ? [] : ['  Mail        SMTP_URL is not set: mails stay in the outbox.']),
      ...(operatorToken
        ? [
            '',
            'First start: this is the operator’s token. It issues licences, is shown this once, and is stored nowhere.',
            `  ${operatorToken}`,
            'Lost it? npm start -- operator-token',
          ]
        : []),
      '',
    ].join('\n'),
  );
}

/** Works on the database once, beside a server that may be running. */
async function withServices(config: Config, work: (services: Services) => Promise<void>): Promise<void> {
  // What it prints is for people, and for scripts that keep a token.
  const services = await openServices({ config, log: createLog({ LOG_LEVEL: 'silent' }) });
  try {
    await work(services);
  } finally {
    await services.db.close();
  }
}

async function printOperatorToken(services: Services): Promise<void> {
  process.stdout.write(`${await rotateOperatorToken(services)}\n`);
}

async function printReset(services: Services, email: string): Promise<void> {
  const reset = await resetSecondFactor(systemContext(services), email);
  if (reset) process.stdout.write(`${email} signs in by the password alone now, and is told so by mail.\n`);
  else {
    process.stderr.write(`No account with the address ${email} has a second factor.\n`);
    process.exitCode = 1;
  }
}

async function printBackup(config: Config, file: string): Promise<void> {
  let shown = -1;
  const content = await backUp(config, file, (part) => {
    const percent = Math.floor(part * 100);
    // A line that is rewritten is for people; a log gets the result alone.
    if (percent > shown && process.stderr.isTTY) process.stderr.write(`\rbackup: ${percent} %`);
    shown = percent;
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  process.stdout.write(`${file}: ${inWords(content)}; every page, index and reference was checked.\n`);
}

function printRestore(config: Config, file: string): void {
  const { content, former } = restore(config, file, new Date(systemClock.now()).toISOString().replaceAll(':', '-'));
  process.stdout.write(`Restored ${file}: ${inWords(content)}.\n`);
  if (former) process.stdout.write(`The database that was there before is ${former}.\n`);
}

function inWords({ bytes, tables, migration }: BackupContent): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB in ${tables} tables, of version ${migration}`;
}

function stopOnSignals(app: App, withinMs: number): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), withinMs).unref();
      app.close().then(() => process.exit(0));
    });
  }
}

/** What is wrong, in words that lead on, for what goes wrong at a start. */
function startFailure(error: NodeJS.ErrnoException, config: Config): string {
  if (error instanceof BackupError) return `${error.message}\n`;
  const cause = deepestCause(error);
  const where = config.engine === 'postgres' ? 'the database that DATABASE_URL names' : `${config.DATA_DIR}`;
  switch (cause.code) {
    case 'EADDRINUSE':
      return `Port ${config.PORT} on ${config.HOST} is in use. Set PORT to another, or stop what listens there.\n`;
    case 'BECKON_IN_USE':
      return `Not started: ${cause.message}. Stop that one, or set DATA_DIR to another folder.\n`;
    case 'BECKON_NEWER_DATABASE':
      return `Not started: the database is of a newer version, ${cause.message}. Start that version, or restore a backup: docs/operations.md.\n`;
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return `The disk of ${where} is full.\n`;
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_CANTOPEN':
    case 'EROFS':
      return `The database in ${where} cannot be written (${cause.message}). Check the permissions of the folder and its files.\n`;
    case 'SQLITE_BUSY':
      return `Another program holds the database in ${where}. Stop it, and start again.\n`;
    case 'EACCES':
      return `Not allowed: ${cause.message}. Choose another PORT or DATA_DIR.\n`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${cause.message}. Check HOST and DATABASE_URL.\n`;
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `PostgreSQL does not answer: ${cause.message}. Check DATABASE_URL.\n`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The database in ${where} is damaged (${cause.message}). Restore a backup: docs/operations.md.\n`;
    default:
      return `Beckon could not start on ${where}: ${cause.message}\n`;
  }
}

function deepestCause(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  return error.cause instanceof Error ? deepestCause(error.cause) : error;
}

function fail(message: string): never {
  process.stderr.write(message);
  process.exit(1);
}
