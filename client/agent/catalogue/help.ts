/** The help of the program, and of the commands that have little of it. At most 80 columns wide. */
const en = {
  description: 'The device’s side of Beckon: makes this machine a device, and takes part in invitations and sessions.',
  version: 'show the version',
  state: 'the file with this device’s identity',
  server: (address: string) => `the server, when it is first met (default: ${address})`,
  start: `
Start here, in two terminals:
  $ npm run agent -- enrol      this machine gets an ID
  $ npm run agent -- run        it is online and shows who invites it

A second device, to try it alone:
  $ npm run agent -- --state data/two.json enrol
  $ npm run agent -- --state data/two.json invite 123 456 789

Each command has examples of its own: npm run agent -- run --help`,
  enrol: {
    description: 'Make this machine known to a server, and put it under a company’s management with a code.',
    code: 'an enrolment code that a member of the company made (XXXX-XXXX-…)',
    name: 'what to call the device (default: the host name)',
    simulate:
      'register as another machine: platform=WINDOWS,version=7.1.0,kind=HOST (for demos and tests; it shows that it is simulated)',
    examples: `
Examples:
  $ npm run agent -- enrol
  $ npm run agent -- --server https://beckon.example enrol --code ABCD-EFGH-…
  $ npm run agent -- --state b.json enrol --simulate platform=WINDOWS
      a second, simulated device beside the first

Registering gives the device its public ID and its credential, which is kept in
the state file. With a code, now or later, the device becomes a managed device
of the company that the code is of.`,
  },
  invite: {
    description: 'Invite somebody to this device, and wait for the answer.',
    address: 'ID (blanks do not matter) or alias of the other device',
    profile: 'permission profile (default: Default)',
    grant: 'allow these on top of the profile: AUDIO,INPUT',
    revoke: 'take these away from the profile',
    note: 'words to the other side',
    origin: (origins: string) => `where in the client it was started: ${origins}`,
    noWait: 'do not wait for the answer',
    examples: `
Examples:
  $ npm run agent -- invite 123 456 789
  $ npm run agent -- invite front-desk@acme --profile "Screen sharing"
  $ npm run agent -- invite front-desk@acme --note "the printer again"
  $ npm run agent -- invite front-desk@acme --revoke FILE_MANAGER --no-wait

The other side has two minutes. Ctrl+C while waiting takes the invitation back.
Ends with 0 where they connected, else with 1.`,
  },
  sessions: {
    description: 'List the support sessions of this device, newest first.',
    last: 'how many',
    examples: '\nExamples:\n  $ npm run agent -- sessions\n  $ npm run agent -- sessions --last 100',
  },
  status: {
    description: 'Show this device, its permission profiles, what waits and what runs.',
    examples: '\nExample:\n  $ npm run agent -- status',
  },
  unenrol: {
    description: 'Remove this device from the server for good: its ID is never given again.',
    yes: 'do not ask',
    forget: 'only forget the device on this machine, such as when the server has removed it',
    examples: '\nExamples:\n  $ npm run agent -- unenrol\n  $ npm run agent -- unenrol --forget',
  },
};

const fr = {
  description:
    'Beckon côté appareil : fait de cette machine un appareil, qui prend part aux invitations et aux sessions.',
  version: 'afficher la version',
  state: 'le fichier qui contient l’identité de cet appareil',
  server: (address: string) => `le serveur, lors du premier contact (par défaut : ${address})`,
  start: `
Pour commencer, dans deux terminaux :
  $ npm run agent -- enrol      cette machine reçoit un identifiant
  $ npm run agent -- run        elle est en ligne et montre qui l’invite

Un second appareil, pour essayer seul :
  $ npm run agent -- --state data/deux.json enrol
  $ npm run agent -- --state data/deux.json invite 123 456 789

Chaque commande a ses propres exemples : npm run agent -- run --help`,
  enrol: {
    description:
      'Déclarer cette machine auprès d’un serveur et, avec un code, la confier à la gestion d’une entreprise.',
    code: 'un code d’inscription créé par un membre de l’entreprise (XXXX-XXXX-…)',
    name: 'le nom de l’appareil (par défaut : celui de la machine)',
    simulate:
      'se déclarer comme une autre machine : platform=WINDOWS,version=7.1.0,kind=HOST (pour les démonstrations et les tests ; la simulation est signalée)',
    examples: `
Exemples :
  $ npm run agent -- enrol
  $ npm run agent -- --server https://beckon.example enrol --code ABCD-EFGH-…
  $ npm run agent -- --state b.json enrol --simulate platform=WINDOWS
      un second appareil, simulé, à côté du premier

En se déclarant, l’appareil reçoit son identifiant public et sa clé d’accès,
gardée dans le fichier d’identité. Avec un code, maintenant ou plus tard, il
devient un appareil géré de l’entreprise à laquelle appartient le code.`,
  },
  invite: {
    description: 'Inviter quelqu’un sur cet appareil, et attendre la réponse.',
    address: 'identifiant (avec ou sans espaces) ou alias de l’autre appareil',
    profile: 'profil d’autorisations (par défaut : Default)',
    grant: 'autoriser en plus du profil : AUDIO,INPUT',
    revoke: 'retirer du profil',
    note: 'un mot pour l’autre côté',
    origin: (origins: string) => `d’où l’invitation est partie dans le client : ${origins}`,
    noWait: 'ne pas attendre la réponse',
    examples: `
Exemples :
  $ npm run agent -- invite 123 456 789
  $ npm run agent -- invite accueil@acme --profile "Screen sharing"
  $ npm run agent -- invite accueil@acme --note "encore l’imprimante"
  $ npm run agent -- invite accueil@acme --revoke FILE_MANAGER --no-wait

L’autre côté a deux minutes. Pendant l’attente, Ctrl+C annule l’invitation.
Le code de sortie est 0 si la connexion a eu lieu, sinon 1.`,
  },
  sessions: {
    description: 'Lister les sessions d’assistance de cet appareil, de la plus récente à la plus ancienne.',
    last: 'combien',
    examples: '\nExemples :\n  $ npm run agent -- sessions\n  $ npm run agent -- sessions --last 100',
  },
  status: {
    description: 'Montrer cet appareil, ses profils d’autorisations, ce qui attend et ce qui est en cours.',
    examples: '\nExemple :\n  $ npm run agent -- status',
  },
  unenrol: {
    description: 'Retirer définitivement cet appareil du serveur : son identifiant ne sera jamais réattribué.',
    yes: 'ne pas demander confirmation',
    forget: 'oublier seulement l’appareil sur cette machine, par exemple quand le serveur l’a retiré',
    examples: '\nExemples :\n  $ npm run agent -- unenrol\n  $ npm run agent -- unenrol --forget',
  },
} satisfies typeof en;

export const HELP = { en, fr };
