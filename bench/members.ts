import { createApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { createApiToken } from '../server/domain/api-tokens.ts';
import { systemContext } from '../server/domain/context.ts';
import { addColleague, benchSettings, type Example } from './example.ts';
import { progress } from './report.ts';

/** Adds members to the example company, and gives an API token of each, which may read. */
export async function addMembers({ folder, companyId }: Example, count: number): Promise<string[]> {
  const config = readConfig({ ...benchSettings(folder), SQLITE_SYNCHRONOUS: 'OFF' });
  const log = { error: console.error, warn() {}, info() {} };
  const app = await createApp({ config, log });
  try {
    const tokens: string[] = [];
    for (let i = 0; i < count; i++) {
      progress(`adding members to the example company: ${i} of ${count}`);
      const { principal } = await addColleague(app.services, companyId, `Member ${i + 1}`);
      const ctx = { ...systemContext(app.services), principal };
      tokens.push((await createApiToken(ctx, { name: 'Bench', scopes: ['READ'] })).secret);
    }
    return tokens;
  } finally {
    await app.close();
  }
}
