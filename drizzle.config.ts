import { defineConfig } from 'drizzle-kit';
import { databaseEngine } from './server/config.ts';

/** drizzle-kit's own settings: `npm run generate` calls it once for each engine, told apart by DATABASE_URL. */
const schema = './server/db/tables/*.ts';

export default databaseEngine() === 'postgres'
  ? defineConfig({ dialect: 'postgresql', schema, out: './server/db/migrations/postgres' })
  : defineConfig({ dialect: 'sqlite', schema, out: './server/db/migrations/sqlite' });
