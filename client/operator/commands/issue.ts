import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { IssueLicences } from '../../api/operations/licences.ts';
import { unwrap } from '../../api/results.ts';
import { withClient } from '../context.ts';
import { UsageError } from '../problems.ts';
import { licenceInWords } from '../render.ts';
import { EDITIONS, licenceOf, oneOf, PRODUCTS } from '../terms.ts';

interface Options {
  readonly edition: string;
  readonly language?: string;
  readonly order?: string;
}

export function issueCommand(program: Command): void {
  program
    .command('issue')
    .argument('<email>', 'the address that bought them; a mail for each licence goes there')
    .argument('<licence...>', 'product:seats:term, or product:seats:term:edition')
    .description('Issue licences for one purchase, and mail an activation link for each.')
    .option('--edition <edition>', `${EDITIONS.join(', ').toLowerCase()}`, 'corporate')
    .option('--language <language>', 'of the mails: en or fr (default: that of the buyer’s account, else en)')
    .option('--order <number>', 'number of the order: sent again within a day, it issues nothing new')
    .addHelpText(
      'after',
      `
Products: ${PRODUCTS.join(', ').toLowerCase()}
Terms:    12m is twelve months from now on; 2027-12-31 is the day that it ends on (UTC)

Examples:
  $ npm run operator -- issue it@north.example monitoring:10:12m
  $ npm run operator -- issue it@north.example monitoring:50:12m backup:5:2027-12-31:business --language fr
  $ npm run operator -- issue it@north.example patch-management:20:36m --order 2026-0815`,
    )
    .action(async (email: string, wanted: string[], options: Options, command: Command) => {
      const edition = oneOf(EDITIONS, options.edition, 'edition');
      const licences = wanted.map((text) => licenceOf(text, edition));
      const language = languageOf(options.language);
      const idempotencyKey = options.order ? `order ${options.order}` : randomUUID();
      await withClient(command, async (client) => {
        const input = { purchaseEmail: email, language, licences, idempotencyKey };
        const { issueLicences } = await client.mutate(IssueLicences, { input });
        for (const licence of unwrap(issueLicences).licences) console.log(licenceInWords(licence));
      });
    });
}

/** @throws UsageError */
export function languageOf(text: string | undefined): 'en' | 'fr' | undefined {
  if (text === undefined || text === 'en' || text === 'fr') return text;
  throw new UsageError('--language is en or fr.');
}
