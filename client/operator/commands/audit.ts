import type { Command } from 'commander';
import { OperatorAuditLog } from '../../api/operations/audit.ts';
import { withClient } from '../context.ts';
import { recordInWords } from '../render.ts';

/** Records that are shown: what fits on a screen. `/audit.jsonl` has them all. */
const NEWEST = 20;

interface Options {
  readonly licence?: string;
  readonly json?: boolean;
}

export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description(`Show the newest ${NEWEST} records of what the operator did, the last first.`)
    .option('--licence <id>', 'only what was done to this licence, lic_…')
    .option('--json', 'one JSON object a line, for programs')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run operator -- audit
  $ npm run operator -- audit --licence lic_…

The whole log, as JSON Lines, is at /audit.jsonl, with the operator’s token.`,
    )
    .action((options: Options, command: Command) =>
      withClient(command, async (client) => {
        const variables = { first: NEWEST, subject: options.licence ?? null };
        const { nodes } = (await client.query(OperatorAuditLog, variables)).operatorAuditLog;
        for (const record of nodes) console.log(options.json ? JSON.stringify(record) : recordInWords(record));
        if (nodes.length === 0 && !options.json) console.log('There is none.');
      }),
    );
}
