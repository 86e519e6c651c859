import type { SettingsSchema } from './setting.ts';

/** Asset management: what a device is made of and what is installed on it. */
export const ASSET_MANAGEMENT = {
  scanHours: {
    kind: 'NUMBER',
    label: { en: 'Scan interval', fr: 'Intervalle d’inventaire' },
    description: { en: 'Time between two scans.', fr: 'Temps entre deux inventaires.' },
    unit: 'h',
    min: 1,
    max: 720,
    default: 24,
  },
  inventories: {
    kind: 'CHOICES',
    label: { en: 'Inventories', fr: 'Inventaires' },
    description: { en: 'What is taken stock of.', fr: 'Ce qui est inventorié.' },
    type: 'AssetInventory',
    options: {
      HARDWARE: {
        label: { en: 'Hardware', fr: 'Matériel' },
        description: {
          en: 'Processor, memory, disks, mainboard and their serial numbers.',
          fr: 'Processeur, mémoire, disques, carte mère et leurs numéros de série.',
        },
      },
      OPERATING_SYSTEM: {
        label: { en: 'Operating system', fr: 'Système d’exploitation' },
        description: {
          en: 'Its name, version and patch level.',
          fr: 'Son nom, sa version et son niveau de correctifs.',
        },
      },
      SOFTWARE: {
        label: { en: 'Software', fr: 'Logiciels' },
        description: {
          en: 'Installed packages with their versions.',
          fr: 'Les paquets installés et leurs versions.',
        },
      },
      NETWORK: {
        label: { en: 'Network', fr: 'Réseau' },
        description: {
          en: 'Network interfaces and their addresses.',
          fr: 'Les interfaces réseau et leurs adresses.',
        },
      },
    },
    default: ['HARDWARE', 'OPERATING_SYSTEM', 'SOFTWARE'],
  },
} as const satisfies SettingsSchema;
