import { ActionIcon, Button, Card, Group, Text, Title } from '@mantine/core';
import { IconDots, IconMail, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { Copyable } from '../parts/copyable.tsx';
import { MenuOnDemand } from '../parts/menu-on-demand.tsx';
import { Online } from '../parts/online.tsx';
import type { OwnDevice } from './start.ts';

const loadMenu = () => import('./device-menu.tsx');
const DeviceMenu = lazy(loadMenu);
const EditDevice = lazy(() => import('./edit-device.tsx'));

/** What of a device is being changed in a dialog. */
export type Editing = 'name' | 'alias' | 'remove';

interface DeviceCardProps {
  readonly device: OwnDevice;
  onInvite(origin: InvitationOrigin): void;
  onMail(origin: InvitationOrigin): void;
}

/** An own device: its ID to tell others, and all that starts from it. */
export function DeviceCard({ device, onInvite, onMail }: DeviceCardProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const { name, address, addressGrouped, alias, platform, clientVersion, online } = device;
  const [menu, setMenu] = useState(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const more = (
    <ActionIcon variant="subtle" color="gray" aria-label={t('menu.label', { name })}>
      <IconDots size={18} />
    </ActionIcon>
  );
  return (
    <Card component="article" withBorder padding="md" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Title order={3} size="md" lineClamp={2} flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        <MenuOnDemand target={more} preload={loadMenu} wanted={menu} onOpen={() => setMenu(true)}>
          {(target) => (
            <DeviceMenu
              device={device}
              target={target}
              opened={menu}
              onChange={setMenu}
              onInvite={() => onInvite('CONTEXT_MENU')}
              onMail={() => onMail('CONTEXT_MENU')}
              onEdit={setEditing}
            />
          )}
        </MenuOnDemand>
      </Group>
      <Group
        gap={4}
        mt={4}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenu(true);
        }}
      >
        <Copyable value={address} shown={addressGrouped} label={t('devices.copyId', { name })} size="xl" />
      </Group>
      <Group gap="xs" mih={28}>
        {alias ? (
          <Copyable value={alias} label={t('devices.copyAlias', { name })} size="sm" />
        ) : (
          <Text size="sm" c="dimmed">
            {t('devices.noAlias')}
          </Text>
        )}
      </Group>
      <Group gap="xs" fz="sm">
        <Online online={online} />
        <Text size="sm" c="dimmed">
          {common(`platform.${platform}`)} · {clientVersion}
        </Text>
      </Group>
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          leftSection={<IconUserPlus size={16} />}
          onClick={() => onInvite('OWN_ID')}
          aria-label={t('devices.inviteTo', { name })}
        >
          {t('devices.invite')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMail size={16} />}
          onClick={() => onMail('OWN_ID')}
          aria-label={t('devices.mailFrom', { name })}
        >
          {t('devices.mail')}
        </Button>
      </Group>
      {editing && (
        <Suspense>
          <EditDevice device={device} editing={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </Card>
  );
}
