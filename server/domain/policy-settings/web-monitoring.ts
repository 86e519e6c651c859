import type { SettingsSchema } from './setting.ts';

/** Web monitoring: addresses that a device asks, and what they have to answer. */
export const WEB_MONITORING = {
  checks: {
    kind: 'LIST',
    label: { en: 'Checks', fr: 'Vérifications' },
    description: {
      en: 'What is asked. With none, there is nothing to do.',
      fr: 'Ce qui est interrogé. Sans vérification, il n’y a rien à faire.',
    },
    type: 'WebCheck',
    most: 50,
    unique: 'name',
    default: [],
    fields: {
      name: {
        kind: 'TEXT',
        label: { en: 'Name', fr: 'Nom' },
        description: { en: 'What it is called in alerts.', fr: 'Son nom dans les alertes.' },
        format: 'LINE',
      },
      url: {
        kind: 'TEXT',
        label: { en: 'Address', fr: 'Adresse' },
        description: { en: 'What is asked, by GET.', fr: 'Ce qui est interrogé, par GET.' },
        format: 'HTTP_URL',
      },
      intervalSeconds: {
        kind: 'NUMBER',
        label: { en: 'Interval', fr: 'Intervalle' },
        description: { en: 'Time between two questions.', fr: 'Temps entre deux interrogations.' },
        unit: 's',
        min: 60,
        max: 86_400,
        default: 300,
      },
      timeoutSeconds: {
        kind: 'NUMBER',
        label: { en: 'Longest answer', fr: 'Délai de réponse' },
        description: {
          en: 'How long the whole answer may take.',
          fr: 'Combien de temps la réponse entière peut prendre.',
        },
        unit: 's',
        min: 1,
        max: 30,
        default: 10,
      },
      expectedStatus: {
        kind: 'NUMBER',
        label: { en: 'Expected status', fr: 'Code attendu' },
        description: {
          en: 'The status that it has to answer, after redirections.',
          fr: 'Le code HTTP qu’elle doit renvoyer, après redirections.',
        },
        unit: 'HTTP status',
        min: 200,
        max: 599,
        default: 200,
      },
      expectedText: {
        kind: 'TEXT',
        label: { en: 'Expected text', fr: 'Texte attendu' },
        description: {
          en: 'A text that has to be in the answer; empty: any answer will do.',
          fr: 'Un texte qui doit figurer dans la réponse ; vide : toute réponse convient.',
        },
        format: 'LINE',
        default: '',
      },
      certificateDays: {
        kind: 'NUMBER',
        label: { en: 'Days of the certificate', fr: 'Jours du certificat' },
        description: {
          en: 'With https: days that its certificate has to hold for, at least; 0: only that it holds.',
          fr: 'Avec https : nombre minimal de jours de validité du certificat ; 0 : qu’il soit valable suffit.',
        },
        unit: 'days',
        min: 0,
        max: 365,
        default: 14,
      },
    },
  },
  failuresBeforeAlert: {
    kind: 'NUMBER',
    label: { en: 'Failures before an alert', fr: 'Échecs avant une alerte' },
    description: {
      en: 'How many times in a row a check has to fail before that is an alert.',
      fr: 'Combien de fois de suite une vérification doit échouer pour donner lieu à une alerte.',
    },
    unit: 'attempts',
    min: 1,
    max: 10,
    default: 2,
  },
} as const satisfies SettingsSchema;
