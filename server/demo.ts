import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { createApp, openServices } from './app.ts';
import { type Config, ConfigError, demoConfig } from './config.ts';
import { claimSqlite } from './db/sqlite.ts';
import { startAgents } from './demo/agents.ts';
import { ADA, BENOIT, CHLOE, DEMO_PASSWORD, type DemoCompany, loadCompany, signInAs } from './demo/company.ts';
import { writeFeed } from './demo/feed.ts';
import { MovingClock } from './demo/moving-clock.ts';
import type { Log } from './domain/context.ts';
import { createLog } from './log.ts';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * `npm run demo`: a whole Beckon with an example company on an empty SQLite database, and simulated devices that act on
 * their own. Everything is made anew at each start.
 */
async function demo(): Promise<void> {
  const config = demoConfig();
  say('starting …');
  // Nobody's database is to be removed below a server that runs; the file by which it is claimed stays.
  claimSqlite(config);
  for (const name of readdirSync(config.DATA_DIR)) {
    if (!name.endsWith('-serving')) rmSync(join(config.DATA_DIR, name), { recursive: true, force: true });
  }
  const log = createLog(config);
  say('loading the example company: people, devices, and what they did in the last month …');
  const company = await loadPast(config, log);
  const app = await createApp({ config, log });
  await app.listen();
  say('starting three simulated devices …');
  const ada = await signInAs(app.services, ADA);
  const agents = await startAgents(ada, company, config.PUBLIC_URL, join(config.DATA_DIR, 'agents'));

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      agents.stop();
      app.close().then(() => process.exit(0));
    });
  }

  const { PUBLIC_URL: url, PORT: port } = config;
  const server = port === 4000 ? '' : ` --server ${url}`;
  const title = (text: string) => styleText('bold', text);
  const link = (text: string) => styleText(['cyan', 'underline'], text);
  process.stdout.write(`
${title('Beckon is running, with the example company “Demo & Sons”.')}

${title('Look')}      The dashboard:  ${link(url)}
          Sign in as ${ADA.email} (administrator, English), ${BENOIT.email} (user, French)
          or ${CHLOE.email} (helpdesk, French) · password: ${DEMO_PASSWORD}
          GraphiQL as Ada, her inbox live — press ▶:
          ${link(`${url}/graphiql#token=${company.token}&example=AccountEvents`)}
          GraphiQL as the device reception@demo:
          ${link(`${url}/graphiql#token=${agents.credential}&example=Viewer`)}
          The mails that would have been sent: ${link(`${url}/dev/mails`)}

${title('Take part')} Make this machine a device, in another terminal (platform limits are lifted here: INV-01):
          npm run agent --${server} enrol --code ${company.visitorCode}
          npm run agent -- run
          then type:  invite workshop@demo
          A second one, to invite yourself: put  --state data/two.json  before enrol and run.

${title('What happens')} (Ctrl+C ends it; nothing is kept)
`);
  await writeFeed(ada, (line) => process.stdout.write(line));
}

/** A month of the example company, before the server that serves it is started. */
async function loadPast(config: Config, log: Log): Promise<DemoCompany> {
  const clock = new MovingClock(MONTH_MS);
  const services = await openServices({ config, log, clock });
  try {
    return await loadCompany(services, clock);
  } finally {
    await services.db.close();
  }
}

function say(step: string): void {
  process.stdout.write(`${styleText('dim', `beckon · ${step}`)}\n`);
}

demo().catch((error: NodeJS.ErrnoException) => {
  const hint =
    error instanceof ConfigError
      ? error.problems.join('\n')
      : error.code === 'EADDRINUSE'
        ? 'Another program listens on that port. Try: PORT=4100 npm run demo'
        : (error.stack ?? error.message);
  process.stderr.write(`The demo could not start.\n${hint}\n`);
  process.exit(1);
});
