import { CloseButton, Group, NativeSelect, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { AlertKind, AlertSeverity, AlertState, Service } from '../../graphql/graphql.ts';
import { SERVICES } from '../app/services.ts';
import { SEVERITIES, STATES } from './marks.tsx';
import { AlertDevice } from './operations.ts';

const KINDS = ['ALERT', 'THREAT'] as const satisfies readonly AlertKind[];
/** What stands in the address where all states are shown: without it, those are that are open. */
const ANY = 'ANY';

export interface AlertFilter {
  readonly service: Service | null;
  readonly state: AlertState | null;
  readonly kind: AlertKind | null;
  readonly severity: AlertSeverity | null;
  readonly deviceId: string | null;
}

/** The filter that an address names; what it does not know is left out. */
export function filterIn(parameters: URLSearchParams, service: Service | null): AlertFilter {
  const among = <Value extends string>(name: string, values: readonly Value[]): Value | null =>
    values.find((value) => value === parameters.get(name)) ?? null;
  return {
    service: service ?? among('service', SERVICES),
    state: parameters.get('state') === ANY ? null : (among('state', STATES) ?? 'OPEN'),
    kind: among('kind', KINDS),
    severity: among('severity', SEVERITIES),
    deviceId: parameters.get('device'),
  };
}

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  /** Of the page: not to be chosen then. */
  readonly service: Service | null;
  onChange(name: string, value: string | null): void;
}

/** Which alerts are shown; it stands in the address, so that a view can be kept and sent. */
export function AlertFilters({ filter, service, onChange }: AlertFiltersProps) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  return (
    <>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('filter.state')}
          value={filter.state ?? ANY}
          onChange={({ currentTarget: { value } }) => onChange('state', value === 'OPEN' ? null : value)}
          data={[
            ...STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
            { value: ANY, label: t('filter.anyState') },
          ]}
        />
        <NativeSelect
          label={t('filter.severity')}
          value={filter.severity ?? ''}
          onChange={(event) => onChange('severity', event.currentTarget.value || null)}
          data={[
            { value: '', label: t('filter.anySeverity') },
            ...SEVERITIES.map((severity) => ({ value: severity, label: t(`severity.${severity}`) })),
          ]}
        />
        <NativeSelect
          label={t('filter.kind')}
          value={filter.kind ?? ''}
          onChange={(event) => onChange('kind', event.currentTarget.value || null)}
          data={[
            { value: '', label: t('filter.anyKind') },
            ...KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
          ]}
        />
        {service === null && (
          <NativeSelect
            label={t('filter.service')}
            value={filter.service ?? ''}
            onChange={(event) => onChange('service', event.currentTarget.value || null)}
            data={[
              { value: '', label: t('filter.anyService') },
              ...SERVICES.map((one) => ({ value: one, label: common(`service.${one}`) })),
            ]}
          />
        )}
      </Group>
      {filter.deviceId && <OfDevice id={filter.deviceId} onClear={() => onChange('device', null)} />}
    </>
  );
}

/** That only the alerts of one device are shown, and the way back to all. */
function OfDevice({ id, onClear }: { id: string; onClear(): void }) {
  const { t } = useTranslation('alerts');
  const [{ data }] = useQuery({ query: AlertDevice, variables: { id } });
  const name = data?.node?.__typename === 'Device' ? data.node.name : '…';
  return (
    <Paper withBorder px="sm" py={4}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('filter.ofDevice', { name })}</Text>
        <CloseButton aria-label={t('filter.allDevices')} onClick={onClear} />
      </Group>
    </Paper>
  );
}
