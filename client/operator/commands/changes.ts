import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { BeckonClient } from '../../api/client.ts';
import {
  RenewLicence,
  ResendLicenceLink,
  ResumeLicence,
  RevokeLicenceLink,
  SuspendLicence,
} from '../../api/operations/licences.ts';
import { unwrap } from '../../api/results.ts';
import type { LicenceFieldsFragment } from '../../graphql/graphql.ts';
import { withClient } from '../context.ts';
import { licenceInWords } from '../render.ts';
import { termOf } from '../terms.ts';
import { languageOf } from './issue.ts';

/** The commands about one licence that is there already. */
export function changeCommands(program: Command): void {
  program
    .command('resend')
    .argument('<id>', 'the licence, lic_…')
    .description('Mail a new activation link; the one before is void.')
    .option('--language <language>', 'of the mail: en or fr (default: that of the buyer’s account, else en)')
    .addHelpText('after', '\nExample:\n  $ npm run operator -- resend lic_… --language fr')
    .action((id: string, options: { language?: string }, command: Command) => {
      const language = languageOf(options.language);
      return show(command, async (client) => {
        const input = { id, language, idempotencyKey: randomUUID() };
        return unwrap((await client.mutate(ResendLicenceLink, { input })).resendLicenceLink).licence;
      });
    });

  program
    .command('revoke-link')
    .argument('<id>', 'the licence, lic_…')
    .description('Void the activation link of a licence that nobody has activated, also for those who signed up by it.')
    .addHelpText('after', '\nExample:\n  $ npm run operator -- revoke-link lic_…\n\nresend makes a new one.')
    .action((id: string, _options: object, command: Command) =>
      show(command, async (client) => {
        const { revokeLicenceLink } = await client.mutate(RevokeLicenceLink, { input: { id } });
        return unwrap(revokeLicenceLink).licence;
      }),
    );

  program
    .command('suspend')
    .argument('<id>', 'the licence, lic_…')
    .description('Suspend a licence: nothing new can be done with it until it is resumed.')
    .addHelpText('after', '\nExample:\n  $ npm run operator -- suspend lic_…')
    .action((id: string, _options: object, command: Command) =>
      show(command, async (client) => (await client.mutate(SuspendLicence, { input: { id } })).suspendLicence.licence),
    );

  program
    .command('resume')
    .argument('<id>', 'the licence, lic_…')
    .description('End the suspension of a licence.')
    .addHelpText('after', '\nExample:\n  $ npm run operator -- resume lic_…')
    .action((id: string, _options: object, command: Command) =>
      show(command, async (client) => (await client.mutate(ResumeLicence, { input: { id } })).resumeLicence.licence),
    );

  program
    .command('renew')
    .argument('<id>', 'the licence, lic_…')
    .argument(
      '<term>',
      '12m: twelve months from its present end on, or from now where that is over; or the new last day',
    )
    .description('Set a new end of the term.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run operator -- renew lic_… 12m\n  $ npm run operator -- renew lic_… 2028-06-30',
    )
    .action((id: string, text: string, _options: object, command: Command) => {
      const term = termOf(text);
      return show(command, async (client) => {
        const input = { id, ...term, idempotencyKey: randomUUID() };
        return unwrap((await client.mutate(RenewLicence, { input })).renewLicence).licence;
      });
    });
}

async function show(command: Command, change: (client: BeckonClient) => Promise<LicenceFieldsFragment>): Promise<void> {
  await withClient(command, async (client) => console.log(licenceInWords(await change(client))));
}
