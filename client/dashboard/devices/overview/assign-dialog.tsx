import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { SearchInput } from '../../parts/search-input.tsx';
import type { ShownDevice } from '../device.ts';
import { AssignDevice, MembersForDevice } from '../device-operations.ts';

/** The choice of nobody. */
const NOBODY = '';

interface AssignDialogProps {
  readonly device: ShownDevice;
  onClose(): void;
}

/** Assigns a device to a member of the company, or to nobody; says what becomes of its Backup (PER-08a). */
export default function AssignDialog({ device, onClose }: AssignDialogProps) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(device.account?.accountId ?? NOBODY);
  const { rows, hasMore, loadMore } = usePages(
    MembersForDevice,
    { search: search || null },
    (data) => data.viewer.account?.company?.members,
  );
  const { run, busy } = useMutate(AssignDevice);
  // What is on the device and not retired already.
  const owner = device.services.find(
    ({ service, state }) => service === 'BACKUP' && state !== 'DEACTIVATED' && state !== 'RETIRED',
  )?.assignedTo;
  const present = device.account?.accountId ?? NOBODY;
  const submit = async (): Promise<void> => {
    const { payload } = await run({ deviceId: device.id, accountId: chosen === NOBODY ? null : chosen });
    if (payload) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('assign.title', { name: device.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>
        <Group>
          <SearchInput label={t('assign.search')} value={search} onSearch={setSearch} />
        </Group>
        <Radio.Group label={t('assign.whom')} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs" mah={320} style={{ overflowY: 'auto' }}>
            <Radio value={NOBODY} label={t('assign.toNobody')} />
            {device.account && !rows.some(({ accountId }) => accountId === device.account?.accountId) && (
              <Radio value={device.account.accountId} label={device.account.name} description={device.account.email} />
            )}
            {rows.map(({ accountId, name, email }) => (
              <Radio key={accountId} value={accountId} label={name} description={email} />
            ))}
            {hasMore && (
              <Button variant="subtle" size="compact-sm" onClick={loadMore}>
                {common('showMore')}
              </Button>
            )}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {t('assign.text')}
        </Text>
        {owner && owner.accountId !== chosen && (
          <Alert color="orange" icon={<IconDatabaseOff size={18} />}>
            {t('assign.retires', { name: owner.name })}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button loading={busy} disabled={chosen === present} onClick={() => void submit()}>
            {chosen === NOBODY ? t('assign.takeAway') : t('assign.action')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
