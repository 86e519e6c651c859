import { Badge, Text } from '@mantine/core';
import { IconCheck, IconClock, IconHourglassOff, IconPlayerPause, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LicenceStatus } from '../../../graphql/graphql.ts';

const LOOKS: Readonly<Record<LicenceStatus, { readonly color: string; readonly icon: TablerIcon }>> = {
  ISSUED: { color: 'gray', icon: IconClock },
  ACTIVE: { color: 'teal', icon: IconCheck },
  SUSPENDED: { color: 'orange', icon: IconPlayerPause },
  EXPIRED: { color: 'red', icon: IconHourglassOff },
};

/** Where a licence stands, by its icon and its word; what is possible meanwhile where it has lapsed (LIC-12). */
export function LicenceState({ status }: { status: LicenceStatus }) {
  const { t } = useTranslation('company');
  const { color, icon: Icon } = LOOKS[status];
  return (
    <div>
      <Badge variant="light" color={color} tt="none" leftSection={<Icon size={12} aria-hidden />}>
        {t(`licence.state.${status}`)}
      </Badge>
      {(status === 'SUSPENDED' || status === 'EXPIRED') && (
        <Text size="xs" mt={4}>
          {t(`licence.stateText.${status}`)}
        </Text>
      )}
    </div>
  );
}
