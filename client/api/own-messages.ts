/** A sentence of the client itself, in every language that it speaks (API-08). */
export type OwnMessage = Readonly<Record<'en' | 'fr', string>>;

/** What the client says where no server does. */
export const OWN_MESSAGES = {
  alertsHidden: {
    en: 'No permission of yours shows alerts of this company.',
    fr: 'Aucune de vos permissions ne montre les alertes de cette entreprise.',
  },
  closed: { en: 'The client was closed.', fr: 'Le client a été fermé.' },
  cursorMissing: { en: 'Name the cursor to begin after.', fr: 'Indiquez le curseur après lequel commencer.' },
  deviceOnly: {
    en: 'This takes the credential of a device.',
    fr: 'Il faut pour cela la clé d’accès d’un appareil.',
  },
  membersOnly: {
    en: 'This is for members of a company.',
    fr: 'C’est réservé aux membres d’une entreprise.',
  },
  noCompany: {
    en: 'There is no such company that you may see.',
    fr: 'Aucune entreprise de ce genre n’est visible pour vous.',
  },
  noReason: { en: 'The server gave no reason.', fr: 'Le serveur n’a pas donné de raison.' },
  noSession: {
    en: 'There is no such session that you may see.',
    fr: 'Aucune session de ce genre n’est visible pour vous.',
  },
  notLetIn: { en: 'The server refused the connection.', fr: 'Le serveur a refusé la connexion.' },
  notTaken: {
    en: 'The server does not take this sign-in, token or credential.',
    fr: 'Le serveur n’accepte pas cette connexion, ce jeton ou cette clé d’accès.',
  },
  signInFirst: { en: 'Sign in first.', fr: 'Connectez-vous d’abord.' },
  streamBroke: { en: 'The stream of events broke.', fr: 'Le flux d’événements s’est rompu.' },
  unknownAnswer: {
    en: 'The server answered something that this client does not know. Update the client.',
    fr: 'Le serveur a répondu quelque chose que ce client ne connaît pas. Mettez le client à jour.',
  },
} satisfies Readonly<Record<string, OwnMessage>>;
