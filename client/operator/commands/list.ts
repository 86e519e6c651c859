import type { Command } from 'commander';
import { Licences } from '../../api/operations/licences.ts';
import type { LicenceFilter, LicenceStatus } from '../../graphql/graphql.ts';
import type { OperatorWords } from '../catalogue/catalogue.ts';
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

export function listCommand(program: Command, words: OperatorWords): void {
  const { help } = words;
  const { placeholders } = help;
  program
    .command('list')
    .description(help.list.description)
    .option(`--status <${placeholders.status}>`, STATUSES.join(', ').toLowerCase())
    .option(`--product <${placeholders.product}>`, PRODUCTS.join(', ').toLowerCase())
    .option(`--email <${placeholders.address}>`, help.buyer)
    .option('--json', help.json)
    .addHelpText('after', help.list.examples)
    .action(async (options: Options, command: Command) => {
      const filter: LicenceFilter = {
        status: options.status === undefined ? null : oneOf(STATUSES, options.status, 'status'),
        product: options.product === undefined ? null : oneOf(PRODUCTS, options.product, 'product'),
        purchaseEmail: options.email ?? null,
      };
      await withClient(command, words, async (client) => {
        let after: string | null = null;
        let shown = 0;
        do {
          const page: Awaited<ReturnType<typeof readPage>> = await readPage(after);
          for (const licence of page.nodes) {
            console.log(options.json ? JSON.stringify(licence) : licenceInWords(licence, words));
          }
          shown += page.nodes.length;
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after);
        if (shown === 0 && !options.json) console.log(words.none);

        async function readPage(cursor: string | null) {
          return (await client.query(Licences, { filter, first: PAGE, after: cursor })).licences;
        }
      });
    });
}
