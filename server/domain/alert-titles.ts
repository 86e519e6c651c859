import type { Language } from '../db/tables/accounts.ts';
import type { Alert } from '../db/tables/alerts.ts';
import type { Service } from '../db/tables/roles.ts';

/** What is told of an alert: which one of many, and what was measured. */
interface Found {
  /** What follows the kind in the subject: the `/home` of `DISK_SPACE:/home`; empty where nothing does. */
  readonly which: string;
  /** A measured value as it is written; null where the device did not tell it. */
  readonly value: (name: string) => string | null;
}

type Title = Readonly<Record<Language, (found: Found) => string>>;

const orNothing = (value: string | null, words: (value: string) => string): string =>
  value === null ? '' : words(value);
const inPercent = (value: string | null): string => orNothing(value, (percent) => ` (${percent} %)`);

/** What devices raise under the policies of each service, by the first part of the subject (SVC-10). */
const TITLES: Readonly<Partial<Record<Service, Readonly<Record<string, Title>>>>> = {
  MONITORING: {
    CPU_LOAD: {
      en: ({ value }) => `High processor load${inPercent(value('percent'))}`,
      fr: ({ value }) => `Charge élevée du processeur${inPercent(value('percent'))}`,
    },
    MEMORY_USE: {
      en: ({ value }) => `High use of memory${inPercent(value('percent'))}`,
      fr: ({ value }) => `Utilisation élevée de la mémoire${inPercent(value('percent'))}`,
    },
    DISK_SPACE: {
      en: ({ which, value }) => `Little free space on ${which}${inPercent(value('freePercent'))}`,
      fr: ({ which, value }) => `Peu d’espace libre sur ${which}${inPercent(value('freePercent'))}`,
    },
    PROCESS_MISSING: {
      en: ({ which }) => `The program ${which} is not running`,
      fr: ({ which }) => `Le programme ${which} ne tourne pas`,
    },
    SERVICE_STOPPED: {
      en: ({ which }) => `The system service ${which} is not running`,
      fr: ({ which }) => `Le service système ${which} ne tourne pas`,
    },
  },
  PATCH_MANAGEMENT: {
    UPDATES_PENDING: {
      en: ({ value }) => `Updates are pending${orNothing(value('updates'), (count) => ` (${count})`)}`,
      fr: ({ value }) => `Des mises à jour sont en attente${orNothing(value('updates'), (count) => ` (${count})`)}`,
    },
    UPDATES_FAILED: {
      en: () => 'Updates could not be installed',
      fr: () => 'Des mises à jour n’ont pas pu être installées',
    },
    REBOOT_REQUIRED: {
      en: () => 'A restart is required to complete updates',
      fr: () => 'Un redémarrage est nécessaire pour achever les mises à jour',
    },
    REBOOT_FAILED: {
      en: () => 'The restart after updates failed',
      fr: () => 'Le redémarrage après les mises à jour a échoué',
    },
  },
  ENDPOINT_PROTECTION: {
    THREAT: { en: ({ which }) => `Threat found in ${which}`, fr: ({ which }) => `Menace trouvée dans ${which}` },
  },
  BACKUP: {
    BACKUP_FAILED: {
      en: ({ which }) => `The backup of ${which} failed`,
      fr: ({ which }) => `La sauvegarde de ${which} a échoué`,
    },
    BACKUP_DAMAGED: {
      en: ({ which }) => `The snapshot ${which} is damaged`,
      fr: ({ which }) => `L’instantané ${which} est endommagé`,
    },
  },
  WEB_MONITORING: {
    WEB_DOWN: {
      en: ({ which }) => `${which} does not answer as it should`,
      fr: ({ which }) => `${which} ne répond pas comme il faut`,
    },
    WEB_CERTIFICATE: {
      en: ({ which }) => `The certificate of ${which} does not hold, or not for long`,
      fr: ({ which }) => `Le certificat de ${which} n’est pas valable, ou plus pour longtemps`,
    },
  },
};

/**
 * An alert in a few words of the reader's language (API-08). Null where the subject is none of those that Beckon's own
 * agent raises: then there are only the device's own words.
 */
export function alertTitle(
  language: Language,
  { service, subject, measurements }: Pick<Alert, 'service' | 'subject' | 'measurements'>,
): string | null {
  const [kind = '', ...rest] = subject.split(':');
  const titles = TITLES[service];
  const title = titles && Object.hasOwn(titles, kind) ? titles[kind] : undefined;
  if (!title) return null;
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const value = (name: string): string | null => {
    const measured = measurements?.find((one) => one.name === name);
    return measured ? numbers.format(measured.value) : null;
  };
  return title[language]({ which: rest.join(':'), value });
}
