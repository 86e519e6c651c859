import { buildExample } from './example.ts';

// Builds an example company of so many devices in the database that DATABASE_URL names, and says how to get at it.
const { companyId, token, remove } = await buildExample(Number(process.argv[2]));
remove();
process.stdout.write(JSON.stringify({ companyId, token }));
