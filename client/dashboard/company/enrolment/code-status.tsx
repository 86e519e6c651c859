import { Badge } from '@mantine/core';
import { IconBan, IconCheck, IconChecks, IconHourglassOff, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentCodeStatus } from '../../../graphql/graphql.ts';

const LOOKS: Readonly<Record<EnrolmentCodeStatus, { readonly color: string; readonly icon: TablerIcon }>> = {
  USABLE: { color: 'teal', icon: IconCheck },
  SPENT: { color: 'gray', icon: IconChecks },
  EXPIRED: { color: 'gray', icon: IconHourglassOff },
  REVOKED: { color: 'gray', icon: IconBan },
};

/** Whether a code can be redeemed, by its icon and its word. */
export function CodeStatus({ status }: { status: EnrolmentCodeStatus }) {
  const { t } = useTranslation('company');
  const { color, icon: Icon } = LOOKS[status];
  return (
    <Badge variant="light" color={color} tt="none" leftSection={<Icon size={12} aria-hidden />}>
      {t(`code.state.${status}`)}
    </Badge>
  );
}
