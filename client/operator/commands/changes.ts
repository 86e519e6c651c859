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
import type { OperatorWords } from '../catalogue/catalogue.ts';
import { withClient } from '../context.ts';
import { licenceInWords } from '../render.ts';
import { termOf } from '../terms.ts';
import { mailLanguageOf } from './issue.ts';

/** The commands about one licence that is there already. */
export function changeCommands(program: Command, words: OperatorWords): void {
  const { help } = words;
  const { placeholders } = help;
  const about = (name: string, { description, examples }: { description: string; examples: string }) =>
    program
      .command(name)
      .argument(`<${placeholders.id}>`, help.licenceId)
      .description(description)
      .addHelpText('after', examples);
  const show = (command: Command, change: (client: BeckonClient) => Promise<LicenceFieldsFragment>) =>
    withClient(command, words, async (client) => console.log(licenceInWords(await change(client), words)));

  about('resend', help.resend)
    .option(`--mail-language <${placeholders.language}>`, help.resend.mailLanguage)
    .action((id: string, options: { mailLanguage?: string }, command: Command) => {
      const language = mailLanguageOf(options.mailLanguage);
      return show(command, async (client) => {
        const input = { id, language, idempotencyKey: randomUUID() };
        return unwrap((await client.mutate(ResendLicenceLink, { input })).resendLicenceLink).licence;
      });
    });

  about('revoke-link', help.revokeLink).action((id: string, _options: object, command: Command) =>
    show(command, async (client) => {
      const { revokeLicenceLink } = await client.mutate(RevokeLicenceLink, { input: { id } });
      return unwrap(revokeLicenceLink).licence;
    }),
  );

  about('suspend', help.suspend).action((id: string, _options: object, command: Command) =>
    show(command, async (client) => (await client.mutate(SuspendLicence, { input: { id } })).suspendLicence.licence),
  );

  about('resume', help.resume).action((id: string, _options: object, command: Command) =>
    show(command, async (client) => (await client.mutate(ResumeLicence, { input: { id } })).resumeLicence.licence),
  );

  about('renew', help.renew)
    .argument(`<${placeholders.term}>`, help.renew.term)
    .action((id: string, text: string, _options: object, command: Command) => {
      const term = termOf(text);
      return show(command, async (client) => {
        const input = { id, ...term, idempotencyKey: randomUUID() };
        return unwrap((await client.mutate(RenewLicence, { input })).renewLicence).licence;
      });
    });
}
