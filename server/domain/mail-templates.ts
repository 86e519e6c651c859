import type { Language } from '../db/tables/accounts.ts';

/** Plain text: nothing to click that is not shown, nothing loaded from anywhere. */
export interface MailText {
  readonly subject: string;
  readonly body: string;
}

export type Template<Values> = Readonly<Record<Language, (values: Values) => MailText>>;

/** The text in a language, signed. */
export function render<Values>(template: Template<Values>, language: Language, values: Values): MailText {
  const { subject, body } = template[language](values);
  const greeting = language === 'fr' ? 'Envoyé par Beckon.' : 'Sent by Beckon.';
  return { subject, body: `${body.trim()}\n\n-- \n${greeting}\n` };
}

// Without the name: whoever signs up with another person's address could write to them by it.
const VERIFICATION: Template<{ link: string; hours: number }> = {
  en: ({ link, hours }) => ({
    subject: 'Confirm your e-mail address',
    body: `Hello,

please open this link to confirm your e-mail address and finish your Beckon account:

${link}

It works for ${hours} hours. If you did not sign up, ignore this mail: without the link nobody can use the account.`,
  }),
  fr: ({ link, hours }) => ({
    subject: 'Confirmez votre adresse e-mail',
    body: `Bonjour,

veuillez ouvrir ce lien pour confirmer votre adresse e-mail et terminer votre compte Beckon :

${link}

Il est valable ${hours} heures. Si vous ne vous êtes pas inscrit, ignorez ce message : sans ce lien, personne ne peut utiliser le compte.`,
  }),
};

export function verificationMail(language: Language, values: { link: string; hours: number }): MailText {
  return render(VERIFICATION, language, values);
}

const KNOWN_ADDRESS: Template<{ name: string; signInLink: string; forgottenLink: string }> = {
  en: ({ name, signInLink, forgottenLink }) => ({
    subject: 'You already have a Beckon account',
    body: `Hello ${name},

somebody, probably you, wanted to create a Beckon account with this address. There is one already, and nothing was changed.

Sign in:               ${signInLink}
Forgot your password:  ${forgottenLink}

If it was not you, there is nothing to do.`,
  }),
  fr: ({ name, signInLink, forgottenLink }) => ({
    subject: 'Vous avez déjà un compte Beckon',
    body: `Bonjour ${name},

quelqu’un, sans doute vous, a voulu créer un compte Beckon avec cette adresse. Il en existe déjà un, et rien n’a été modifié.

Se connecter :          ${signInLink}
Mot de passe oublié :   ${forgottenLink}

Si ce n’était pas vous, vous n’avez rien à faire.`,
  }),
};

/** For the owner of an address that somebody signed up with again (ASVS 6.3.8). */
export function knownAddressMail(
  language: Language,
  values: { name: string; signInLink: string; forgottenLink: string },
): MailText {
  return render(KNOWN_ADDRESS, language, values);
}

const PASSWORD_RESET: Template<{ name: string; link: string; minutes: number }> = {
  en: ({ name, link, minutes }) => ({
    subject: 'Choose a new password',
    body: `Hello ${name},

open this link to choose a new password for your Beckon account:

${link}

It works once, for ${minutes} minutes. All your sign-ins end then. If you did not ask for it, ignore this mail: your password stays as it is.`,
  }),
  fr: ({ name, link, minutes }) => ({
    subject: 'Choisissez un nouveau mot de passe',
    body: `Bonjour ${name},

ouvrez ce lien pour choisir un nouveau mot de passe pour votre compte Beckon :

${link}

Il fonctionne une seule fois, pendant ${minutes} minutes. Toutes vos connexions prendront alors fin. Si vous n’avez rien demandé, ignorez ce message : votre mot de passe reste inchangé.`,
  }),
};

export function passwordResetMail(
  language: Language,
  values: { name: string; link: string; minutes: number },
): MailText {
  return render(PASSWORD_RESET, language, values);
}

const PASSWORD_CHANGED: Template<{ name: string; forgottenLink: string }> = {
  en: ({ name, forgottenLink }) => ({
    subject: 'Your password was changed',
    body: `Hello ${name},

the password of your Beckon account was just changed. If it was you, there is nothing to do. If it was not, choose a new one at once:

${forgottenLink}`,
  }),
  fr: ({ name, forgottenLink }) => ({
    subject: 'Votre mot de passe a été modifié',
    body: `Bonjour ${name},

le mot de passe de votre compte Beckon vient d’être modifié. Si c’était vous, vous n’avez rien à faire. Sinon, choisissez-en aussitôt un nouveau :

${forgottenLink}`,
  }),
};

/** Tells the owner of a new password, however it was set (ASVS 6.3.7). */
export function passwordChangedMail(language: Language, values: { name: string; forgottenLink: string }): MailText {
  return render(PASSWORD_CHANGED, language, values);
}

const MEMBER_INVITATION: Template<{ inviter: string; company: string; link: string; days: number }> = {
  en: ({ inviter, company, link, days }) => ({
    subject: `${inviter} invites you to ${company}`,
    body: `Hello,

${inviter} invites you to join the company ${company} on Beckon. Sign in, or sign up with this very address, and open:

${link}

It works once, for ${days} days, and only for the address that this mail was sent to.`,
  }),
  fr: ({ inviter, company, link, days }) => ({
    subject: `${inviter} vous invite à rejoindre ${company}`,
    body: `Bonjour,

${inviter} vous invite à rejoindre l’entreprise ${company} sur Beckon. Connectez-vous, ou inscrivez-vous avec cette même adresse, puis ouvrez :

${link}

Ce lien fonctionne une seule fois, pendant ${days} jours, et seulement pour l’adresse à laquelle ce message a été envoyé.`,
  }),
};

export function memberInvitationMail(
  language: Language,
  values: { inviter: string; company: string; link: string; days: number },
): MailText {
  return render(MEMBER_INVITATION, language, values);
}

const SESSION_INVITATION: Template<{ address: string; link: string }> = {
  en: ({ address, link }) => ({
    subject: 'Invitation to a remote session',
    body: `Hello,

I invite you to connect to my device with Beckon.

1. If you do not have the program yet, get it here: ${link}
2. Start it, enter this address and press Connect: ${address}

I will then be asked to let you in.`,
  }),
  fr: ({ address, link }) => ({
    subject: 'Invitation à une session à distance',
    body: `Bonjour,

je vous invite à vous connecter à mon appareil avec Beckon.

1. Si vous n’avez pas encore le programme, vous le trouverez ici : ${link}
2. Lancez-le, saisissez cette adresse et cliquez sur Connexion : ${address}

On me demandera alors de vous laisser entrer.`,
  }),
};

/**
 * The e-mail invitation (INV-06, INV-07), unsigned, because the person sends it in their own name.
 * @param values.address The inviting device's alias, or its ID in groups of three where it has none.
 * @param values.link The product's web address.
 */
export function sessionInvitationMail(language: Language, values: { address: string; link: string }): MailText {
  return SESSION_INVITATION[language](values);
}
