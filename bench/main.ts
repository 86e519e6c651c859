import { availableParallelism, loadavg } from 'node:os';
import { buildExample } from './example.ts';
import { benchGrowth } from './growth.ts';
import { benchInvitations } from './invitations.ts';
import { missingPostGraphile } from './postgraphile.ts';
import { benchPostgresWrites } from './postgres-writes.ts';
import { benchQueries } from './queries.ts';
import { machineLine, progress, stage, type Verdict, verdictTable } from './report.ts';
import { keepResults } from './results.ts';
import { benchStart } from './start.ts';
import { benchSubscriptions } from './subscriptions.ts';
import { benchWrites } from './writes.ts';

const OF_EXAMPLE = {
  queries: benchQueries,
  invitations: benchInvitations,
  subscriptions: benchSubscriptions,
  writes: benchWrites,
  postgres: benchPostgresWrites,
  start: benchStart,
} as const;
/** They make companies of their own. */
const OF_GROWTH = {
  growth: () => benchGrowth('SQLite'),
  'growth-postgres': () => benchGrowth('PostgreSQL'),
} as const;
const PARTS = { ...OF_EXAMPLE, ...OF_GROWTH } as const;
type Part = keyof typeof PARTS;

/** Devices of the example company; the first thousand hold the idle sockets. */
const DEVICES = 1_002;

/** Read where they matter: a company with a million devices; PostGraphile among the peers. */
const OPTIONS: readonly string[] = ['--million', '--postgraphile'];

const asked = process.argv.slice(2).filter((each) => !OPTIONS.includes(each));
const wrong = asked.find((part) => !(part in PARTS));
if (wrong !== undefined) {
  console.error(
    `There is no benchmark «${wrong}». npm run bench [-- ${[...Object.keys(PARTS), ...OPTIONS].join(' | ')}]`,
  );
  process.exit(1);
}
const missing = process.argv.includes('--postgraphile') ? missingPostGraphile() : null;
if (missing) {
  console.error(missing);
  process.exit(1);
}
const parts = (asked.length > 0 ? asked : Object.keys(PARTS)) as Part[];

console.log(`Beckon’s benchmarks: ${machineLine()}, SQLite with synchronous=FULL.`);
const start = performance.now();
process.once('SIGINT', () => process.exit(130));
const example = parts.some((part) => part in OF_EXAMPLE) ? await buildExample(DEVICES) : null;
process.once('exit', () => example?.remove());
const seconds = () => ((performance.now() - start) / 1000).toFixed(0);
const verdicts: Verdict[] = [];
let busiest = 0;
try {
  for (const [i, part] of parts.entries()) {
    stage(`${part}, ${i + 1} of ${parts.length}, after ${seconds()} s`);
    const outcome = await (part in OF_GROWTH || !example
      ? OF_GROWTH[part as keyof typeof OF_GROWTH]()
      : OF_EXAMPLE[part as keyof typeof OF_EXAMPLE](example));
    verdicts.push(...outcome.verdicts);
    const [load = 0] = loadavg();
    busiest = Math.max(busiest, load);
    // At once: a later part may break.
    console.log(`\nKept in ${keepResults(part, outcome, load)}, and shown in docs/performance.md.`);
  }
} finally {
  progress('');
}
if (verdicts.length > 0) console.log(`\n${verdictTable(verdicts)}`);
if (busiest > availableParallelism() + 1) {
  console.log(
    `\nOthers kept this machine busy (load ${busiest.toFixed(1)}): the times are theirs, too; CPU µs say the most.`,
  );
}
console.log(`\n${seconds()} s in all. How to read this: bench/README.md.`);
