import type { Service } from '../db/tables/roles.ts';

/** The devices that are no running agents: what they did is over. */
export const DEVICES = [
  { name: 'Till 1', group: 'Shop', platform: 'WINDOWS' },
  { name: 'Till 2', group: 'Shop', platform: 'WINDOWS' },
  { name: 'Till 3', group: 'Shop', platform: 'WINDOWS' },
  { name: 'Shop window screen', group: 'Shop', platform: 'LINUX' },
  { name: 'Office PC Marc', group: 'Office', platform: 'WINDOWS' },
  { name: 'Office PC Inès', group: 'Office', platform: 'WINDOWS' },
  { name: 'Accounting', group: 'Office', platform: 'WINDOWS' },
  { name: 'Meeting room', group: 'Office', platform: 'MACOS' },
  { name: 'File server', group: 'Servers', platform: 'LINUX' },
  { name: 'Mail gateway', group: 'Servers', platform: 'LINUX' },
  { name: 'Warehouse tablet', group: 'Shop', platform: 'ANDROID' },
] as const;

export const POLICIES = [
  { service: 'MONITORING', name: 'Standard', values: { cpuPercent: 90, cpuMinutes: 10, diskFreePercent: 10 } },
  {
    service: 'MONITORING',
    name: 'Servers',
    values: { cpuPercent: 80, cpuMinutes: 5, processes: ['nginx'], samplingSeconds: 30 },
  },
  { service: 'ASSET_MANAGEMENT', name: 'Once a day', values: { scanHours: 24 } },
  {
    service: 'PATCH_MANAGEMENT',
    name: 'Nights and weekends',
    values: {
      approval: 'AUTOMATIC',
      approvalDays: 7,
      windows: [{ weekdays: ['SATURDAY', 'SUNDAY'], start: '02:00', minutes: 180 }],
    },
  },
  { service: 'ENDPOINT_PROTECTION', name: 'Quarantine', values: { onThreat: 'QUARANTINE', scanStart: '12:30' } },
  {
    service: 'BACKUP',
    name: 'Documents, every evening',
    values: {
      start: '19:30',
      keepDaily: 14,
      keepWeekly: 8,
      sets: [{ name: 'Documents', folders: ['~/Documents'], exclusions: [] }],
    },
  },
] as const;

/** Which service is on which devices, by their places in DEVICES, and which of them could not install it. */
export const SERVICES: readonly {
  service: Service;
  on: readonly number[];
  policy: string;
  fails?: Readonly<Record<number, string>>;
}[] = [
  {
    service: 'MONITORING',
    on: [0, 1, 2, 4, 5, 6, 7],
    policy: 'Standard',
    fails: { 7: 'The installer was stopped by the firewall.' },
  },
  { service: 'MONITORING', on: [8, 9], policy: 'Servers' },
  { service: 'ASSET_MANAGEMENT', on: [0, 4, 6, 8], policy: 'Once a day' },
  { service: 'PATCH_MANAGEMENT', on: [4, 5, 6], policy: 'Nights and weekends' },
  { service: 'ENDPOINT_PROTECTION', on: [4, 5, 6, 8], policy: 'Quarantine' },
  { service: 'BACKUP', on: [6], policy: 'Documents, every evening' },
];

export const ALERTS = [
  {
    service: 'MONITORING',
    subject: 'CPU_LOAD',
    severity: 'WARNING',
    kind: 'ALERT',
    message: 'Processor load has been at 96 % for 10 minutes.',
    measurements: [{ name: 'load', value: 96, unit: '%' }],
  },
  {
    service: 'MONITORING',
    subject: 'DISK_SPACE:/',
    severity: 'CRITICAL',
    kind: 'ALERT',
    message: 'Only 4 % of / is free.',
    measurements: [{ name: 'free', value: 4, unit: '%' }],
  },
  {
    service: 'MONITORING',
    subject: 'MEMORY',
    severity: 'WARNING',
    kind: 'ALERT',
    message: 'Memory use has been at 93 % for 5 minutes.',
    measurements: [{ name: 'used', value: 93, unit: '%' }],
  },
  {
    service: 'ENDPOINT_PROTECTION',
    subject: 'THREAT:EICAR',
    severity: 'CRITICAL',
    kind: 'THREAT',
    message: 'EICAR test file found in ~/Downloads/invoice.zip, moved to quarantine.',
    measurements: [],
  },
  {
    service: 'PATCH_MANAGEMENT',
    subject: 'UPDATES_PENDING',
    severity: 'INFORMATION',
    kind: 'ALERT',
    message: '7 updates wait, 3 of them for security.',
    measurements: [{ name: 'updates', value: 7, unit: null }],
  },
] as const;
