import { type App, createApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { ensureOperator, rotateOperatorToken } from './domain/operator.ts';
import { systemClock } from './lib/clock.ts';
import { createLog } from './log.ts';

const HELP = `Beckon, a control plane for remote support and remote management.

  npm start                      serve, on the settings of the environment (docs/operations.md)
  npm start -- operator-token    make a new operator's token, print it, and end; the one before is worthless at once
  npm start -- help              this text
`;

/** How long a server that was told to stop may take, before it is ended as it is. */
const STOP_WITHIN_MS = 10_000;

/** `npm start`: what the words after it ask for. Ends the process with 1 where it cannot be done, saying why. */
export async function serve(words: readonly string[]): Promise<void> {
  const [command, ...rest] = words;
  if (rest.length > 0 || (command !== undefined && command !== 'operator-token' && command !== 'help')) {
    fail(`There is no command «${words.join(' ')}».\n\n${HELP}`);
  }
  if (command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const config = settings();
  try {
    if (command === 'operator-token') await printOperatorToken(config);
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
  const app = await createApp({ config, log });
  const operatorToken = await ensureOperator(app.services);
  const port = await app.listen();
  stopOnSignals(app);
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

async function printOperatorToken(config: Config): Promise<void> {
  const db = await openDatabase(config, { slowWrite() {}, lostConnection() {} });
  try {
    process.stdout.write(`${await rotateOperatorToken({ db, clock: systemClock })}\n`);
  } finally {
    await db.close();
  }
}

function stopOnSignals(app: App): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      app.close().then(() => process.exit(0));
    });
  }
}

/** What is wrong, in words that lead on, for what goes wrong at a start. */
function startFailure(error: NodeJS.ErrnoException, config: Config): string {
  const cause = deepestCause(error);
  const where = config.engine === 'postgres' ? 'the database that DATABASE_URL names' : `${config.DATA_DIR}`;
  switch (cause.code) {
    case 'EADDRINUSE':
      return `Port ${config.PORT} on ${config.HOST} is in use. Set PORT to another, or stop what listens there.\n`;
    case 'EACCES':
      return `Not allowed: ${cause.message}. Choose another PORT or DATA_DIR.\n`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${cause.message}. Check HOST and DATABASE_URL.\n`;
    case 'ECONNREFUSED':
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
