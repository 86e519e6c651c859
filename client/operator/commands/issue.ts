import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { IssueLicences } from '../../api/operations/licences.ts';
import { unwrap } from '../../api/results.ts';
import { LANGUAGES, type Language } from '../../cli/language.ts';
import type { OperatorWords } from '../catalogue/catalogue.ts';
import { withClient } from '../context.ts';
import { UsageError } from '../problems.ts';
import { licenceInWords } from '../render.ts';
import { EDITIONS, licenceOf, oneOf, PRODUCTS } from '../terms.ts';

interface Options {
  readonly edition: string;
  readonly mailLanguage?: string;
  readonly order?: string;
}

export function issueCommand(program: Command, words: OperatorWords): void {
  const { issue: help, placeholders } = words.help;
  program
    .command('issue')
    .argument(`<${placeholders.email}>`, help.email)
    .argument(`<${placeholders.licence}...>`, help.licence)
    .description(help.description)
    .option(`--edition <${placeholders.edition}>`, `${EDITIONS.join(', ').toLowerCase()}`, 'corporate')
    .option(`--mail-language <${placeholders.language}>`, help.mailLanguage)
    .option(`--order <${placeholders.number}>`, help.order)
    .addHelpText('after', help.examples(productLines()))
    .action(async (email: string, wanted: string[], options: Options, command: Command) => {
      const edition = oneOf(EDITIONS, options.edition, 'edition');
      const licences = wanted.map((text) => licenceOf(text, edition));
      const language = mailLanguageOf(options.mailLanguage);
      const idempotencyKey = options.order ? `order ${options.order}` : randomUUID();
      await withClient(command, words, async (client) => {
        const input = { purchaseEmail: email, language, licences, idempotencyKey };
        const { issueLicences } = await client.mutate(IssueLicences, { input });
        for (const licence of unwrap(issueLicences).licences) console.log(licenceInWords(licence, words));
      });
    });
}

/** Three on a line, which a terminal of 80 columns has room for. */
function productLines(): string {
  const names = PRODUCTS.map((product) => product.toLowerCase().replaceAll('_', '-'));
  return [names.slice(0, 3), names.slice(3)].map((line) => `  ${line.join(', ')}`).join(',\n');
}

/** @throws UsageError */
export function mailLanguageOf(text: string | undefined): Language | undefined {
  const language = LANGUAGES.find((known) => known === text);
  if (text === undefined || language) return language;
  throw new UsageError(({ problems }) => problems.mailLanguage);
}
