import type {
  InventoryDisk,
  InventoryHardware,
  InventoryNetwork,
  DeviceInventory as InventoryRow,
} from '../db/tables/inventories.ts';
import { getInventory, MOST_ADDRESSES, MOST_PACKAGES, MOST_PARTS, reportInventory } from '../domain/inventories.ts';
import { builder } from './builder.ts';
import { Device } from './devices.ts';
import { mutation } from './mutation.ts';

const Disk = builder.objectRef<InventoryDisk>('InventoryDisk').implement({
  description: 'A disk of a device.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Its model; null where unknown.' }),
    kind: t.exposeString('kind', { nullable: true, description: 'Such as `SSD`; null where unknown.' }),
    bytes: t.exposeFloat('bytes', { description: 'Its size in bytes.' }),
    serialNumber: t.exposeString('serialNumber', { nullable: true, description: 'Null where unknown.' }),
  }),
});

const Network = builder.objectRef<InventoryNetwork>('InventoryNetwork').implement({
  description: 'A network interface of a device.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Such as `eth0`; null where unknown.' }),
    mac: t.exposeString('mac', { nullable: true, description: 'Its hardware address; null where it has none.' }),
    addresses: t.exposeStringList('addresses', { description: 'Its IP addresses.' }),
  }),
});

const Hardware = builder.objectRef<InventoryHardware>('InventoryHardware').implement({
  description: 'What a device is made of. Null is what its platform does not tell.',
  fields: (t) => ({
    manufacturer: t.exposeString('manufacturer', { nullable: true, description: 'Who made the machine.' }),
    model: t.exposeString('model', { nullable: true, description: 'What they call it.' }),
    serialNumber: t.exposeString('serialNumber', { nullable: true, description: 'The machine’s serial number.' }),
    virtual: t.exposeBoolean('virtual', { description: 'Whether it is a virtual machine.' }),
    operatingSystem: t.exposeString('operatingSystem', { nullable: true, description: 'With its version.' }),
    kernel: t.exposeString('kernel', { nullable: true, description: 'The version of its kernel.' }),
    architecture: t.exposeString('architecture', { nullable: true, description: 'Such as `x64`.' }),
    hostName: t.exposeString('hostName', { nullable: true, description: 'The name that it has for itself.' }),
    processor: t.exposeString('processor', { nullable: true, description: 'Maker and model of the processor.' }),
    cores: t.exposeInt('cores', { description: 'Logical cores.' }),
    memoryBytes: t.exposeFloat('memoryBytes', { description: 'Main memory in bytes.' }),
    disks: t.expose('disks', { type: [Disk], description: 'Its disks.' }),
    networks: t.expose('networks', { type: [Network], description: 'Its network interfaces, loopback excepted.' }),
  }),
});

const InstalledPackage = builder
  .objectRef<{ name: string; version: string; source: string | null }>('InstalledPackage')
  .implement({
    description: 'A program as the package manager of the system knows it.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.' }),
      version: t.exposeString('version', { description: 'The version that is installed.' }),
      source: t.exposeString('source', {
        nullable: true,
        description: 'The package manager that told it, such as `dpkg-query`; null where the device did not say.',
      }),
    }),
  });

const DeviceInventory = builder.objectRef<InventoryRow>('DeviceInventory').implement({
  description: 'What Asset management found on a device last.',
  fields: (t) => ({
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken.' }),
    hardware: t.field({
      type: Hardware,
      nullable: true,
      description: 'What the device is made of; null where its policy does not have it taken.',
      resolve: ({ content }) => content.hardware,
    }),
    packages: t.field({
      type: [InstalledPackage],
      nullable: true,
      description: 'What is installed on it, by name; null where its policy does not have it listed.',
      resolve: ({ content: { packages, packageSource: source } }) =>
        packages?.map(({ name, version }) => ({ name, version, source })) ?? null,
    }),
    omittedPackages: t.int({
      description: 'How many packages the device left out: a report has room for so many only.',
      resolve: ({ content }) => content.omittedPackages,
    }),
  }),
});

builder.objectField(Device, 'inventory', (t) =>
  t.field({
    type: DeviceInventory,
    nullable: true,
    description: 'What Asset management found on it last; null where it found nothing yet, or is not one’s to see.',
    resolve: ({ id }, _args, ctx) => getInventory(ctx, id),
  }),
);

const InventoryDiskInput = builder.inputType('InventoryDiskInput', {
  description: 'A disk of a device. Texts have at most 200 characters.',
  fields: (t) => ({
    name: t.string({ required: false, description: 'Its model.' }),
    kind: t.string({ required: false, description: 'Such as `SSD`.' }),
    bytes: t.float({ required: true, description: 'Its size in bytes, a whole number.' }),
    serialNumber: t.string({ required: false, description: 'Its serial number.' }),
  }),
});

const InventoryNetworkInput = builder.inputType('InventoryNetworkInput', {
  description: 'A network interface of a device. Texts have at most 200 characters.',
  fields: (t) => ({
    name: t.string({ required: false, description: 'Such as `eth0`.' }),
    mac: t.string({ required: false, description: 'Its hardware address.' }),
    addresses: t.stringList({ required: true, description: `Its IP addresses, at most ${MOST_ADDRESSES}.` }),
  }),
});

const InventoryHardwareInput = builder.inputType('InventoryHardwareInput', {
  description:
    'What a device is made of; what its platform does not tell is left out. Texts have at most 200 characters.',
  fields: (t) => ({
    manufacturer: t.string({ required: false, description: 'Who made the machine.' }),
    model: t.string({ required: false, description: 'What they call it.' }),
    serialNumber: t.string({ required: false, description: 'The machine’s serial number.' }),
    virtual: t.boolean({ required: true, description: 'Whether it is a virtual machine.' }),
    operatingSystem: t.string({ required: false, description: 'With its version.' }),
    kernel: t.string({ required: false, description: 'The version of its kernel.' }),
    architecture: t.string({ required: false, description: 'Such as `x64`.' }),
    hostName: t.string({ required: false, description: 'The name that it has for itself.' }),
    processor: t.string({ required: false, description: 'Maker and model of the processor.' }),
    cores: t.int({ required: true, description: 'Logical cores.' }),
    memoryBytes: t.float({ required: true, description: 'Main memory in bytes, a whole number.' }),
    disks: t.field({ type: [InventoryDiskInput], required: true, description: `Its disks, at most ${MOST_PARTS}.` }),
    networks: t.field({
      type: [InventoryNetworkInput],
      required: true,
      description: `Its network interfaces, at most ${MOST_PARTS}.`,
    }),
  }),
});

mutation('reportInventory', {
  description:
    'Says what Asset management found, by the device itself, while the service is on it. It takes the place of what ' +
    'was reported before. May be repeated, at most 6 times a minute.',
  input: (t) => ({
    takenAt: t.field({ type: 'DateTime', required: true, description: 'When it was taken; the future counts as now.' }),
    hardware: t.field({
      type: InventoryHardwareInput,
      required: false,
      description: 'What the device is made of; left out where the policy does not have it taken.',
    }),
    packages: t.string({
      required: false,
      description:
        `What is installed, at most ${MOST_PACKAGES} packages, one a line: its name (1 to 200 characters), a tab, its ` +
        'version (1 to 100). Left out where the policy does not have it listed.',
    }),
    packageSource: t.string({
      required: false,
      description: 'The package manager that told them, such as `dpkg-query`, at most 200 characters.',
    }),
    omittedPackages: t.int({
      required: false,
      description: 'How many packages were left out, for a request has room for 256 KiB only.',
    }),
  }),
  run: (ctx, input) => reportInventory(ctx, input),
  payload: (t) => ({
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken.' }),
    changed: t.exposeBoolean('changed', { description: 'Whether it is different from what was reported before.' }),
  }),
  refusals: ['InvalidInput'],
});
