import type { SettingsSchema } from './setting.ts';

/** Asset management: what a device is made of and what is installed on it. */
export const ASSET_MANAGEMENT = {
  scanHours: {
    kind: 'NUMBER',
    description: 'Time between two scans.',
    unit: 'h',
    min: 1,
    max: 720,
    default: 24,
  },
  inventories: {
    kind: 'CHOICES',
    description: 'What is taken stock of.',
    type: 'AssetInventory',
    options: {
      HARDWARE: 'Processor, memory, disks, mainboard and their serial numbers.',
      OPERATING_SYSTEM: 'Its name, version and patch level.',
      SOFTWARE: 'Installed packages with their versions.',
      NETWORK: 'Network interfaces and their addresses.',
    },
    default: ['HARDWARE', 'OPERATING_SYSTEM', 'SOFTWARE'],
  },
} as const satisfies SettingsSchema;
