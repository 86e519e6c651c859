import type { SettingsSchema } from './setting.ts';
import { EVERY_DAY, WEEKDAYS } from './weekdays.ts';

/** Backup: what is kept, when snapshots are made, and for how long they are kept. */
export const BACKUP = {
  sets: {
    kind: 'LIST',
    label: { en: 'Backup sets', fr: 'Jeux de sauvegarde' },
    description: {
      en: 'What is backed up. With none, there is nothing to do.',
      fr: 'Ce qui est sauvegardé. Sans jeu, il n’y a rien à faire.',
    },
    type: 'BackupSet',
    most: 20,
    unique: 'name',
    default: [],
    fields: {
      name: {
        kind: 'TEXT',
        label: { en: 'Name', fr: 'Nom' },
        description: {
          en: 'What it is called in the list of snapshots.',
          fr: 'Son nom dans la liste des instantanés.',
        },
        format: 'LINE',
      },
      folders: {
        kind: 'TEXTS',
        label: { en: 'Folders', fr: 'Dossiers' },
        description: {
          en: 'Folders that are kept, with all that is in them.',
          fr: 'Dossiers sauvegardés, avec tout ce qu’ils contiennent.',
        },
        format: 'PATH',
        least: 1,
        most: 100,
        default: [],
      },
      exclusions: {
        kind: 'TEXTS',
        label: { en: 'Exclusions', fr: 'Éléments exclus' },
        description: {
          en: 'Files and folders in them that are not.',
          fr: 'Fichiers et dossiers qui, parmi eux, ne le sont pas.',
        },
        format: 'PATTERN',
        most: 200,
        default: [],
      },
    },
  },
  weekdays: {
    kind: 'CHOICES',
    label: { en: 'Days of the backup', fr: 'Jours de sauvegarde' },
    description: {
      en: 'On which days a snapshot is made by itself.',
      fr: 'Les jours où un instantané est pris automatiquement.',
    },
    type: 'Weekday',
    options: WEEKDAYS,
    default: EVERY_DAY,
  },
  start: {
    kind: 'TEXT',
    label: { en: 'Start of the backup', fr: 'Heure de la sauvegarde' },
    description: {
      en: 'When it is made; a device that is off then makes it when it is back.',
      fr: 'Quand il est pris ; un appareil alors éteint le prend à son retour.',
    },
    format: 'TIME_OF_DAY',
    default: '20:00',
  },
  keepDaily: {
    kind: 'NUMBER',
    label: { en: 'Daily snapshots', fr: 'Instantanés quotidiens' },
    description: {
      en: 'For how many of the last days with snapshots the newest one is kept.',
      fr: 'Pour combien des derniers jours avec instantanés le plus récent est gardé.',
    },
    unit: 'copies',
    min: 1,
    max: 365,
    default: 7,
  },
  keepWeekly: {
    kind: 'NUMBER',
    label: { en: 'Weekly snapshots', fr: 'Instantanés hebdomadaires' },
    description: {
      en: 'For how many of the last weeks with snapshots the newest one is kept.',
      fr: 'Pour combien des dernières semaines avec instantanés le plus récent est gardé.',
    },
    unit: 'copies',
    min: 0,
    max: 260,
    default: 4,
  },
  keepMonthly: {
    kind: 'NUMBER',
    label: { en: 'Monthly snapshots', fr: 'Instantanés mensuels' },
    description: {
      en: 'For how many of the last months with snapshots the newest one is kept.',
      fr: 'Pour combien des derniers mois avec instantanés le plus récent est gardé.',
    },
    unit: 'copies',
    min: 0,
    max: 120,
    default: 12,
  },
  verifyDays: {
    kind: 'NUMBER',
    label: { en: 'Days between checks', fr: 'Jours entre deux vérifications' },
    description: {
      en: 'Time between two checks that all that is kept can be read and is what it was.',
      fr: 'Temps entre deux vérifications que tout ce qui est gardé est lisible et inchangé.',
    },
    unit: 'days',
    min: 1,
    max: 365,
    default: 7,
  },
} as const satisfies SettingsSchema;
