import { CloseButton, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAll } from '../data/use-all.ts';
import { usePages } from '../data/use-pages.ts';
import type { ListState } from './list-state.ts';
import { GroupsToChoose } from './operations.ts';

/** Keys pressed within this time, in ms, are one search. */
const TYPING_MS = 200;

interface DeviceFiltersProps {
  readonly state: ListState;
  onChange(changed: Partial<ListState>): void;
}

/** Which devices of the company are listed, in which order; searched as one types. */
export function DeviceFilters({ state, onChange }: DeviceFiltersProps) {
  const { t } = useTranslation('devices');
  const groups = useAll(usePages(GroupsToChoose, {}, (data) => data.viewer.account?.company?.deviceGroups));
  return (
    <Group align="flex-end" gap="sm">
      <Search text={state.search} onSearch={(search) => onChange({ search })} />
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

/** The text is its own while one types, and the address's when that changes for another reason. */
function Search({ text, onSearch }: { text: string; onSearch(text: string): void }) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState(text);
  const told = useRef(text);
  const tell = useDebouncedCallback((search: string) => {
    told.current = search;
    onSearch(search);
  }, TYPING_MS);
  useEffect(() => {
    if (text !== told.current) setTyped(text);
    told.current = text;
  }, [text]);
  const type = (search: string): void => {
    setTyped(search);
    tell(search);
  };
  return (
    <TextInput
      type="search"
      label={common('search')}
      placeholder={t('filter.placeholder')}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('filter.clear')} onClick={() => type('')} />}
      value={typed}
      onChange={({ currentTarget: { value } }) => type(value)}
      flex="2 1 16rem"
      maw={420}
    />
  );
}
