import { Alert, Button, Checkbox, Group, Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { AddDevicesToGroup, CompanyDevices } from '../../devices/operations.ts';
import { SearchInput } from '../../parts/search-input.tsx';

/** Devices that one call puts into a group at most (server/domain/device-groups.ts). */
const AT_ONCE = 100;

interface AddDevicesProps {
  readonly group: { readonly id: string; readonly name: string };
  onClose(): void;
}

/** Chooses devices of the company, searched as one types, and puts them into the group. */
export default function AddDevices({ group, onClose }: AddDevicesProps) {
  const { t } = useTranslation(['company', 'common']);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const add = useMutate(AddDevicesToGroup);
  const pages = usePages(CompanyDevices, { search: search || null }, (data) => data.viewer.account?.company?.devices);

  const submit = async (): Promise<void> => {
    setRefused(null);
    const { payload, refusal } = await add.run({ id: group.id, deviceIds: [...chosen] });
    if (!payload) return setRefused(refusal?.message ?? null);
    notifications.show({ message: t('group.added', { count: chosen.length }) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('group.addTitle', { name: group.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Group>
          <SearchInput label={t('group.search')} value={search} onSearch={setSearch} />
        </Group>
        <ScrollArea.Autosize mah="45vh" type="auto" viewportProps={{ tabIndex: 0 }}>
          <Checkbox.Group aria-label={t('group.devices')} value={[...chosen]} onChange={setChosen}>
            <Stack gap="xs">
              {pages.rows.map(({ id, name, addressGrouped, groups }) => {
                const isIn = groups.some((one) => one.id === group.id);
                return (
                  <Checkbox
                    key={id}
                    value={id}
                    label={name}
                    description={isIn ? t('group.isIn') : addressGrouped}
                    disabled={isIn || (chosen.length >= AT_ONCE && !chosen.includes(id))}
                  />
                );
              })}
            </Stack>
          </Checkbox.Group>
          {!pages.loading && pages.rows.length === 0 && <Text size="sm">{t('group.nothingFound')}</Text>}
        </ScrollArea.Autosize>
        {pages.hasMore && (
          <Text size="sm" c="dimmed">
            {t('group.more')}
          </Text>
        )}
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button disabled={chosen.length === 0} loading={add.busy} onClick={() => void submit()}>
            {chosen.length === 0 ? t('group.add') : t('group.chosen', { count: chosen.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
