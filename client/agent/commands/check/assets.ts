import type { Command } from 'commander';
import { hardware } from '../../services/assets/hardware.ts';
import { installedPackages } from '../../services/assets/packages.ts';
import { bytesInWords, table } from './output.ts';

export function assetsCheck(check: Command): void {
  check
    .command('assets')
    .description('Take the inventory of the hardware and of what is installed.')
    .option('--packages', 'list every installed package')
    .option('--json', 'write everything as JSON')
    .action(async (options: { packages?: boolean; json?: boolean }) => {
      const [machine, { source, packages }] = await Promise.all([hardware(), installedPackages()]);
      if (options.json) {
        console.log(JSON.stringify({ hardware: machine, packageManager: source, packages }, null, 2));
        return;
      }
      const rows = [
        ['machine', [machine.manufacturer, machine.model].filter(Boolean).join(' ') || 'not told'],
        ['serial number', machine.serialNumber ?? 'not told'],
        ['system', `${machine.operatingSystem} (${machine.kernel}, ${machine.architecture})`],
        ['name', machine.hostName],
        ['processor', `${machine.processor}, ${machine.cores} cores`],
        ['memory', bytesInWords(machine.memoryBytes)],
        ...machine.disks.map(({ name, bytes, kind }) => [
          'disk',
          [name, bytesInWords(bytes), kind].filter(Boolean).join(', '),
        ]),
        ...machine.networks.map(({ name, mac, addresses }) => ['network', [name, mac, ...addresses].join(', ')]),
        [
          'packages',
          source === null ? 'no package manager that is known is here' : `${packages.length}, as ${source} tells`,
        ],
      ];
      for (const line of table(rows)) console.log(line);
      if (!options.packages) return;
      for (const line of table(packages.map(({ name, version }) => [`  ${name}`, version]))) console.log(line);
    });
}
