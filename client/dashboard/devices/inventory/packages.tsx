import { Group, Stack, Text } from '@mantine/core';
import { IconPackages } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWholeList } from '../../data/whole-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchInput } from '../../parts/search-input.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import type { PackageFound } from './inventory.tsx';

/** What is installed on a device: thousands of packages, searched as one types. */
export function Packages({ packages }: { packages: readonly PackageFound[] }) {
  const { t } = useTranslation('devices');
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = useMemo(
    () =>
      packages.filter(
        ({ name, version }) => name.toLowerCase().includes(wanted) || version.toLowerCase().includes(wanted),
      ),
    [packages, wanted],
  );
  const columns = useMemo<Column<PackageFound>[]>(
    () => [
      { name: 'name', title: t('inventory.package'), width: '3fr', cell: ({ name }) => name },
      { name: 'version', title: t('inventory.version'), width: '2fr', cell: ({ version }) => version },
      { name: 'source', title: t('inventory.source'), width: '1fr', cell: ({ source }) => source ?? '–' },
    ],
    [t],
  );
  return (
    <SectionCard title={t('inventory.packages', { count: packages.length })}>
      <Stack gap="sm">
        <Group>
          <SearchInput label={t('inventory.searchPackages')} value={search} onSearch={setSearch} />
        </Group>
        <Text size="sm" c="dimmed" role="status">
          {wanted && t('inventory.found', { count: found.length })}
        </Text>
        <Rows
          label={t('inventory.packageList')}
          pages={useWholeList(found)}
          columns={columns}
          keyOf={({ name, version, source }) => `${source} ${name} ${version}`}
          rowHeight={49}
          empty={<Empty icon={IconPackages} title={t('inventory.noPackage')} />}
        />
      </Stack>
    </SectionCard>
  );
}
