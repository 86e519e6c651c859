/** The help of the operator's command line. At most 80 columns wide. */
const en = {
  placeholders: {
    address: 'address',
    command: 'command',
    edition: 'edition',
    email: 'email',
    file: 'file',
    id: 'id',
    language: 'language',
    licence: 'licence',
    number: 'number',
    product: 'product',
    status: 'status',
    term: 'term',
    url: 'url',
  },
  description: 'What the operator of a Beckon server does with licences.',
  server: 'the server',
  tokenFile: (variable: string) => `a file with the operator’s token (default: ${variable} in the environment)`,
  start: (variable: string) => `
Start here:
  $ npm start -- operator-token      on the server: shows a new token, bkn_opr_…
  $ export ${variable}=bkn_opr_…
  $ npm run operator -- issue it@north.example monitoring:10:12m
  $ npm run operator -- list

Each command has examples of its own: npm run operator -- issue --help
Ends with 0 when it was done, 1 when it was refused or failed, 2 when it was
called in a wrong way.`,
  licenceId: 'the licence, lic_…',
  json: 'one JSON object a line, for programs',
  buyer: 'the address that bought them',
  issue: {
    description: 'Issue licences for one purchase, and mail an activation link for each.',
    email: 'the address that bought them; a mail for each licence goes there',
    licence: 'product:seats:term, or product:seats:term:edition',
    mailLanguage: 'of the mails: en or fr (default: that of the buyer’s account, else of this program)',
    order: 'number of the order: sent again within a day, it issues nothing new',
    examples: (products: string) => `
Products:
${products}

Terms:
  12m is twelve months from now on; 2027-12-31 is the day that it ends on (UTC)

Examples:
  $ npm run operator -- issue it@north.example monitoring:10:12m
  $ npm run operator -- issue it@north.example monitoring:50:12m \\
      backup:5:2027-12-31:business --mail-language fr
  $ npm run operator -- issue it@north.example backup:20:36m --order 2026-0815`,
  },
  list: {
    description: 'List licences, the last issued first.',
    examples: `
Examples:
  $ npm run operator -- list --status issued
  $ npm run -s operator -- list --json | jq -r .id`,
  },
  resend: {
    description: 'Mail a new activation link; the one before is void.',
    mailLanguage: 'of the mail: en or fr (default: that of the buyer’s account, else of this program)',
    examples: '\nExample:\n  $ npm run operator -- resend lic_… --mail-language fr',
  },
  revokeLink: {
    description: 'Void the activation link of a licence that nobody has activated, also for those who signed up by it.',
    examples: '\nExample:\n  $ npm run operator -- revoke-link lic_…\n\nresend makes a new one.',
  },
  suspend: {
    description: 'Suspend a licence: nothing new can be done with it until it is resumed.',
    examples: '\nExample:\n  $ npm run operator -- suspend lic_…',
  },
  resume: {
    description: 'End the suspension of a licence.',
    examples: '\nExample:\n  $ npm run operator -- resume lic_…',
  },
  renew: {
    description: 'Set a new end of the term.',
    term: '12m: twelve months from its present end on, or from now where that is over; or the new last day',
    examples: '\nExamples:\n  $ npm run operator -- renew lic_… 12m\n  $ npm run operator -- renew lic_… 2028-06-30',
  },
  audit: {
    description: (newest: number) => `Show the newest ${newest} records of what the operator did, the last first.`,
    licence: 'only what was done to this licence, lic_…',
    examples: `
Examples:
  $ npm run operator -- audit
  $ npm run operator -- audit --licence lic_…

The whole log, as JSON Lines, is at /audit.jsonl, with the operator’s token.`,
  },
};

const fr = {
  placeholders: {
    address: 'adresse',
    command: 'commande',
    edition: 'édition',
    email: 'e-mail',
    file: 'fichier',
    id: 'id',
    language: 'langue',
    licence: 'licence',
    number: 'numéro',
    product: 'produit',
    status: 'statut',
    term: 'durée',
    url: 'url',
  },
  description: 'Ce que l’exploitant d’un serveur Beckon fait des licences.',
  server: 'le serveur',
  tokenFile: (variable: string) =>
    `un fichier avec le jeton de l’exploitant (par défaut : ${variable} dans l’environnement)`,
  start: (variable: string) => `
Pour commencer :
  $ npm start -- operator-token      sur le serveur : nouveau jeton, bkn_opr_…
  $ export ${variable}=bkn_opr_…
  $ npm run operator -- issue it@north.example monitoring:10:12m
  $ npm run operator -- list

Chaque commande a ses propres exemples : npm run operator -- issue --help
Le code de sortie est 0 si c’est fait, 1 en cas de refus ou d’échec, 2 si la
commande est mal écrite.`,
  licenceId: 'la licence, lic_…',
  json: 'un objet JSON par ligne, pour les programmes',
  buyer: 'l’adresse qui les a achetées',
  issue: {
    description: 'Émettre les licences d’un achat, et envoyer pour chacune un lien d’activation.',
    email: 'l’adresse qui les a achetées ; elle reçoit un e-mail par licence',
    licence: 'produit:places:durée, ou produit:places:durée:édition',
    mailLanguage: 'langue des e-mails : en ou fr (par défaut : celle du compte de l’acheteur, sinon de ce programme)',
    order: 'numéro de la commande : renvoyée dans la journée, elle n’émet rien de nouveau',
    examples: (products: string) => `
Produits :
${products}

Durées :
  12m, douze mois à partir d’aujourd’hui ; 2027-12-31, le jour de la fin (UTC)

Exemples :
  $ npm run operator -- issue it@north.example monitoring:10:12m
  $ npm run operator -- issue it@north.example monitoring:50:12m \\
      backup:5:2027-12-31:business --mail-language fr
  $ npm run operator -- issue it@north.example backup:20:36m --order 2026-0815`,
  },
  list: {
    description: 'Lister les licences, de la dernière émise à la première.',
    examples: `
Exemples :
  $ npm run operator -- list --status issued
  $ npm run -s operator -- list --json | jq -r .id`,
  },
  resend: {
    description: 'Envoyer un nouveau lien d’activation ; le précédent ne vaut plus rien.',
    mailLanguage: 'langue de l’e-mail : en ou fr (par défaut : celle du compte de l’acheteur, sinon de ce programme)',
    examples: '\nExemple :\n  $ npm run operator -- resend lic_… --mail-language fr',
  },
  revokeLink: {
    description:
      'Révoquer le lien d’activation d’une licence que personne n’a activée, y compris pour qui s’est inscrit par lui.',
    examples: '\nExemple :\n  $ npm run operator -- revoke-link lic_…\n\nresend en fait un nouveau.',
  },
  suspend: {
    description: 'Suspendre une licence : rien de nouveau n’est possible avec elle jusqu’à sa reprise.',
    examples: '\nExemple :\n  $ npm run operator -- suspend lic_…',
  },
  resume: {
    description: 'Mettre fin à la suspension d’une licence.',
    examples: '\nExemple :\n  $ npm run operator -- resume lic_…',
  },
  renew: {
    description: 'Fixer une nouvelle fin.',
    term: '12m : douze mois à partir de sa fin actuelle, ou d’aujourd’hui si elle est passée ; ou le nouveau dernier jour',
    examples: '\nExemples :\n  $ npm run operator -- renew lic_… 12m\n  $ npm run operator -- renew lic_… 2028-06-30',
  },
  audit: {
    description: (newest: number) =>
      `Montrer les ${newest} dernières actions de l’exploitant, la plus récente d’abord.`,
    licence: 'seulement ce qui concerne cette licence, lic_…',
    examples: `
Exemples :
  $ npm run operator -- audit
  $ npm run operator -- audit --licence lic_…

Le journal entier, en JSON Lines, est à /audit.jsonl, avec le jeton de
l’exploitant.`,
  },
} satisfies typeof en;

export const HELP = { en, fr };
