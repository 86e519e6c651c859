import type { SettingsSchema } from './setting.ts';
import { WEEKDAYS } from './weekdays.ts';

/** Endpoint protection: what is scanned for threats, when, and what is done with what is found. */
export const ENDPOINT_PROTECTION = {
  folders: {
    kind: 'TEXTS',
    label: { en: 'Folders', fr: 'Dossiers' },
    description: {
      en: 'Folders that are scanned, with all that is in them.',
      fr: 'Dossiers analysés, avec tout ce qu’ils contiennent.',
    },
    format: 'PATH',
    least: 1,
    most: 100,
    default: ['~'],
  },
  exclusions: {
    kind: 'TEXTS',
    label: { en: 'Exclusions', fr: 'Éléments exclus' },
    description: {
      en: 'Files and folders that are not scanned.',
      fr: 'Fichiers et dossiers qui ne sont pas analysés.',
    },
    format: 'PATTERN',
    most: 200,
    default: [],
  },
  largestFileMebibytes: {
    kind: 'NUMBER',
    label: { en: 'Largest file', fr: 'Taille maximale des fichiers' },
    description: { en: 'Larger files are not scanned.', fr: 'Les fichiers plus grands ne sont pas analysés.' },
    unit: 'MiB',
    min: 1,
    max: 4096,
    default: 100,
  },
  scanWeekdays: {
    kind: 'CHOICES',
    label: { en: 'Days of the scan', fr: 'Jours d’analyse' },
    description: {
      en: 'On which days a scan starts by itself; none: only when asked for.',
      fr: 'Les jours où une analyse démarre d’elle-même ; aucun : seulement sur demande.',
    },
    type: 'Weekday',
    options: WEEKDAYS,
    default: ['WEDNESDAY', 'SUNDAY'],
  },
  scanStart: {
    kind: 'TEXT',
    label: { en: 'Start of the scan', fr: 'Heure de l’analyse' },
    description: {
      en: 'When it starts; a device that is off then scans when it is back.',
      fr: 'Quand elle démarre ; un appareil alors éteint analyse à son retour.',
    },
    format: 'TIME_OF_DAY',
    default: '12:00',
  },
  onThreat: {
    kind: 'CHOICE',
    label: { en: 'When a threat is found', fr: 'En cas de menace' },
    description: {
      en: 'What is done with a file that is a threat. It is reported either way.',
      fr: 'Ce qu’il advient d’un fichier qui est une menace. Il est signalé dans tous les cas.',
    },
    type: 'ThreatAction',
    options: {
      QUARANTINE: {
        label: { en: 'Quarantine', fr: 'Mettre en quarantaine' },
        description: {
          en: 'It is moved to where nothing can open it.',
          fr: 'Il est déplacé là où rien ne peut l’ouvrir.',
        },
      },
      REPORT: {
        label: { en: 'Report only', fr: 'Signaler seulement' },
        description: { en: 'It stays where it is.', fr: 'Il reste où il est.' },
      },
    },
    default: 'QUARANTINE',
  },
  quarantineDays: {
    kind: 'NUMBER',
    label: { en: 'Days in quarantine', fr: 'Jours en quarantaine' },
    description: {
      en: 'How long a file is kept in quarantine before it is deleted.',
      fr: 'Combien de temps un fichier est gardé en quarantaine avant d’être supprimé.',
    },
    unit: 'days',
    min: 1,
    max: 365,
    default: 30,
  },
} as const satisfies SettingsSchema;
