import { Alert, Button, Chip, Group, Stack, Text } from '@mantine/core';
import { IconDeviceDesktopPlus, IconInfoCircle, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service, ServiceState, ServiceSummaryFragment } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useData } from '../../data/use-data.tsx';
import { Empty } from '../../parts/empty.tsx';
import { NotBought } from '../all-services.tsx';
import { OneService } from '../operations.ts';
import { Seats } from '../seats.tsx';
import { ServicePage } from '../service-page.tsx';
import { present, SERVICE_STATES, StateBar } from '../states.tsx';
import { Endpoints } from './endpoints.tsx';

/** The devices that a service is on, live, and the way to put it on more (SVC-01 … SVC-06). */
export default function Overview({ service }: { service: Service }) {
  const { data, instead } = useData(OneService, { service });
  const overview = data?.viewer.account?.company?.serviceOverview;
  if (!overview) return <ServicePage service={service}>{instead}</ServicePage>;
  const empty = present(overview.states).length === 0;
  const button = overview.viewerCanActivate ? <ActivateButton service={service} /> : null;
  return (
    <ServicePage service={service} actions={empty ? null : button}>
      {empty ? (
        <EmptyOverview service={service} overview={overview} />
      ) : (
        <Stack gap="lg">
          {overview.bought ? <Seats overview={overview} /> : <NotBought overview={overview} />}
          {overview.bought && !overview.viewerCanActivate && <NotYours />}
          <EndpointList service={service} overview={overview} />
        </Stack>
      )}
    </ServicePage>
  );
}

function ActivateButton({ service }: { service: Service }) {
  const { t } = useTranslation('services');
  return (
    <Button component={Link} href={`${servicePath(service)}/activate`} leftSection={<IconPlus size={18} />}>
      {t('activateService')}
    </Button>
  );
}

/** No device has the service: what would have to be done, in the centre of the page. */
function EmptyOverview({ service, overview }: { service: Service; overview: ServiceSummaryFragment }) {
  const { t } = useTranslation('services');
  if (!overview.bought) {
    return (
      <Empty icon={IconDeviceDesktopPlus} title={t('overview.emptyTitle')}>
        <NotBought overview={overview} />
      </Empty>
    );
  }
  return (
    <Empty icon={IconDeviceDesktopPlus} title={t('overview.emptyTitle')}>
      <Text size="sm">{t('overview.emptyText')}</Text>
      {overview.viewerCanActivate ? <ActivateButton service={service} /> : <NotYours />}
      {service === 'BACKUP' && <Text size="sm">{t('backupRule')}</Text>}
      <Text size="sm">{t('seats', { used: overview.seatsUsed, count: overview.seats })}</Text>
    </Empty>
  );
}

/** Why somebody finds no way to activate: the right comes from roles (PER-10, PER-11). */
function NotYours() {
  const { t } = useTranslation('services');
  return (
    <Alert icon={<IconInfoCircle />} color="gray" ta="start">
      {t('overview.notYours')}
    </Alert>
  );
}

/** The list, with a filter by state. */
function EndpointList({ service, overview }: { service: Service; overview: ServiceSummaryFragment }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [state, setState] = useState<ServiceState | 'ALL'>('ALL');
  const counts = new Map(overview.states.map((one) => [one.state, one.count]));
  const offered = SERVICE_STATES.filter((one) => (counts.get(one) ?? 0) > 0 || one === state);
  return (
    <Stack gap="sm">
      <StateBar states={overview.states} legend={false} />
      <Chip.Group value={state} onChange={(value) => setState(value as ServiceState | 'ALL')}>
        <Group gap="xs" role="group" aria-label={t('overview.filter')}>
          <Chip value="ALL" size="sm">
            {t('overview.all')}
          </Chip>
          {offered.map((one) => (
            <Chip key={one} value={one} size="sm">
              {common(`serviceState.${one}`)} · {counts.get(one) ?? 0}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Endpoints service={service} state={state === 'ALL' ? null : state} />
    </Stack>
  );
}
