import { formatsOf } from '../../cli/formats.ts';

/** What the services say of their work, and why they cannot do it. */
const english = formatsOf('en');
const en = {
  names: {
    MONITORING: 'Monitoring',
    ASSET_MANAGEMENT: 'Asset management',
    PATCH_MANAGEMENT: 'Patch management',
    ENDPOINT_PROTECTION: 'Endpoint protection',
    BACKUP: 'Backup',
    WEB_MONITORING: 'Web monitoring',
  },
  all: 'services',
  runs: 'runs',
  takenOff: 'taken off',
  newPolicy: 'works by its new policy',
  notInstalled: (problem: string) => `not installed: ${problem}`,
  cannotWork: (problem: string) => `cannot do its work: ${problem}`,
  inventory: 'inventory taken',
  inventoryOf: (packages: number) => `inventory taken: ${english.count(packages, 'package', 'packages')}`,
  noPackageManager: 'Neither apt, dnf, brew nor winget is on this machine.',
  installed: (updates: number) => `installed ${english.count(updates, 'update', 'updates')}`,
  reboot: {
    announced: (minutes: number, at: string) =>
      `this machine restarts in ${english.count(minutes, 'minute', 'minutes')} to complete updates (${at}); quit the agent to prevent it`,
    soon: (minutes: number) => `this machine restarts in ${english.count(minutes, 'minute', 'minutes')}`,
    now: 'this machine restarts now',
    calledOff: 'the restart is called off',
    noLeave: 'the policy wants a restart; the agent was started without leave to do it (--allow-reboot)',
    cannotTell: (manager: string) => `whether a restart is required is not known: ${manager} does not tell`,
  },
  scanned: (engine: string, threats: number) =>
    `scanned with ${engine}: ${english.count(threats, 'threat', 'threats')}`,
  scanners: { ClamAV: 'ClamAV', 'known hashes': 'known hashes' },
  knownThreat: 'Known threat',
  noRepository: 'The agent was started without a folder for snapshots (--repository).',
  noRestoreFolder: 'The agent was started without a folder for restores (--backup-root).',
  backedUp: (set: string, files: number) => `backed up ${set}: ${english.count(files, 'file', 'files')}`,
  restored: (files: number, folder: string) => `restored ${english.count(files, 'file', 'files')} into ${folder}`,
  notRestored: (problem: string) => `not restored: ${problem}`,
  snapshotProblem: (snapshot: string, problem: string) => `${snapshot}: ${problem}`,
};

const french = formatsOf('fr');
const fr = {
  names: {
    MONITORING: 'Surveillance',
    ASSET_MANAGEMENT: 'Gestion du parc',
    PATCH_MANAGEMENT: 'Gestion des correctifs',
    ENDPOINT_PROTECTION: 'Protection des terminaux',
    BACKUP: 'Sauvegarde',
    WEB_MONITORING: 'Surveillance web',
  },
  all: 'services',
  runs: 'en marche',
  takenOff: 'retiré',
  newPolicy: 'suit sa nouvelle stratégie',
  notInstalled: (problem: string) => `pas installé : ${problem}`,
  cannotWork: (problem: string) => `ne peut pas travailler : ${problem}`,
  inventory: 'inventaire dressé',
  inventoryOf: (packages: number) => `inventaire dressé : ${french.count(packages, 'paquet', 'paquets')}`,
  noPackageManager: 'Ni apt, ni dnf, ni brew, ni winget ne se trouve sur cette machine.',
  installed: (updates: number) => french.count(updates, 'mise à jour installée', 'mises à jour installées'),
  reboot: {
    announced: (minutes: number, at: string) =>
      `cette machine redémarre dans ${french.count(minutes, 'minute', 'minutes')} pour achever les mises à jour (${at}) ; quittez l’agent pour l’empêcher`,
    soon: (minutes: number) => `cette machine redémarre dans ${french.count(minutes, 'minute', 'minutes')}`,
    now: 'cette machine redémarre maintenant',
    calledOff: 'le redémarrage est abandonné',
    noLeave: 'la stratégie veut un redémarrage ; l’agent a été lancé sans permission de le faire (--allow-reboot)',
    cannotTell: (manager: string) => `on ne sait pas si un redémarrage est nécessaire : ${manager} ne le dit pas`,
  },
  scanned: (engine: string, threats: number) => `analyse par ${engine} : ${french.count(threats, 'menace', 'menaces')}`,
  scanners: { ClamAV: 'ClamAV', 'known hashes': 'empreintes connues' },
  knownThreat: 'Menace connue',
  noRepository: 'L’agent a été lancé sans dossier pour les instantanés (--repository).',
  noRestoreFolder: 'L’agent a été lancé sans dossier pour les restaurations (--backup-root).',
  backedUp: (set: string, files: number) => `${set} sauvegardé : ${french.count(files, 'fichier', 'fichiers')}`,
  restored: (files: number, folder: string) =>
    `${french.count(files, 'fichier restauré', 'fichiers restaurés')} dans ${folder}`,
  notRestored: (problem: string) => `pas restauré : ${problem}`,
  snapshotProblem: (snapshot: string, problem: string) => `${snapshot} : ${problem}`,
} satisfies typeof en;

export const SERVICES = { en, fr };
