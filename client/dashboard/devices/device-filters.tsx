import { Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAll } from '../data/use-all.ts';
import { usePages } from '../data/use-pages.ts';
import { SearchInput } from '../parts/search-input.tsx';
import type { ListState } from './list-state.ts';
import { GroupsToChoose } from './operations.ts';

interface DeviceFiltersProps {
  readonly state: ListState;
  onChange(changed: Partial<ListState>): void;
}

/** Which devices of the company are listed, in which order; searched as one types. */
export function DeviceFilters({ state, onChange }: DeviceFiltersProps) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const groups = useAll(usePages(GroupsToChoose, {}, (data) => data.viewer.account?.company?.deviceGroups));
  return (
    <Group align="flex-end" gap="sm">
      <SearchInput
        label={common('search')}
        placeholder={t('filter.placeholder')}
        value={state.search}
        onSearch={(search) => onChange({ search })}
      />
      <NativeSelect
        label={t('filter.online')}
        flex="1 1 7rem"
        maw={180}
        value={state.online === null ? '' : String(state.online)}
        onChange={({ currentTarget: { value } }) => onChange({ online: value === '' ? null : value === 'true' })}
        data={[
          { value: '', label: t('filter.all') },
          { value: 'true', label: t('filter.onlyOnline') },
          { value: 'false', label: t('filter.onlyOffline') },
        ]}
      />
      {(groups.length > 0 || state.groupId !== null) && (
        <NativeSelect
          label={t('filter.group')}
          flex="1 1 8rem"
          maw={260}
          value={state.groupId ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ groupId: value || null })}
          data={[
            { value: '', label: t('filter.allGroups') },
            ...groups.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <NativeSelect
        label={t('filter.order')}
        flex="1 1 8rem"
        maw={220}
        value={state.orderBy}
        onChange={({ currentTarget: { value } }) => onChange({ orderBy: value === 'ADDED' ? 'ADDED' : 'NAME' })}
        data={[
          { value: 'NAME', label: t('filter.byName') },
          { value: 'ADDED', label: t('filter.byAdded') },
        ]}
      />
    </Group>
  );
}
