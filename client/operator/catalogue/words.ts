import { formatsOf } from '../../cli/formats.ts';

/** What the operator's commands say, and what goes wrong. */
const english = formatsOf('en');
const en = {
  licence: {
    title: (id: string, product: string, edition: string, used: number, seats: number) =>
      `${id}  ${product} ${edition}  ${used}/${english.number(seats)} seats`,
    standing: (status: string, day: string, who: string) => `${status}, until ${day}, ${who}`,
    statuses: { ISSUED: 'issued', ACTIVE: 'active', SUSPENDED: 'suspended', EXPIRED: 'expired' },
    holder: (name: string, email: string) => `held by ${name} <${email}>`,
    buyer: (email: string) => `bought by ${email}`,
    links: { OPEN: 'link open', REVOKED: 'link revoked', EXPIRED: 'link expired' },
  },
  none: 'There is none.',
  onTheServer: 'on the server',
  problems: {
    noServer: (text: string, example: string) =>
      `“${text}” is no address of a server. For example: --server ${example}`,
    noToken: (variable: string) =>
      `The operator’s token is missing. Set ${variable}, or put it into a file and give --token-file FILE. The server showed it at its first start; \`npm start -- operator-token\` makes a new one.`,
    tokenUnreadable: (problem: string) => `The token cannot be read: ${problem}`,
    mailLanguage: '--mail-language is en or fr.',
    noSuch: {
      product: (text: string, known: string) => `“${text}” is no product. Use one of: ${known}.`,
      edition: (text: string, known: string) => `“${text}” is no edition. Use one of: ${known}.`,
      status: (text: string, known: string) => `“${text}” is no status. Use one of: ${known}.`,
    },
    noTerm: (text: string) =>
      `“${text}” is no term. Write 12m for twelve months, or the day that it ends on: 2027-12-31.`,
    noLicence: (text: string) => `“${text}” is no licence. Write product:seats:term, for example monitoring:10:12m.`,
    at: (path: string, problem: string) => `${path}: ${problem}`,
  },
  nextSteps: {
    ALREADY_ACTIVATED: 'There is nothing to send or revoke any more. To stop its use: suspend.',
    LICENCE_SUSPENDED: 'Resume it first.',
    LICENCE_EXPIRED: 'Renew it first.',
    NETWORK: 'Is the server running there? Another address is given with --server URL.',
    UNAUTHENTICATED:
      'This is not the operator’s token (any more). Make a new one on the server: npm start -- operator-token',
    FORBIDDEN: 'This takes the operator’s token, which begins with bkn_opr_.',
    NOT_FOUND: 'List the licences, and copy the whole id.',
    PROTOCOL: 'Give the address of a Beckon server with --server URL.',
  },
};

const french = formatsOf('fr');
const fr = {
  licence: {
    title: (id: string, product: string, edition: string, used: number, seats: number) =>
      `${id}  ${product} ${edition}  ${used}/${french.count(seats, 'place', 'places')}`,
    standing: (status: string, day: string, who: string) => `${status}, jusqu’au ${day}, ${who}`,
    statuses: { ISSUED: 'émise', ACTIVE: 'activée', SUSPENDED: 'suspendue', EXPIRED: 'arrivée à son terme' },
    holder: (name: string, email: string) => `détenue par ${name} <${email}>`,
    buyer: (email: string) => `achetée par ${email}`,
    links: { OPEN: 'lien utilisable', REVOKED: 'lien révoqué', EXPIRED: 'lien expiré' },
  },
  none: 'Il n’y en a pas.',
  onTheServer: 'sur le serveur',
  problems: {
    noServer: (text: string, example: string) =>
      `« ${text} » n’est pas l’adresse d’un serveur. Par exemple : --server ${example}`,
    noToken: (variable: string) =>
      `Il manque le jeton de l’exploitant. Définissez ${variable}, ou mettez-le dans un fichier et donnez --token-file FICHIER. Le serveur l’a montré à son premier démarrage ; \`npm start -- operator-token\` en fait un nouveau.`,
    tokenUnreadable: (problem: string) => `Le jeton est illisible : ${problem}`,
    mailLanguage: '--mail-language vaut en ou fr.',
    noSuch: {
      product: (text: string, known: string) => `« ${text} » n’est pas un produit. Il y a : ${known}.`,
      edition: (text: string, known: string) => `« ${text} » n’est pas une édition. Il y a : ${known}.`,
      status: (text: string, known: string) => `« ${text} » n’est pas un statut. Il y a : ${known}.`,
    },
    noTerm: (text: string) =>
      `« ${text} » n’est pas une durée. Écrivez 12m pour douze mois, ou le jour de la fin : 2027-12-31.`,
    noLicence: (text: string) =>
      `« ${text} » n’est pas une licence. Écrivez produit:places:durée, par exemple monitoring:10:12m.`,
    at: (path: string, problem: string) => `${path} : ${problem}`,
  },
  nextSteps: {
    ALREADY_ACTIVATED: 'Il n’y a plus rien à envoyer ni à révoquer. Pour en arrêter l’usage : suspend.',
    LICENCE_SUSPENDED: 'Commencez par la reprendre : resume.',
    LICENCE_EXPIRED: 'Commencez par la renouveler : renew.',
    NETWORK: 'Le serveur y est-il en marche ? Une autre adresse se donne avec --server URL.',
    UNAUTHENTICATED:
      'Ce n’est pas (ou plus) le jeton de l’exploitant. Faites-en un nouveau sur le serveur : npm start -- operator-token',
    FORBIDDEN: 'Il faut le jeton de l’exploitant, qui commence par bkn_opr_.',
    NOT_FOUND: 'Listez les licences, et recopiez l’id en entier.',
    PROTOCOL: 'Donnez l’adresse d’un serveur Beckon avec --server URL.',
  },
} satisfies typeof en;

export const WORDS = { en, fr };
