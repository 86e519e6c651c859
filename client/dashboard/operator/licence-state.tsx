import { Badge } from '@mantine/core';
import { IconCheck, IconClock, IconHourglassOff, IconPlayerPause, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LicenceStatus } from '../../graphql/graphql.ts';

const LOOKS: Readonly<Record<LicenceStatus, { readonly color: string; readonly icon: TablerIcon }>> = {
  ISSUED: { color: 'gray', icon: IconClock },
  ACTIVE: { color: 'teal', icon: IconCheck },
  SUSPENDED: { color: 'orange', icon: IconPlayerPause },
  EXPIRED: { color: 'red', icon: IconHourglassOff },
};

/** Where a licence stands, by its icon and its word. */
export function LicenceState({ status }: { status: LicenceStatus }) {
  const { t } = useTranslation('operator');
  const { color, icon: Icon } = LOOKS[status];
  return (
    <Badge variant="light" color={color} tt="none" leftSection={<Icon size={12} aria-hidden />}>
      {t(`status.${status}`)}
    </Badge>
  );
}
