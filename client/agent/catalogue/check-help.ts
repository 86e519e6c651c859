/** The help of `check`. At most 80 columns wide. */
const en = {
  description: 'Try what the services do, on this machine, by hand; no server is asked.',
  examples: `
Examples:
  $ npm run agent -- check monitoring --cpu 80
  $ npm run agent -- check assets --packages
  $ npm run agent -- check patches
  $ npm run agent -- check web https://example.org
  $ npm run agent -- check scan ~/Downloads --quarantine data/quarantine
  $ npm run agent -- check backup snapshot ~/documents --repository data/backup

It ends with status 1 where something is found that would be an alert.`,
  monitoring: {
    description: 'Measure processors, memory and disks; look for programs and services that have to run.',
    seconds: 'from one measurement to the next',
    samples: 'how many measurements',
    cpu: 'load that is too high',
    memory: 'use of memory that is too high',
    diskFree: 'free space that is too little',
    for: 'how long it has to last',
    process: 'programs that have to run',
    service: 'services of the operating system that have to run',
  },
  assets: {
    description: 'Take the inventory of the hardware and of what is installed.',
    packages: 'list every installed package',
    json: 'write everything as JSON',
  },
  patches: {
    description: 'List the updates that the system’s package manager knows of, and whether a restart is required.',
    apply: 'install the updates of these packages; * stands for any letters',
    allowPatching: 'the leave that installing needs',
  },
  web: {
    description: 'Ask addresses once: answer, status, text, time and certificate.',
    url: 'addresses that begin with http:// or https://',
    status: 'the status that it has to answer',
    text: 'a text that has to be in the answer',
    timeout: 'how long the whole answer may take',
    certificateDays: 'for how long the certificate has to hold',
  },
  scan: {
    description:
      'Scan folders for threats, with ClamAV where it is installed, else by known hashes and the EICAR test file.',
    quarantine: 'move what is found there (default: it stays)',
    exclude: 'paths and names that are not scanned',
    hashes: 'known threats: on each line a SHA-256 and a name',
    largest: 'larger files are not scanned',
  },
  quarantine: {
    description: 'List what is in quarantine, or put a file back.',
    folder: 'where threats were moved to',
    id: 'what to put back to where it was (default: list all)',
  },
  backup: {
    description: 'Take, verify, restore and prune snapshots of folders.',
    repository: 'where snapshots are kept',
    snapshot: {
      description: 'Keep the present state of folders; what is kept already is not kept again.',
      name: 'what it is called',
      exclude: 'paths and names that are left out',
    },
    list: 'List the snapshots, oldest first.',
    verify: 'Read everything that a snapshot needs and compare it with its hashes.',
    restore: {
      description: 'Restore a snapshot, or some paths of it, below a folder.',
      path: 'what to restore (default: all)',
      to: 'where to; nothing that is there is overwritten',
    },
    prune: {
      description: 'Remove old snapshots, and all that no other needs.',
      last: 'keep the newest ones',
      daily: 'keep the newest of so many days',
      weekly: 'keep the newest of so many weeks',
      monthly: 'keep the newest of so many months',
    },
  },
};

const fr = {
  description: 'Essayer à la main, sur cette machine, ce que font les services ; aucun serveur n’est interrogé.',
  examples: `
Exemples :
  $ npm run agent -- check monitoring --cpu 80
  $ npm run agent -- check assets --packages
  $ npm run agent -- check patches
  $ npm run agent -- check web https://example.org
  $ npm run agent -- check scan ~/Téléchargements --quarantine data/quarantaine
  $ npm run agent -- check backup snapshot ~/documents --repository data/backup

Le code de sortie est 1 si quelque chose mériterait une alerte.`,
  monitoring: {
    description:
      'Mesurer les processeurs, la mémoire et les disques ; chercher les programmes et services qui doivent tourner.',
    seconds: 'd’une mesure à la suivante',
    samples: 'combien de mesures',
    cpu: 'charge trop élevée à partir de là',
    memory: 'usage de la mémoire trop élevé à partir de là',
    diskFree: 'espace libre insuffisant en dessous',
    for: 'combien de temps cela doit durer',
    process: 'programmes qui doivent tourner',
    service: 'services du système d’exploitation qui doivent tourner',
  },
  assets: {
    description: 'Dresser l’inventaire du matériel et de ce qui est installé.',
    packages: 'lister tous les paquets installés',
    json: 'tout écrire en JSON',
  },
  patches: {
    description:
      'Lister les mises à jour que connaît le gestionnaire de paquets, et dire si un redémarrage est nécessaire.',
    apply: 'installer les mises à jour de ces paquets ; * remplace n’importe quels caractères',
    allowPatching: 'la permission qu’il faut pour installer',
  },
  web: {
    description: 'Interroger des adresses une fois : réponse, statut, texte, durée et certificat.',
    url: 'adresses qui commencent par http:// ou https://',
    status: 'le statut attendu',
    text: 'un texte que la réponse doit contenir',
    timeout: 'combien de temps la réponse complète peut prendre',
    certificateDays: 'combien de temps le certificat doit encore être valable',
  },
  scan: {
    description:
      'Chercher des menaces dans des dossiers, avec ClamAV s’il est installé, sinon par empreintes connues et par le fichier d’essai EICAR.',
    quarantine: 'y déplacer ce qui est trouvé (par défaut : rien n’est déplacé)',
    exclude: 'chemins et noms à ne pas analyser',
    hashes: 'menaces connues : sur chaque ligne, un SHA-256 et un nom',
    largest: 'les fichiers plus gros ne sont pas analysés',
  },
  quarantine: {
    description: 'Lister ce qui est en quarantaine, ou remettre un fichier en place.',
    folder: 'où les menaces ont été déplacées',
    id: 'ce qu’il faut remettre en place (par défaut : tout lister)',
  },
  backup: {
    description: 'Prendre, vérifier, restaurer et élaguer des instantanés de dossiers.',
    repository: 'où les instantanés sont gardés',
    snapshot: {
      description: 'Garder l’état présent de dossiers ; ce qui est déjà gardé ne l’est pas deux fois.',
      name: 'le nom à lui donner',
      exclude: 'chemins et noms à laisser de côté',
    },
    list: 'Lister les instantanés, du plus ancien au plus récent.',
    verify: 'Lire tout ce dont un instantané a besoin et le comparer à ses empreintes.',
    restore: {
      description: 'Restaurer un instantané, ou certains de ses chemins, dans un dossier.',
      path: 'ce qu’il faut restaurer (par défaut : tout)',
      to: 'où restaurer ; rien de ce qui s’y trouve n’est écrasé',
    },
    prune: {
      description: 'Supprimer les anciens instantanés, et tout ce dont aucun autre n’a besoin.',
      last: 'garder les plus récents',
      daily: 'garder le plus récent de chacun de ces jours',
      weekly: 'garder le plus récent de chacune de ces semaines',
      monthly: 'garder le plus récent de chacun de ces mois',
    },
  },
} satisfies typeof en;

export const CHECK_HELP = { en, fr };
