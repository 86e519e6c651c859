import type { Language } from '../db/tables/accounts.ts';

/**
 * The version of the text below: the day it was written. Whoever changes the text changes this, so that what is stored
 * with an account names what was accepted (LIC-05).
 */
export const EULA_VERSION = '2026-11-20';

const TEXTS: Readonly<Record<Language, string>> = {
  en: `Beckon – end-user licence agreement (version ${EULA_VERSION})

1. What this is about. Whoever runs this Beckon server ("the operator") lets you use it to support and manage devices
   remotely. The software itself is under the Apache License 2.0.
2. Your account. You give a true e-mail address, keep your password and tokens to yourself, and answer for what is done
   with them. Tell the operator at once when somebody else may have them.
3. Other people's devices. You connect to a device only when whoever is in charge of it agrees, and only with the
   permissions that were granted. Recording a session needs the consent that your law asks for.
4. What is stored. Your name, address, devices, sessions and every change that you make are logged, with time and network
   address, so that all concerned can see what happened. The operator decides how long and answers for it.
5. What you must not do. No spying, no getting round permissions, no harming devices or this server, nothing unlawful.
6. No warranty. The service is offered as it is; the operator may limit or end it. Rights that the law gives you and that
   cannot be waived stay untouched.
7. Ending. You may stop at any time. The operator may close an account that breaks these rules.
`,
  fr: `Beckon – contrat de licence utilisateur final (version ${EULA_VERSION})

1. Objet. La personne qui exploite ce serveur Beckon (« l’exploitant ») vous permet de l’utiliser pour assister et gérer
   des appareils à distance. Le logiciel lui-même est sous licence Apache 2.0.
2. Votre compte. Vous indiquez une adresse e-mail véritable, gardez pour vous votre mot de passe et vos jetons, et répondez
   de l’usage qui en est fait. Prévenez aussitôt l’exploitant si quelqu’un d’autre a pu les obtenir.
3. Les appareils d’autrui. Vous ne vous connectez à un appareil qu’avec l’accord de la personne qui en a la charge, et
   avec les seules autorisations accordées. Enregistrer une session exige le consentement que prévoit votre droit.
4. Ce qui est conservé. Votre nom, votre adresse, vos appareils, vos sessions et chacune de vos modifications sont
   journalisés, avec l’heure et l’adresse réseau, afin que toutes les personnes concernées puissent voir ce qui s’est
   passé. L’exploitant en fixe la durée et en répond.
5. Ce qui est interdit. Espionner, contourner les autorisations, nuire aux appareils ou à ce serveur, enfreindre la loi.
6. Absence de garantie. Le service est fourni en l’état ; l’exploitant peut le limiter ou y mettre fin. Les droits que la
   loi vous accorde et auxquels on ne peut renoncer demeurent.
7. Fin. Vous pouvez cesser à tout moment. L’exploitant peut fermer un compte qui enfreint ces règles.
`,
};

export interface Eula {
  readonly version: string;
  readonly language: Language;
  readonly text: string;
}

/** The agreement in force. Public: it is read before there is an account. */
export function currentEula(language: Language): Eula {
  return { version: EULA_VERSION, language, text: TEXTS[language] };
}
