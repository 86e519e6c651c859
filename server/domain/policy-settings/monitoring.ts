import type { SettingsSchema } from './setting.ts';

/** Monitoring: what a device measures of itself, and from when on that is an alert. */
export const MONITORING = {
  samplingSeconds: {
    kind: 'NUMBER',
    label: { en: 'Sampling interval', fr: 'Intervalle de mesure' },
    description: { en: 'Time between two measurements.', fr: 'Temps entre deux mesures.' },
    unit: 's',
    min: 10,
    max: 3600,
    default: 60,
  },
  cpuWatched: {
    kind: 'BOOLEAN',
    label: { en: 'Watch the processor', fr: 'Surveiller le processeur' },
    description: {
      en: 'Whether high processor load raises an alert.',
      fr: 'Indique si une charge élevée du processeur déclenche une alerte.',
    },
    default: true,
  },
  cpuPercent: {
    kind: 'NUMBER',
    label: { en: 'Processor load', fr: 'Charge du processeur' },
    description: {
      en: 'Processor load, of all cores together, from which on it is high.',
      fr: 'Charge du processeur, tous cœurs confondus, à partir de laquelle elle est élevée.',
    },
    unit: '%',
    min: 1,
    max: 100,
    default: 90,
  },
  cpuMinutes: {
    kind: 'NUMBER',
    label: { en: 'Processor load: duration', fr: 'Charge du processeur : durée' },
    description: {
      en: 'How long the processor load has to be high without a break; 0: a single measurement is enough.',
      fr: 'Durée pendant laquelle la charge doit rester élevée sans interruption ; 0 : une seule mesure suffit.',
    },
    unit: 'min',
    min: 0,
    max: 1440,
    default: 5,
  },
  memoryWatched: {
    kind: 'BOOLEAN',
    label: { en: 'Watch the memory', fr: 'Surveiller la mémoire' },
    description: {
      en: 'Whether high use of memory raises an alert.',
      fr: 'Indique si une utilisation élevée de la mémoire déclenche une alerte.',
    },
    default: true,
  },
  memoryPercent: {
    kind: 'NUMBER',
    label: { en: 'Use of memory', fr: 'Utilisation de la mémoire' },
    description: {
      en: 'Memory in use, without caches, from which on it is high.',
      fr: 'Mémoire utilisée, hors caches, à partir de laquelle l’utilisation est élevée.',
    },
    unit: '%',
    min: 1,
    max: 100,
    default: 90,
  },
  memoryMinutes: {
    kind: 'NUMBER',
    label: { en: 'Use of memory: duration', fr: 'Utilisation de la mémoire : durée' },
    description: {
      en: 'How long the use of memory has to be high without a break; 0: a single measurement is enough.',
      fr: 'Durée pendant laquelle l’utilisation doit rester élevée sans interruption ; 0 : une seule mesure suffit.',
    },
    unit: 'min',
    min: 0,
    max: 1440,
    default: 5,
  },
  diskWatched: {
    kind: 'BOOLEAN',
    label: { en: 'Watch the disks', fr: 'Surveiller les disques' },
    description: {
      en: 'Whether little free disk space raises an alert.',
      fr: 'Indique si un espace disque insuffisant déclenche une alerte.',
    },
    default: true,
  },
  diskFreePercent: {
    kind: 'NUMBER',
    label: { en: 'Free disk space', fr: 'Espace disque libre' },
    description: {
      en: 'Free space of a volume below which it is little; for every volume without a bound of its own.',
      fr: 'Espace libre d’un volume en dessous duquel il est insuffisant ; pour tout volume sans seuil propre.',
    },
    unit: '%',
    min: 1,
    max: 99,
    default: 10,
  },
  volumes: {
    kind: 'LIST',
    label: { en: 'Volumes', fr: 'Volumes surveillés' },
    description: { en: 'Volumes with a bound of their own.', fr: 'Volumes qui ont un seuil propre.' },
    type: 'MonitoredVolume',
    most: 50,
    unique: 'mount',
    default: [],
    fields: {
      mount: {
        kind: 'TEXT',
        label: { en: 'Mount point', fr: 'Point de montage' },
        description: {
          en: 'Where it is mounted, such as /home or D:\\.',
          fr: 'Là où il est monté, par exemple /home ou D:\\.',
        },
        format: 'PATH',
      },
      freePercent: {
        kind: 'NUMBER',
        label: { en: 'Free space', fr: 'Espace libre' },
        description: {
          en: 'Free space below which it is little; 0: never.',
          fr: 'Espace libre en dessous duquel il est insuffisant ; 0 : jamais.',
        },
        unit: '%',
        min: 0,
        max: 99,
        default: 10,
      },
    },
  },
  processes: {
    kind: 'TEXTS',
    label: { en: 'Processes', fr: 'Processus' },
    description: {
      en: 'Names of processes that have to run; an alert for each that does not.',
      fr: 'Noms des processus qui doivent tourner ; une alerte pour chacun qui ne tourne pas.',
    },
    format: 'LINE',
    most: 50,
    default: [],
  },
  services: {
    kind: 'TEXTS',
    label: { en: 'System services', fr: 'Services du système' },
    description: {
      en: 'Names of system services that have to run; an alert for each that does not.',
      fr: 'Noms des services du système qui doivent tourner ; une alerte pour chacun qui ne tourne pas.',
    },
    format: 'LINE',
    most: 50,
    default: [],
  },
} as const satisfies SettingsSchema;
