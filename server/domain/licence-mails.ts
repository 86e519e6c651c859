import type { Language } from '../db/tables/accounts.ts';
import type { Licence, LicenceEdition } from '../db/tables/licences.ts';
import { type MailText, render, type Template } from './mail-templates.ts';
import { SERVICE_NAMES } from './service-names.ts';

const EDITION_NAMES: Readonly<Record<LicenceEdition, string>> = {
  BUSINESS: 'Business',
  PREMIUM: 'Premium',
  CORPORATE: 'Corporate',
};

const ACTIVATION: Template<{
  product: string;
  edition: string;
  seats: number;
  until: string;
  link: string;
  days: number;
}> = {
  en: ({ product, edition, seats, until, link, days }) => ({
    subject: `Activate your licence: ${product}`,
    body: `Hello,

thank you for your purchase. This licence waits to be activated:

Product:      ${product} (${edition})
Endpoints:    ${seats}
Valid until:  ${until}

Open this link and press Activate:

${link}

Sign in with your account there, or create one: both lead to the same step. We recommend a generic account, one that belongs to no single person. If you bought several products, there is a mail for each, and each is activated by itself.

The link works for ${days} days. Whoever has it can activate the licence: do not pass it on.`,
  }),
  fr: ({ product, edition, seats, until, link, days }) => ({
    subject: `Activez votre licence : ${product}`,
    body: `Bonjour,

merci pour votre achat. Cette licence attend d’être activée :

Produit :             ${product} (${edition})
Terminaux :           ${seats}
Valable jusqu’au :    ${until}

Ouvrez ce lien, puis cliquez sur Activer :

${link}

Connectez-vous avec votre compte ou créez-en un : les deux mènent à la même étape. Nous recommandons un compte générique, qui n’appartient à personne en particulier. Si vous avez acheté plusieurs produits, vous recevez un message pour chacun, et chaque licence s’active séparément.

Le lien est valable ${days} jours. Quiconque le possède peut activer la licence : ne le transmettez pas.`,
  }),
};

/** The activation mail of a licence (LIC-01). Dates are given as ISO 8601 writes them, in UTC, alike in all languages. */
export function licenceActivationMail(
  language: Language,
  licence: Pick<Licence, 'product' | 'edition' | 'seats' | 'expiresAt'>,
  { link, days }: { link: string; days: number },
): MailText {
  return render(ACTIVATION, language, {
    product: SERVICE_NAMES[licence.product][language],
    edition: EDITION_NAMES[licence.edition],
    seats: licence.seats,
    until: new Date(licence.expiresAt).toISOString().slice(0, 10),
    link,
    days,
  });
}
