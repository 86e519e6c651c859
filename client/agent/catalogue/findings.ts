import { formatsOf } from '../../cli/formats.ts';

/** What the services find on a machine: alerts and threats, as technicians read them. */
const english = formatsOf('en');
const en = {
  monitoring: {
    cpu: (measured: string, bound: string, lasting: string) =>
      `The processors are busy to ${measured}, ${bound} or more${lasting}.`,
    memory: (measured: string, bound: string, lasting: string) =>
      `Memory is in use to ${measured}, ${bound} or more${lasting}.`,
    lasting: (duration: string) => ` for ${duration}`,
    disk: (mount: string, free: string, bound: string) => `The disk ${mount} has ${free} free: less than ${bound}.`,
    process: (name: string) => `The program ${name} is not running.`,
    service: (name: string) => `The service ${name} is not running.`,
  },
  web: {
    down: (name: string, failure: string) => `${name} does not answer as it should: ${failure}`,
    redirects: (most: number) => `It redirects more than ${most} times.`,
    late: (seconds: number) => `No answer within ${seconds} s.`,
    status: (status: number, expected: number) => `It answers ${status} instead of ${expected}.`,
    text: (text: string) => `Its answer does not have the text “${text}”.`,
    protocol: (protocol: string) => `${protocol} is neither http nor https.`,
    problems: {
      ECONNREFUSED: 'Nothing listens there.',
      ECONNRESET: 'It closed the connection without an answer.',
      ENOTFOUND: 'Its name is not known.',
      EAI_AGAIN: 'Its name cannot be looked up now.',
      EHOSTUNREACH: 'It cannot be reached.',
      ENETUNREACH: 'Its network cannot be reached.',
      ETIMEDOUT: 'It cannot be reached in time.',
    },
    certificateExpired: (name: string, day: string) => `The certificate of ${name} has expired on ${day}.`,
    certificateUntrusted: (name: string, problem: string) =>
      `The certificate of ${name} cannot be trusted (${problem}).`,
    certificateEnds: (name: string, days: number) =>
      `The certificate of ${name} holds for ${english.count(days, 'more day', 'more days')} only.`,
  },
  patches: {
    pending: (updates: number) => `${english.count(updates, 'update waits', 'updates wait')}.`,
    pendingSecurity: (updates: number, security: number) =>
      `${english.count(updates, 'update waits', 'updates wait')}, ${english.number(security)} of them about security.`,
    rebootRequired: 'This machine has to be restarted to complete updates.',
    rebootRequiredFor: (packages: string) => `This machine has to be restarted to complete updates: ${packages}.`,
    rebootFailed: (problem: string) => `This machine could not be restarted: ${problem}`,
  },
  protection: {
    quarantined: (path: string, threat: string) => `${path} is ${threat}. It was moved to quarantine.`,
    left: (path: string, threat: string) => `${path} is ${threat}. It was left where it is.`,
    notMoved: (path: string, threat: string, problem: string) => `${path} is ${threat}. ${problem}`,
  },
  backup: {
    failed: (set: string, problem: string) => `${set} was not backed up: ${problem}`,
    damaged: (chunks: number, snapshot: string) =>
      `${english.count(chunks, 'chunk is', 'chunks are')} damaged or missing in the snapshot ${snapshot}.`,
  },
};

const french = formatsOf('fr');
const fr = {
  monitoring: {
    cpu: (measured: string, bound: string, lasting: string) =>
      `Les processeurs sont occupés à ${measured}, au moins ${bound}${lasting}.`,
    memory: (measured: string, bound: string, lasting: string) =>
      `La mémoire est occupée à ${measured}, au moins ${bound}${lasting}.`,
    lasting: (duration: string) => ` depuis ${duration}`,
    disk: (mount: string, free: string, bound: string) =>
      `Le disque ${mount} n’a plus que ${free} d’espace libre : moins de ${bound}.`,
    process: (name: string) => `Le programme ${name} ne tourne pas.`,
    service: (name: string) => `Le service ${name} ne tourne pas.`,
  },
  web: {
    down: (name: string, failure: string) => `${name} ne répond pas comme il faut : ${failure}`,
    redirects: (most: number) => `L’adresse redirige plus de ${most} fois.`,
    late: (seconds: number) => `Pas de réponse en ${french.number(seconds)} s.`,
    status: (status: number, expected: number) => `Réponse ${status} au lieu de ${expected}.`,
    text: (text: string) => `La réponse ne contient pas le texte « ${text} ».`,
    protocol: (protocol: string) => `${protocol} n’est ni http ni https.`,
    problems: {
      ECONNREFUSED: 'Rien n’écoute à cette adresse.',
      ECONNRESET: 'La connexion a été fermée sans réponse.',
      ENOTFOUND: 'Ce nom est inconnu.',
      EAI_AGAIN: 'Ce nom ne peut pas être résolu pour l’instant.',
      EHOSTUNREACH: 'L’adresse est injoignable.',
      ENETUNREACH: 'Le réseau est injoignable.',
      ETIMEDOUT: 'L’adresse est injoignable à temps.',
    },
    certificateExpired: (name: string, day: string) => `Le certificat de ${name} a expiré le ${day}.`,
    certificateUntrusted: (name: string, problem: string) => `Le certificat de ${name} n’est pas fiable (${problem}).`,
    certificateEnds: (name: string, days: number) =>
      `Le certificat de ${name} n’est plus valable que ${french.count(days, 'jour', 'jours')}.`,
  },
  patches: {
    pending: (updates: number) => `${french.count(updates, 'mise à jour attend', 'mises à jour attendent')}.`,
    pendingSecurity: (updates: number, security: number) =>
      `${french.count(updates, 'mise à jour attend', 'mises à jour attendent')}, dont ${french.number(security)} de sécurité.`,
    rebootRequired: 'Cette machine doit être redémarrée pour achever les mises à jour.',
    rebootRequiredFor: (packages: string) =>
      `Cette machine doit être redémarrée pour achever les mises à jour : ${packages}.`,
    rebootFailed: (problem: string) => `Cette machine n’a pas pu être redémarrée : ${problem}`,
  },
  protection: {
    quarantined: (path: string, threat: string) => `${path} est ${threat}. Le fichier a été mis en quarantaine.`,
    left: (path: string, threat: string) => `${path} est ${threat}. Le fichier a été laissé en place.`,
    notMoved: (path: string, threat: string, problem: string) => `${path} est ${threat}. ${problem}`,
  },
  backup: {
    failed: (set: string, problem: string) => `${set} n’a pas été sauvegardé : ${problem}`,
    damaged: (chunks: number, snapshot: string) =>
      `Instantané ${snapshot} : ${french.count(chunks, 'bloc endommagé ou manquant', 'blocs endommagés ou manquants')}.`,
  },
} satisfies typeof en;

export const FINDINGS = { en, fr };
