import { formatsOf } from '../../cli/formats.ts';

/** What `check` says. */
const english = formatsOf('en');
const en = {
  over: (subject: string) => `over: ${subject}`,
  monitoring: {
    measured: (processors: string, memory: string, free: string) =>
      `processors ${processors}, memory ${memory} (${free} free)`,
    free: (percent: string) => `${percent} free`,
  },
  assets: {
    machine: 'machine',
    serialNumber: 'serial number',
    system: 'system',
    name: 'name',
    processor: 'processor',
    memory: 'memory',
    disk: 'disk',
    network: 'network',
    packages: 'packages',
    notTold: 'not told',
    cores: (processor: string, cores: number) => `${processor}, ${english.count(cores, 'core', 'cores')}`,
    count: (packages: number, manager: string) => `${english.number(packages)}, as ${manager} tells`,
    noManager: 'no package manager that is known is here',
  },
  patches: {
    noManager: 'Neither apt, dnf, brew nor winget is here: nothing can be said about updates.',
    waiting: (updates: number, manager: string) =>
      `${english.count(updates, 'update waits', 'updates wait')}, as ${manager} tells.`,
    security: 'security',
    leave: 'Installing needs your leave: --allow-patching.',
    noSuch: 'No update that waits has such a name.',
    installed: (names: string) => `Installed: ${names}.`,
  },
  web: {
    noAddress: (text: string) => `“${text}” is no address of the web.`,
    noAnswer: (url: string, milliseconds: number) => `${url}: no answer in ${milliseconds} ms`,
    answer: (url: string, status: number, milliseconds: number) => `${url}: status ${status} in ${milliseconds} ms`,
    certificate: (issuer: string, days: number) =>
      `, certificate of ${issuer} for ${english.count(days, 'more day', 'more days')}`,
    fine: 'as it should be',
  },
  scan: {
    notRead: (path: string, reason: string) => `not read: ${path} (${reason})`,
    done: (engine: string, threats: number) =>
      `Scanned with ${engine}. ${english.count(threats, 'threat', 'threats')}.`,
    counted: (files: number, size: string, tooLarge: number, unread: number) =>
      `${english.count(files, 'file', 'files')}, ${size}, ${english.number(tooLarge)} too large, ${english.number(unread)} not readable.`,
    nothing: 'There is nothing in quarantine.',
    putBack: (path: string) => `Put back: ${path}`,
  },
  backup: {
    leftOut: (path: string, reason: string) => `left out: ${path} (${reason})`,
    taken: (id: string, files: number, size: string, added: string) =>
      `${id}: ${english.count(files, 'file', 'files')}, ${size}, ${added} new.`,
    files: (files: number) => english.count(files, 'file', 'files'),
    none: 'There are no snapshots.',
    whole: (chunks: number) => `All ${english.count(chunks, 'chunk is', 'chunks are')} whole.`,
    restored: (files: number, size: string, folder: string) =>
      `Restored ${english.count(files, 'file', 'files')}, ${size}, below ${folder}.`,
    pruned: (snapshots: number, size: string) =>
      `${english.count(snapshots, 'snapshot', 'snapshots')} removed, ${size} freed.`,
  },
};

const french = formatsOf('fr');
const fr = {
  over: (subject: string) => `terminé : ${subject}`,
  monitoring: {
    measured: (processors: string, memory: string, free: string) =>
      `processeurs ${processors}, mémoire ${memory} (${free} libres)`,
    free: (percent: string) => `${percent} libres`,
  },
  assets: {
    machine: 'machine',
    serialNumber: 'numéro de série',
    system: 'système',
    name: 'nom',
    processor: 'processeur',
    memory: 'mémoire',
    disk: 'disque',
    network: 'réseau',
    packages: 'paquets',
    notTold: 'non communiqué',
    cores: (processor: string, cores: number) => `${processor}, ${french.count(cores, 'cœur', 'cœurs')}`,
    count: (packages: number, manager: string) => `${french.number(packages)}, selon ${manager}`,
    noManager: 'aucun gestionnaire de paquets connu ici',
  },
  patches: {
    noManager: 'Ni apt, ni dnf, ni brew, ni winget ici : on ne peut rien dire des mises à jour.',
    waiting: (updates: number, manager: string) =>
      `${french.count(updates, 'mise à jour attend', 'mises à jour attendent')}, selon ${manager}.`,
    security: 'sécurité',
    leave: 'Pour installer, il faut votre permission : --allow-patching.',
    noSuch: 'Aucune mise à jour en attente ne porte un tel nom.',
    installed: (names: string) => `Installé : ${names}.`,
  },
  web: {
    noAddress: (text: string) => `« ${text} » n’est pas une adresse web.`,
    noAnswer: (url: string, milliseconds: number) => `${url} : pas de réponse en ${milliseconds} ms`,
    answer: (url: string, status: number, milliseconds: number) => `${url} : statut ${status} en ${milliseconds} ms`,
    certificate: (issuer: string, days: number) =>
      `, certificat de ${issuer} encore valable ${french.count(days, 'jour', 'jours')}`,
    fine: 'tout va bien',
  },
  scan: {
    notRead: (path: string, reason: string) => `non lu : ${path} (${reason})`,
    done: (engine: string, threats: number) => `Analyse par ${engine}. ${french.count(threats, 'menace', 'menaces')}.`,
    counted: (files: number, size: string, tooLarge: number, unread: number) =>
      `${french.count(files, 'fichier', 'fichiers')}, ${size}, trop gros : ${french.number(tooLarge)}, illisibles : ${french.number(unread)}.`,
    nothing: 'Il n’y a rien en quarantaine.',
    putBack: (path: string) => `Remis en place : ${path}`,
  },
  backup: {
    leftOut: (path: string, reason: string) => `laissé de côté : ${path} (${reason})`,
    taken: (id: string, files: number, size: string, added: string) =>
      `${id} : ${french.count(files, 'fichier', 'fichiers')}, ${size}, dont ${added} de nouveau.`,
    files: (files: number) => french.count(files, 'fichier', 'fichiers'),
    none: 'Il n’y a pas d’instantanés.',
    whole: (chunks: number) => `Blocs intacts : ${french.number(chunks)} sur ${french.number(chunks)}.`,
    restored: (files: number, size: string, folder: string) =>
      `${french.count(files, 'fichier restauré', 'fichiers restaurés')}, ${size}, dans ${folder}.`,
    pruned: (snapshots: number, size: string) =>
      `${french.count(snapshots, 'instantané supprimé', 'instantanés supprimés')}, ${size} libérés.`,
  },
} satisfies typeof en;

export const CHECKS = { en, fr };
