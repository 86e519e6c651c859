import type { Command } from 'commander';
import { OperatorAuditLog } from '../../api/operations/audit.ts';
import type { OperatorWords } from '../catalogue/catalogue.ts';
import { withClient } from '../context.ts';
import { recordInWords } from '../render.ts';

/** Records that are shown: what fits on a screen. `/audit.jsonl` has them all. */
const NEWEST = 20;

interface Options {
  readonly licence?: string;
  readonly json?: boolean;
}

export function auditCommand(program: Command, words: OperatorWords): void {
  const { help } = words;
  program
    .command('audit')
    .description(help.audit.description(NEWEST))
    .option(`--licence <${help.placeholders.id}>`, help.audit.licence)
    .option('--json', help.json)
    .addHelpText('after', help.audit.examples)
    .action((options: Options, command: Command) =>
      withClient(command, words, async (client) => {
        const variables = { first: NEWEST, subject: options.licence ?? null };
        const { nodes } = (await client.query(OperatorAuditLog, variables)).operatorAuditLog;
        for (const record of nodes) console.log(options.json ? JSON.stringify(record) : recordInWords(record, words));
        if (nodes.length === 0 && !options.json) console.log(words.none);
      }),
    );
}
