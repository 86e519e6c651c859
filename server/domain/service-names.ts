import type { Language } from '../db/tables/accounts.ts';
import type { Service } from '../db/tables/roles.ts';

/** The services as people read them, in mails and elsewhere. */
export const SERVICE_NAMES: Readonly<Record<Service, Readonly<Record<Language, string>>>> = {
  MONITORING: { en: 'Monitoring', fr: 'Surveillance' },
  ASSET_MANAGEMENT: { en: 'Asset management', fr: 'Gestion du parc' },
  PATCH_MANAGEMENT: { en: 'Patch management', fr: 'Gestion des correctifs' },
  ENDPOINT_PROTECTION: { en: 'Endpoint protection', fr: 'Protection des terminaux' },
  BACKUP: { en: 'Backup', fr: 'Sauvegarde' },
  WEB_MONITORING: { en: 'Web monitoring', fr: 'Surveillance web' },
};
