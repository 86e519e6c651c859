import { Anchor, Button, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { DeviceCard } from './device-card.tsx';
import type { OwnDevice } from './start.ts';

/** Cards before “show all”: more would push what is under way off the screen. */
const SHOWN_AT_FIRST = 6;

interface OwnDevicesProps {
  readonly devices: readonly OwnDevice[];
  /** How many there are, those that were not loaded among them. */
  readonly total: number;
  onInvite(deviceId: string, origin: InvitationOrigin): void;
  onMail(deviceId: string, origin: InvitationOrigin): void;
}

/** The devices that the account is signed in on. */
export function OwnDevices({ devices, total, onInvite, onMail }: OwnDevicesProps) {
  const { t } = useTranslation('invite');
  const [all, setAll] = useState(false);
  const shown = all ? devices : devices.slice(0, SHOWN_AT_FIRST);
  return (
    <Stack component="section" gap="sm" aria-labelledby="own-devices">
      <Group justify="space-between">
        <Title order={2} size="h4" id="own-devices">
          {t('devices.title')}
        </Title>
        {total > devices.length && (
          <Anchor component={Link} href="/devices" size="sm">
            {t('devices.more', { count: total })}
          </Anchor>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: devices.length > 1 ? 2 : 1 }} spacing="sm">
        {shown.map((device) => (
          <DeviceCard
            key={device.id}
            device={device}
            onInvite={(origin) => onInvite(device.id, origin)}
            onMail={(origin) => onMail(device.id, origin)}
          />
        ))}
      </SimpleGrid>
      {devices.length > SHOWN_AT_FIRST && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('devices.fewer') : t('devices.all', { count: devices.length })}
        </Button>
      )}
    </Stack>
  );
}
