import type { Account } from '../db/tables/accounts.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { streamOf } from './event-log.ts';
import { pageUrl } from './links.ts';
import { queueMail } from './mail-outbox.ts';
import { render, type Template } from './mail-templates.ts';

export type SecondFactorChange =
  | 'ENABLED'
  | 'DISABLED'
  | 'RECOVERY_CODES_RENEWED'
  | 'RECOVERY_CODE_USED'
  | 'CODES_GUESSED';

interface Values {
  readonly name: string;
  /** Recovery codes that are left. */
  readonly left: number;
  readonly forgottenLink: string;
}

const IF_NOT_YOU = {
  en: (link: string) =>
    `If it was you, there is nothing to do. If it was not, choose a new password at once:\n\n${link}`,
  fr: (link: string) =>
    `Si c’était vous, vous n’avez rien à faire. Sinon, choisissez aussitôt un nouveau mot de passe :\n\n${link}`,
} as const;

const MAILS: Readonly<Record<SecondFactorChange, Template<Values>>> = {
  ENABLED: {
    en: ({ name, left, forgottenLink }) => ({
      subject: 'Signing in takes a code from now on',
      body: `Hello ${name},

an authenticator app was set up for your Beckon account: signing in takes a code of it from now on, beside the password. Keep the ${left} recovery codes where you find them without the app: each lets you in once.

${IF_NOT_YOU.en(forgottenLink)}`,
    }),
    fr: ({ name, left, forgottenLink }) => ({
      subject: 'La connexion demande désormais un code',
      body: `Bonjour ${name},

une application d’authentification a été configurée pour votre compte Beckon : la connexion demande désormais un de ses codes, en plus du mot de passe. Gardez les ${left} codes de secours là où vous les trouverez sans l’application : chacun permet de se connecter une fois.

${IF_NOT_YOU.fr(forgottenLink)}`,
    }),
  },
  DISABLED: {
    en: ({ name, forgottenLink }) => ({
      subject: 'Signing in takes no code any more',
      body: `Hello ${name},

the second factor of your Beckon account was turned off: the password alone signs in. The app’s codes and the recovery codes are void.

${IF_NOT_YOU.en(forgottenLink)}`,
    }),
    fr: ({ name, forgottenLink }) => ({
      subject: 'La connexion ne demande plus de code',
      body: `Bonjour ${name},

le second facteur de votre compte Beckon a été désactivé : le mot de passe suffit pour se connecter. Les codes de l’application et les codes de secours ne valent plus rien.

${IF_NOT_YOU.fr(forgottenLink)}`,
    }),
  },
  RECOVERY_CODES_RENEWED: {
    en: ({ name, left, forgottenLink }) => ({
      subject: 'New recovery codes',
      body: `Hello ${name},

${left} new recovery codes were made for your Beckon account. Those from before are void.

${IF_NOT_YOU.en(forgottenLink)}`,
    }),
    fr: ({ name, left, forgottenLink }) => ({
      subject: 'Nouveaux codes de secours',
      body: `Bonjour ${name},

${left} nouveaux codes de secours ont été créés pour votre compte Beckon. Les précédents ne valent plus rien.

${IF_NOT_YOU.fr(forgottenLink)}`,
    }),
  },
  RECOVERY_CODE_USED: {
    en: ({ name, left, forgottenLink }) => ({
      subject: 'A recovery code was used',
      body: `Hello ${name},

a recovery code of your Beckon account was just used in place of a code of the app. Codes left: ${left}.

${IF_NOT_YOU.en(forgottenLink)}`,
    }),
    fr: ({ name, left, forgottenLink }) => ({
      subject: 'Un code de secours a servi',
      body: `Bonjour ${name},

un code de secours de votre compte Beckon vient de servir à la place d’un code de l’application. Codes restants : ${left}.

${IF_NOT_YOU.fr(forgottenLink)}`,
    }),
  },
  CODES_GUESSED: {
    en: ({ name, forgottenLink }) => ({
      subject: 'Somebody knows your password',
      body: `Hello ${name},

somebody gave the right password of your Beckon account, and then one wrong code after the other. Without a code they do not get in, and each further try has to wait.

${IF_NOT_YOU.en(forgottenLink)}`,
    }),
    fr: ({ name, forgottenLink }) => ({
      subject: 'Quelqu’un connaît votre mot de passe',
      body: `Bonjour ${name},

quelqu’un a donné le bon mot de passe de votre compte Beckon, puis plusieurs codes faux de suite. Sans code, cette personne n’entre pas, et chaque nouvel essai doit attendre.

${IF_NOT_YOU.fr(forgottenLink)}`,
    }),
  },
};

/** Logs what became of the account's second factor, and tells its owner by mail (ASVS 6.3.5, 6.3.7). */
export async function tellSecondFactor(
  ctx: Context,
  tx: Change,
  account: Account,
  change: SecondFactorChange,
  left: number,
): Promise<void> {
  tx.emit({
    concept: 'secondFactor',
    change,
    subject: account.id,
    after: { recoveryCodesLeft: left },
    streams: [streamOf.account(account.id), ...(ctx.principal.kind === 'system' ? [streamOf.operator()] : [])],
  });
  const forgottenLink = pageUrl(ctx.config, 'forgot-password');
  const text = render(MAILS[change], account.language, { name: account.name, left, forgottenLink });
  await queueMail(tx, { recipient: account.email, ...text });
}
