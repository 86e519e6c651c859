/** What to do about a refusal or an error, by its code; the server’s message says what is wrong. */
const en = {
  refusals: {
    UNKNOWN_ADDRESS: 'Check the ID or alias with the other side; their agent shows it at the top of `run`.',
    INVALID_ADDRESS: 'For example: invite 123 456 789, or invite front-desk@acme.',
    AMBIGUOUS_ADDRESS: 'For example: invite front-desk@acme.',
    OWN_DEVICE: 'Name another device: an invitation goes to somebody else.',
    VERSION_TOO_OLD: 'Update the client on that side, or invite by e-mail.',
    PLATFORM_NOT_SUPPORTED: 'Whoever runs the server can allow more platforms (INVITATION_PLATFORMS).',
    PROFILE_DISABLED: 'Choose another with --profile NAME; `status` lists them.',
    PERMISSIONS_LOCKED: 'Leave these out and try again.',
    NOT_PENDING: 'There is nothing left to do about this one; send a new one.',
    REVISION_OUTDATED: 'Read the new offer, then answer again.',
    CONTRADICTION: 'Name each permission once.',
    SESSION_ENDED: 'Start a new one with invite or request.',
    CODE_UNKNOWN: 'Check it letter by letter, or ask whoever gave it to you for a new one.',
    CODE_SPENT: 'Ask whoever gave it to you for a new one.',
    CODE_EXPIRED: 'Ask whoever gave it to you for a new one.',
    CODE_REVOKED: 'Ask whoever gave it to you for a new one.',
    ALREADY_MANAGED: 'Nothing has to be done. To move it to another company, unenrol it first.',
  },
  errors: {
    NETWORK: 'Is the server running there? Another address is given with --server URL.',
    UNAUTHENTICATED:
      'The server does not know this device (any more). Forget it with `unenrol --forget`, then enrol again.',
    FORBIDDEN: 'The other side may be able to.',
    NOT_FOUND: 'It may have been removed. `status` shows what there is.',
    PROTOCOL: 'Give the address of a Beckon server with --server URL.',
  },
  wait: (seconds: number) => `Try again in ${seconds} s.`,
};

const fr = {
  refusals: {
    UNKNOWN_ADDRESS: 'Vérifiez l’identifiant ou l’alias avec l’autre côté ; son agent l’affiche au début de `run`.',
    INVALID_ADDRESS: 'Par exemple : invite 123 456 789, ou invite accueil@acme.',
    AMBIGUOUS_ADDRESS: 'Par exemple : invite accueil@acme.',
    OWN_DEVICE: 'Nommez un autre appareil : une invitation s’adresse à quelqu’un d’autre.',
    VERSION_TOO_OLD: 'Mettez à jour le client de ce côté, ou invitez par e-mail.',
    PLATFORM_NOT_SUPPORTED: 'L’exploitant du serveur peut autoriser d’autres plateformes (INVITATION_PLATFORMS).',
    PROFILE_DISABLED: 'Choisissez-en un autre avec --profile NOM ; `status` les énumère.',
    PERMISSIONS_LOCKED: 'Laissez-les de côté et réessayez.',
    NOT_PENDING: 'Il n’y a plus rien à en faire ; envoyez-en une autre.',
    REVISION_OUTDATED: 'Lisez la nouvelle offre, puis répondez de nouveau.',
    CONTRADICTION: 'Nommez chaque autorisation une seule fois.',
    SESSION_ENDED: 'Ouvrez-en une autre avec invite ou request.',
    CODE_UNKNOWN: 'Vérifiez-le lettre par lettre, ou demandez-en un autre à qui vous l’a donné.',
    CODE_SPENT: 'Demandez-en un autre à qui vous l’a donné.',
    CODE_EXPIRED: 'Demandez-en un autre à qui vous l’a donné.',
    CODE_REVOKED: 'Demandez-en un autre à qui vous l’a donné.',
    ALREADY_MANAGED: 'Il n’y a rien à faire. Pour le confier à une autre entreprise, commencez par unenrol.',
  },
  errors: {
    NETWORK: 'Le serveur y est-il en marche ? Une autre adresse se donne avec --server URL.',
    UNAUTHENTICATED:
      'Le serveur ne connaît pas (ou plus) cet appareil. Oubliez-le avec `unenrol --forget`, puis inscrivez-le de nouveau.',
    FORBIDDEN: 'L’autre côté le peut peut-être.',
    NOT_FOUND: 'Cela n’existe peut-être plus. `status` montre ce qu’il y a.',
    PROTOCOL: 'Donnez l’adresse d’un serveur Beckon avec --server URL.',
  },
  wait: (seconds: number) => `Réessayez dans ${seconds} s.`,
} satisfies typeof en;

export const NEXT_STEPS = { en, fr };
