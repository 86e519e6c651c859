import pg from 'pg';
import { closeAfterTest } from './resources.ts';

/** A connection past the server to its PostgreSQL, until the test ends. */
export async function connectToPostgres(url: string | null): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url ?? '' });
  await client.connect();
  closeAfterTest(() => client.end());
  return client;
}
