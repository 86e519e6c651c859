import { Box, Group, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertCircle,
  IconArchive,
  IconCheck,
  IconClock,
  IconDownload,
  IconPlayerStop,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ServiceState } from '../../graphql/graphql.ts';
import classes from './states.module.css';

/** The states of a service on a device, in the order in which lists and charts show them. */
export const SERVICE_STATES = [
  'ACTIVE',
  'INSTALLING',
  'PENDING',
  'FAILED',
  'RETIRED',
  'DEACTIVATED',
] as const satisfies readonly ServiceState[];

const LOOKS: Readonly<Record<ServiceState, { readonly color: string; readonly icon: TablerIcon }>> = {
  ACTIVE: { color: 'teal', icon: IconCheck },
  INSTALLING: { color: 'blue', icon: IconDownload },
  PENDING: { color: 'gray', icon: IconClock },
  FAILED: { color: 'red', icon: IconAlertCircle },
  RETIRED: { color: 'orange', icon: IconArchive },
  DEACTIVATED: { color: 'gray', icon: IconPlayerStop },
};

/** A state by its icon and its word. */
export function StateMark({ state, count }: { state: ServiceState; count?: number }) {
  const { t } = useTranslation();
  const { color, icon: Icon } = LOOKS[state];
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <ThemeIcon component="span" variant="light" color={color} size="sm" radius="xl" aria-hidden>
        <Icon size={14} />
      </ThemeIcon>
      <Text component="span" size="sm">
        {t(`serviceState.${state}`)}
        {count !== undefined && (
          <Text component="span" size="sm" fw={600} ml={6}>
            {count}
          </Text>
        )}
      </Text>
    </Group>
  );
}

export interface StateCount {
  readonly state: ServiceState;
  readonly count: number;
}

/** Those that there are, in the usual order; what was taken off is history. */
export function present(states: readonly StateCount[]): StateCount[] {
  return SERVICE_STATES.filter((state) => state !== 'DEACTIVATED').flatMap(
    (state) => states.find((one) => one.state === state && one.count > 0) ?? [],
  );
}

/** On how many devices a service is in which state: a bar, and the same in words, unless these stand beside it already. */
export function StateBar({ states, legend = true }: { states: readonly StateCount[]; legend?: boolean }) {
  const shown = present(states);
  return (
    <div>
      <div className={classes['bar']} aria-hidden="true">
        {shown.map(({ state, count }) => (
          <Box
            key={state}
            className={classes['part'] ?? ''}
            style={{ flexGrow: count }}
            bg={`var(--mantine-color-${LOOKS[state].color}-filled)`}
          />
        ))}
      </div>
      {legend && (
        <Group gap="md" mt="xs">
          {shown.map((one) => (
            <StateMark key={one.state} {...one} />
          ))}
        </Group>
      )}
    </div>
  );
}
