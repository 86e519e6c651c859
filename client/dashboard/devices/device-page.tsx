import { Button, Group } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { Waiting } from '../app/app.tsx';
import { Dead, NotFound } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { useAccount } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Presence } from '../parts/presence.tsx';
import { TabLinks } from '../parts/tab-links.tsx';
import { type ShownDevice, useStanding } from './device.ts';
import { DeviceById } from './device-operations.ts';
import { Overview } from './overview/overview.tsx';

const Access = lazy(() => import('./access/access.tsx'));
const Services = lazy(() => import('./services/services.tsx'));
const Alerts = lazy(() => import('./alerts.tsx'));
const Inventory = lazy(() => import('./inventory/inventory.tsx'));
const History = lazy(() => import('./history/history.tsx'));

const TABS = {
  access: Access,
  services: Services,
  alerts: Alerts,
  inventory: Inventory,
  history: History,
} as const;

/** One device: /devices/:id/:tab?, the overview where no tab is named. */
export default function DevicePage() {
  const { t } = useTranslation('devices');
  const { id = '' } = useParams<{ id: string }>();
  const { data, instead } = useData(DeviceById, { id });
  if (!data) return instead;
  if (data.node?.__typename === 'Device') return <OneDevice device={data.node} />;
  return (
    <Dead title={t('gone')} text={t('goneText')}>
      <Button component={Link} href="/devices">
        {t('toDevices')}
      </Button>
    </Dead>
  );
}

function OneDevice({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { tab } = useParams<{ tab?: string }>();
  const tabs = useTabs(device);
  const Tab = tab === undefined ? Overview : TABS[tab as keyof typeof TABS];
  if (!Tab) return <NotFound />;
  const base = `/devices/${device.id}`;
  return (
    <Page
      title={device.name}
      lead={
        <Group component="span" gap="xs" display="inline-flex">
          <Presence online={device.online} />
          <Copyable value={device.address} shown={device.addressGrouped} />
          {device.alias && <Copyable value={device.alias} />}
        </Group>
      }
    >
      <TabLinks
        label={t('tab.label')}
        tabs={[
          { path: base, label: t('tab.overview') },
          ...tabs.map((name) => ({ path: `${base}/${name}`, label: t(`tab.${name}`) })),
        ]}
      />
      <Suspense fallback={<Waiting />}>
        <Tab device={device} />
      </Suspense>
    </Page>
  );
}

/** The tabs that there is something behind for whoever looks. */
function useTabs(device: ShownDevice): (keyof typeof TABS)[] {
  const { own } = useStanding(device);
  const { company } = useAccount();
  return [
    'access',
    ...(device.company ? (['services'] as const) : []),
    ...(device.company && company?.alertEventCursor != null ? (['alerts'] as const) : []),
    'inventory',
    ...(own ? (['history'] as const) : []),
  ];
}
