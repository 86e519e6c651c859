import { Group, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconBell,
  IconCheck,
  IconCircleCheck,
  IconInfoCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlertSeverity, AlertState } from '../../graphql/graphql.ts';

export const SEVERITIES = ['CRITICAL', 'WARNING', 'INFORMATION'] as const satisfies readonly AlertSeverity[];
export const STATES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const satisfies readonly AlertState[];

const SEVERITY_LOOKS: Readonly<Record<AlertSeverity, { readonly color: string; readonly icon: TablerIcon }>> = {
  CRITICAL: { color: 'red', icon: IconAlertOctagon },
  WARNING: { color: 'orange', icon: IconAlertTriangle },
  INFORMATION: { color: 'blue', icon: IconInfoCircle },
};

const STATE_LOOKS: Readonly<Record<AlertState, TablerIcon>> = {
  OPEN: IconBell,
  ACKNOWLEDGED: IconCheck,
  RESOLVED: IconCircleCheck,
};

/** How much an alert matters, by its sign and its word. */
export function SeverityMark({ severity }: { severity: AlertSeverity }) {
  const { t } = useTranslation('alerts');
  const { color, icon: Icon } = SEVERITY_LOOKS[severity];
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <ThemeIcon component="span" variant="light" color={color} size="sm" radius="xl" aria-hidden>
        <Icon size={14} />
      </ThemeIcon>
      <Text component="span" size="sm">
        {t(`severity.${severity}`)}
      </Text>
    </Group>
  );
}

export function AlertStateMark({ state }: { state: AlertState }) {
  const { t } = useTranslation('alerts');
  const Icon = STATE_LOOKS[state];
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <Icon size={16} aria-hidden />
      <Text component="span" size="sm">
        {t(`state.${state}`)}
      </Text>
    </Group>
  );
}
