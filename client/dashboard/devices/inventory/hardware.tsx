import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { bytesText } from '../../parts/bytes.ts';
import { FactList } from '../../parts/fact-list.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import type { HardwareFound } from './inventory.tsx';

/** What a device is made of. */
export function Hardware({ hardware }: { hardware: HardwareFound }) {
  const { t, i18n } = useTranslation('devices');
  const { manufacturer, model, operatingSystem, kernel, architecture, processor, cores, memoryBytes } = hardware;
  return (
    <SectionCard title={t('inventory.hardware')}>
      <FactList
        facts={[
          { name: t('inventory.hostName'), value: hardware.hostName },
          {
            name: t('inventory.machine'),
            value: [manufacturer, model, hardware.virtual && t('inventory.virtual')].filter(Boolean).join(' · '),
          },
          { name: t('inventory.serial'), value: hardware.serialNumber },
          { name: t('inventory.system'), value: operatingSystem },
          { name: t('inventory.kernel'), value: [kernel, architecture].filter(Boolean).join(' · ') },
          {
            name: t('inventory.processor'),
            value: [processor, t('inventory.cores', { count: cores })].filter(Boolean).join(' · '),
          },
          { name: t('inventory.memory'), value: bytesText(memoryBytes, i18n.language, 'BINARY') },
        ]}
      />
    </SectionCard>
  );
}

export function Disks({ disks }: Pick<HardwareFound, 'disks'>) {
  const { t, i18n } = useTranslation('devices');
  return (
    <SectionCard title={t('inventory.disks')}>
      <Cells
        label={t('inventory.disks')}
        head={[t('inventory.disk'), t('inventory.kind'), t('inventory.size'), t('inventory.serial')]}
        rows={disks.map(({ name, kind, bytes, serialNumber }) => [
          name ?? '–',
          kind ?? '–',
          bytesText(bytes, i18n.language, 'DECIMAL'),
          serialNumber ?? '–',
        ])}
      />
    </SectionCard>
  );
}

export function Networks({ networks }: Pick<HardwareFound, 'networks'>) {
  const { t } = useTranslation('devices');
  return (
    <SectionCard title={t('inventory.networks')}>
      <Cells
        label={t('inventory.networks')}
        head={[t('inventory.interface'), t('inventory.addresses'), t('inventory.mac')]}
        rows={networks.map(({ name, addresses, mac }) => [
          name ?? '–',
          addresses.length === 0 ? '–' : addresses.join(', '),
          mac ?? '–',
        ])}
      />
    </SectionCard>
  );
}

interface CellsProps {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

/** A small table. */
function Cells({ label, head, rows }: CellsProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return <Text size="sm">{t('none')}</Text>;
  return (
    <Table aria-label={label} layout="fixed" style={{ overflowWrap: 'anywhere' }}>
      <Table.Thead>
        <Table.Tr>
          {head.map((title) => (
            <Table.Th key={title}>{title}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((cells, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no names of their own, and come together
          <Table.Tr key={at}>
            {cells.map((cell, column) => (
              <Table.Td key={head[column]}>{cell}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
