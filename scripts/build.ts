import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { APPS, type AppName, appConfig, serverConfig } from '../vite.config.ts';

/** `node scripts/build.ts [app …]`: builds the server and the web apps of client/ (all where none is named) to dist/<app>. */

// Whatever mode the server will run in: React's development build is several times larger and slower.
process.env['NODE_ENV'] = 'production';

const asked = process.argv.slice(2);
const known: ('server' | AppName)[] = ['server', ...(Object.keys(APPS) as AppName[])];
const unknown = asked.filter((name) => !known.includes(name as (typeof known)[number]));
if (unknown.length > 0) {
  console.error(`No such app: ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(1);
}

const dist = join(import.meta.dirname, '..', 'dist');
for (const name of asked.length > 0 ? (asked as typeof known) : known) {
  // Built aside and then put in place, so that a server or test that runs meanwhile never sees half a build.
  const aside = join(dist, `.${name}-${process.pid}`);
  try {
    await build({
      ...(name === 'server' ? serverConfig(aside) : appConfig(name, aside)),
      configFile: false,
      logLevel: 'warn',
    });
    await rm(join(dist, name), { recursive: true, force: true });
    await rename(aside, join(dist, name));
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
