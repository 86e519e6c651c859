import type { Command } from 'commander';
import { Licences } from '../../api/operations/licences.ts';
import type { LicenceFilter, LicenceStatus } from '../../graphql/graphql.ts';
import { withClient } from '../context.ts';
import { licenceInWords } from '../render.ts';
import { oneOf, PRODUCTS } from '../terms.ts';

const STATUSES: readonly LicenceStatus[] = ['ISSUED', 'ACTIVE', 'SUSPENDED', 'EXPIRED'];

/** Licences of one page: as many as the server gives at once. */
const PAGE = 100;

interface Options {
  readonly status?: string;
  readonly product?: string;
  readonly email?: string;
  readonly json?: boolean;
}

export function listCommand(program: Command): void {
  program
    .command('list')
    .description('List licences, the last issued first.')
    .option('--status <status>', STATUSES.join(', ').toLowerCase())
    .option('--product <product>', PRODUCTS.join(', ').toLowerCase())
    .option('--email <address>', 'the address that bought them')
    .option('--json', 'one JSON object a line, for programs')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run operator -- list --status issued
  $ npm run -s operator -- list --json | jq -r .id`,
    )
    .action(async (options: Options, command: Command) => {
      const filter: LicenceFilter = {
        status: options.status === undefined ? null : oneOf(STATUSES, options.status, 'status'),
        product: options.product === undefined ? null : oneOf(PRODUCTS, options.product, 'product'),
        purchaseEmail: options.email ?? null,
      };
      await withClient(command, async (client) => {
        let after: string | null = null;
        let shown = 0;
        do {
          const page: Awaited<ReturnType<typeof readPage>> = await readPage(after);
          for (const licence of page.nodes) {
            console.log(options.json ? JSON.stringify(licence) : licenceInWords(licence));
          }
          shown += page.nodes.length;
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after);
        if (shown === 0 && !options.json) console.log('There is none.');

        async function readPage(cursor: string | null) {
          return (await client.query(Licences, { filter, first: PAGE, after: cursor })).licences;
        }
      });
    });
}
