import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from '../server/schema/schema.ts';

/**
 * `npm run generate` writes what is made from other files and committed: schema.graphql from the schema's code, the typed
 * client from schema.graphql and the client's documents, the migrations of both engines from the tables.
 * `npm run check:generated` (--check) changes nothing, and fails naming what is not as it would be written.
 */

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const problems: string[] = [];

schemaFile();
typedClient();
// Nothing connects to it: the address tells only which engine's builders the tables use (server/db/columns.ts).
migrations('sqlite', '');
migrations('postgres', 'postgres://generate');

if (problems.length > 0) {
  for (const problem of problems) console.error(`✗ ${problem}`);
  if (check) console.error('Run `npm run generate` and commit what it writes.');
  process.exit(1);
}

function schemaFile(): void {
  const path = join(root, 'schema.graphql');
  const text = `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
  const same = existsSync(path) && readFileSync(path, 'utf8') === text;
  if (!same && check) {
    problems.push('schema.graphql is not what server/schema/ says.');
    return;
  }
  if (!same) writeFileSync(path, text);
  console.log(`✓ schema.graphql ${same ? 'is up to date' : 'written'}`);
}

function typedClient(): void {
  const result = run('graphql-codegen', ['--config', 'codegen.ts', ...(check ? ['--check'] : [])]);
  if (result.ok) console.log(`✓ client/graphql ${check ? 'is up to date' : 'written'}`);
  else if (check && result.output.includes('stale files'))
    problems.push('client/graphql is not what the documents in client/ say.');
  else problems.push(`graphql-codegen failed:\n${result.output}`);
}

function migrations(engine: 'sqlite' | 'postgres', databaseUrl: string): void {
  const folder = `server/db/migrations/${engine}`;
  // drizzle-kit's own `check` compares the migrations with one another only; a dry run of `generate` sees the tables.
  const dryRun = run('drizzle-kit', ['generate', '--explain', '--output', 'json'], { DATABASE_URL: databaseUrl });
  if (dryRun.ok && dryRun.output.includes('"status":"no_changes"')) {
    console.log(`✓ ${folder} is up to date`);
  } else if (check) {
    problems.push(`${folder} lacks a migration for the tables in server/db/tables/:\n${excerpt(dryRun.output)}`);
  } else {
    // Where a rename could also be a removal and an addition, drizzle-kit asks: it needs the terminal.
    const written = run('drizzle-kit', ['generate'], { DATABASE_URL: databaseUrl }, 'inherit');
    if (written.ok) console.log(`✓ ${folder} written`);
    else problems.push(`drizzle-kit generate failed for ${engine}`);
  }
}

/** Enough of drizzle-kit's plan to see which table it is about. */
function excerpt(output: string): string {
  const longest = 600;
  return output.length > longest ? `${output.slice(0, longest)} …` : output;
}

function run(
  tool: string,
  args: readonly string[],
  env: Record<string, string> = {},
  stdio: 'pipe' | 'inherit' = 'pipe',
): { ok: boolean; output: string } {
  const command = join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: [stdio === 'inherit' ? 'inherit' : 'ignore', stdio, stdio],
    shell: process.platform === 'win32',
  });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim() };
}
