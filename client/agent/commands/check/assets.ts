import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { type Hardware, hardware } from '../../services/assets/hardware.ts';
import { installedPackages } from '../../services/assets/packages.ts';
import { table } from '../table.ts';

export function assetsCheck(check: Command, words: AgentWords): void {
  const { checks, checkHelp, formats } = words;
  check
    .command('assets')
    .description(checkHelp.assets.description)
    .option('--packages', checkHelp.assets.packages)
    .option('--json', checkHelp.assets.json)
    .action(async (options: { packages?: boolean; json?: boolean }) => {
      const [machine, { source, packages }] = await Promise.all([hardware(), installedPackages()]);
      if (options.json) {
        console.log(JSON.stringify({ hardware: machine, packageManager: source, packages }, null, 2));
        return;
      }
      const { packages: label, noManager, count } = checks.assets;
      const known = source === null ? noManager : count(packages.length, source);
      for (const line of table([...rowsOf(machine, words), [label, known]])) console.log(line);
      if (!options.packages) return;
      for (const line of table(packages.map(({ name, version }) => [`  ${name}`, version]))) console.log(line);
    });

  function rowsOf(machine: Hardware, { checks: { assets: say } }: AgentWords): string[][] {
    return [
      [say.machine, [machine.manufacturer, machine.model].filter(Boolean).join(' ') || say.notTold],
      [say.serialNumber, machine.serialNumber ?? say.notTold],
      [say.system, `${machine.operatingSystem} (${machine.kernel}, ${machine.architecture})`],
      [say.name, machine.hostName],
      [say.processor, say.cores(machine.processor, machine.cores)],
      [say.memory, formats.bytes(machine.memoryBytes)],
      ...machine.disks.map(({ name, bytes, kind }) => [
        say.disk,
        [name, formats.bytes(bytes), kind].filter(Boolean).join(', '),
      ]),
      ...machine.networks.map(({ name, mac, addresses }) => [say.network, [name, mac, ...addresses].join(', ')]),
    ];
  }
}
