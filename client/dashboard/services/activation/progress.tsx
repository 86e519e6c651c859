import { Alert, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EndpointFieldsFragment, Service } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useData } from '../../data/use-data.tsx';
import { DeviceName } from '../device-name.tsx';
import { ActivationProgress } from '../operations.ts';
import { StateMark } from '../states.tsx';
import type { Chosen, Outcome } from './activate.tsx';
import { OutcomeTable } from './preview.tsx';

/** Most ids that one query takes. */
const IDS_MOST = 100;

interface ProgressProps {
  readonly service: Service;
  readonly devices: Chosen;
  readonly outcomes: readonly Outcome[];
  onAgain(): void;
}

/** How the installation goes, device by device, as each reports it (SVC-06, SVC-08). */
export function Progress({ service, devices, outcomes, onAgain }: ProgressProps) {
  const { t } = useTranslation('services');
  const ids = outcomes.flatMap(({ activation }) => activation?.id ?? []);
  const failed = outcomes.filter(({ ok }) => !ok);
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_MOST) }, (_, at) =>
    ids.slice(at * IDS_MOST, (at + 1) * IDS_MOST),
  );
  return (
    <Stack>
      {ids.length > 0 && (
        <Alert color="teal" icon={<IconCheck />} role="status">
          {t('progress.started', { count: ids.length })}
        </Alert>
      )}
      {parts.map((part) => (
        <Installations key={part[0]} ids={part} />
      ))}
      {failed.length > 0 && (
        <>
          <Title order={2} size="h4">
            {t('progress.notDone')}
          </Title>
          <OutcomeTable outcomes={failed} devices={devices} readyText="" />
        </>
      )}
      <Text size="sm">{t('progress.mayLeave')}</Text>
      <Group>
        <Button component={Link} href={`${servicePath(service)}/overview`}>
          {t('progress.toOverview')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('progress.more')}
        </Button>
      </Group>
    </Stack>
  );
}

function Installations({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('services');
  const { data, instead } = useData(ActivationProgress, { ids: [...ids] });
  if (!data) return instead;
  return (
    <Table aria-label={t('progress.table')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.device')}</Table.Th>
          <Table.Th>{t('column.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {data.nodes.map((one) =>
          one?.__typename === 'ServiceActivation' ? <Installation key={one.id} of={one} /> : null,
        )}
      </Table.Tbody>
    </Table>
  );
}

function Installation({ of: { state, failure, device } }: { of: EndpointFieldsFragment }) {
  const { t } = useTranslation('services');
  return (
    <Table.Tr>
      <Table.Td>
        <DeviceName device={device} />
      </Table.Td>
      <Table.Td aria-live="polite">
        <StateMark state={state} />
        {failure && <Text size="sm">{failure}</Text>}
        {state === 'PENDING' && !device.online && <Text size="sm">{t('overview.installsWhenBack')}</Text>}
      </Table.Td>
    </Table.Tr>
  );
}
