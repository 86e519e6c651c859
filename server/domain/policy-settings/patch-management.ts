import type { SettingsSchema } from './setting.ts';
import { EVERY_DAY, WEEKDAYS } from './weekdays.ts';

/** Patch management: which updates are installed, who approves them, and when. */
export const PATCH_MANAGEMENT = {
  scanHours: {
    kind: 'NUMBER',
    label: { en: 'Scan interval', fr: 'Intervalle de recherche' },
    description: {
      en: 'Time between two looks for pending updates.',
      fr: 'Temps entre deux recherches de mises à jour en attente.',
    },
    unit: 'h',
    min: 1,
    max: 168,
    default: 12,
  },
  categories: {
    kind: 'CHOICES',
    label: { en: 'Categories', fr: 'Catégories' },
    description: {
      en: 'Which updates are dealt with; others are listed only.',
      fr: 'Les mises à jour qui sont traitées ; les autres sont seulement listées.',
    },
    type: 'PatchCategory',
    options: {
      SECURITY: {
        label: { en: 'Security', fr: 'Sécurité' },
        description: { en: 'They close security holes.', fr: 'Elles comblent des failles de sécurité.' },
      },
      CRITICAL: {
        label: { en: 'Critical', fr: 'Critiques' },
        description: { en: 'They mend what is broken.', fr: 'Elles réparent ce qui ne fonctionne pas.' },
      },
      FEATURE: {
        label: { en: 'Features', fr: 'Fonctionnalités' },
        description: {
          en: 'They bring something new, or a new release.',
          fr: 'Elles apportent une nouveauté, ou une nouvelle version.',
        },
      },
      DRIVER: {
        label: { en: 'Drivers', fr: 'Pilotes' },
        description: { en: 'Drivers and firmware.', fr: 'Pilotes et micrologiciels.' },
      },
      OTHER: {
        label: { en: 'Others', fr: 'Autres' },
        description: {
          en: 'Whatever the package manager does not put into another category.',
          fr: 'Tout ce que le gestionnaire de paquets ne range pas ailleurs.',
        },
      },
    },
    default: ['SECURITY', 'CRITICAL'],
  },
  approval: {
    kind: 'CHOICE',
    label: { en: 'Approval', fr: 'Approbation' },
    description: { en: 'How an update gets approved.', fr: 'Comment une mise à jour est approuvée.' },
    type: 'PatchApproval',
    options: {
      MANUAL: {
        label: { en: 'Manual', fr: 'Manuelle' },
        description: {
          en: 'Only packages that are approved by name are installed.',
          fr: 'Seuls les paquets approuvés par leur nom sont installés.',
        },
      },
      AUTOMATIC: {
        label: { en: 'Automatic', fr: 'Automatique' },
        description: {
          en: 'Updates of the categories are approved after some days, unless they are declined by name.',
          fr: 'Les mises à jour des catégories sont approuvées après quelques jours, sauf celles refusées par leur nom.',
        },
      },
    },
    default: 'MANUAL',
  },
  approvalDays: {
    kind: 'NUMBER',
    label: { en: 'Days before approval', fr: 'Jours avant approbation' },
    description: {
      en: 'With automatic approval: how long an update has to be known first; 0: at once.',
      fr: 'Avec approbation automatique : depuis combien de temps une mise à jour doit être connue ; 0 : aussitôt.',
    },
    unit: 'days',
    min: 0,
    max: 90,
    default: 7,
  },
  approved: {
    kind: 'TEXTS',
    label: { en: 'Approved packages', fr: 'Paquets approuvés' },
    description: {
      en: 'Packages that are approved, whatever their category.',
      fr: 'Paquets approuvés, quelle que soit leur catégorie.',
    },
    format: 'LINE',
    most: 500,
    default: [],
  },
  declined: {
    kind: 'TEXTS',
    label: { en: 'Declined packages', fr: 'Paquets refusés' },
    description: {
      en: 'Packages that are never updated, not even where they are approved as well.',
      fr: 'Paquets jamais mis à jour, même s’ils sont approuvés par ailleurs.',
    },
    format: 'LINE',
    most: 500,
    default: [],
  },
  windows: {
    kind: 'LIST',
    label: { en: 'Maintenance windows', fr: 'Plages de maintenance' },
    description: {
      en: 'When approved updates may be installed. With none, they may be at any time.',
      fr: 'Quand les mises à jour approuvées peuvent être installées. Sans plage, à tout moment.',
    },
    type: 'MaintenanceWindow',
    most: 14,
    default: [],
    fields: {
      weekdays: {
        kind: 'CHOICES',
        label: { en: 'Days', fr: 'Jours' },
        description: { en: 'On which days it opens.', fr: 'Les jours où elle s’ouvre.' },
        type: 'Weekday',
        options: WEEKDAYS,
        default: EVERY_DAY,
      },
      start: {
        kind: 'TEXT',
        label: { en: 'Start', fr: 'Début' },
        description: { en: 'When it opens.', fr: 'Quand elle s’ouvre.' },
        format: 'TIME_OF_DAY',
        default: '02:00',
      },
      minutes: {
        kind: 'NUMBER',
        label: { en: 'Length', fr: 'Durée' },
        description: {
          en: 'How long it stays open, also past midnight.',
          fr: 'Combien de temps elle reste ouverte, même au-delà de minuit.',
        },
        unit: 'min',
        min: 15,
        max: 1440,
        default: 120,
      },
    },
  },
  reboot: {
    kind: 'CHOICE',
    label: { en: 'Restart', fr: 'Redémarrage' },
    description: {
      en: 'Whether the device starts anew after updates.',
      fr: 'Indique si l’appareil redémarre après les mises à jour.',
    },
    type: 'RebootBehaviour',
    options: {
      NEVER: {
        label: { en: 'Never', fr: 'Jamais' },
        description: {
          en: 'Not by itself; that it has to is reported.',
          fr: 'Pas de lui-même ; qu’il le faudrait est signalé.',
        },
      },
      IF_REQUIRED: {
        label: { en: 'If required', fr: 'Si nécessaire' },
        description: { en: 'Where an update requires it.', fr: 'Lorsqu’une mise à jour l’exige.' },
      },
      ALWAYS: {
        label: { en: 'Always', fr: 'Toujours' },
        description: { en: 'After every installation.', fr: 'Après chaque installation.' },
      },
    },
    default: 'NEVER',
  },
  rebootNoticeMinutes: {
    kind: 'NUMBER',
    label: { en: 'Notice before a restart', fr: 'Préavis de redémarrage' },
    description: {
      en: 'How long before starting anew people on the device are told.',
      fr: 'Combien de temps avant un redémarrage les personnes sur l’appareil sont prévenues.',
    },
    unit: 'min',
    min: 0,
    max: 1440,
    default: 15,
  },
} as const satisfies SettingsSchema;
