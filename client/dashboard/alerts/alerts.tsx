import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBellOff, IconCheck } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { Service } from '../../graphql/graphql.ts';
import { useAccount } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { usePages } from '../data/use-pages.ts';
import { Empty } from '../parts/empty.tsx';
import { AlertDetails } from './alert-details.tsx';
import { AlertFilters, filterIn } from './alert-filters.tsx';
import { AlertRows } from './alert-rows.tsx';
import { AcknowledgeAlerts, CompanyAlerts } from './operations.ts';
import { SelectionContext } from './selection.ts';
import { NoSight, SightNote, sightOf } from './sight.tsx';

const AlertChart = lazy(() => import('./alert-chart.tsx'));

/** Most alerts that are acknowledged in one call of the API. */
const ACKNOWLEDGED_MOST = 100;

/** The alerts and threats that one's permissions show, live: of one service, or of all (SVC-10, PER-04 … PER-06). */
export function Alerts({ service }: { service: Service | null }) {
  const { company } = useAccount();
  const { all, own } = sightOf(company, service);
  if (all.length + own.length === 0) return <NoSight />;
  return (
    <Stack gap="lg">
      <SightNote service={service} />
      <Suspense>
        <AlertChart service={service} />
      </Suspense>
      <AlertList service={service} />
    </Stack>
  );
}

/** Those of one device, on its page: without what its page says already. */
export function AlertsOfDevice({ deviceId }: { deviceId: string }) {
  const { company } = useAccount();
  const { all, own } = sightOf(company, null);
  if (all.length + own.length === 0) return <NoSight />;
  return (
    <Stack gap="lg">
      <SightNote service={null} />
      <AlertList service={null} deviceId={deviceId} />
    </Stack>
  );
}

function AlertList({ service, deviceId = null }: { service: Service | null; deviceId?: string | null }) {
  const { t } = useTranslation('alerts');
  const [parameters, setParameters] = useSearchParams();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { run, busy } = useMutate(AcknowledgeAlerts);
  const filter = filterIn(parameters, service);
  const wanted = { ...filter, deviceId: deviceId ?? filter.deviceId };
  const pages = usePages(CompanyAlerts, { ...wanted, first: 50 }, (data) => data.viewer.account?.company?.alerts);
  const open = pages.rows.filter(({ state }) => state === 'OPEN');
  // What somebody else has dealt with meanwhile is not selected any more.
  const chosen = open.filter(({ id }) => selected.has(id)).slice(0, ACKNOWLEDGED_MOST);
  const chosenIds = chosen.map(({ id }) => id).join(' ');
  const selection = useMemo(
    () => ({
      ids: new Set(chosenIds.split(' ').filter(Boolean)),
      select(ids: readonly string[], wanted: boolean) {
        setSelected((before) => {
          const next = new Set(before);
          for (const id of ids) {
            if (wanted) next.add(id);
            else next.delete(id);
          }
          return next;
        });
      },
    }),
    [chosenIds],
  );
  const set = useCallback(
    (name: string, value: string | null): void =>
      setParameters((before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      }),
    [setParameters],
  );
  const acknowledge = useCallback(
    async (ids: readonly string[]): Promise<void> => {
      const { payload, refusal } = await run({ ids: [...ids] });
      if (refusal) notifications.show({ color: 'red', message: refusal.message });
      if (!payload) return;
      setSelected(new Set());
      notifications.show({ message: t('acknowledged', { count: payload.alerts.length }) });
    },
    [run, t],
  );
  const openOne = useCallback((id: string) => set('alert', id), [set]);
  const acknowledgeOne = useCallback((id: string) => void acknowledge([id]), [acknowledge]);
  return (
    <Stack>
      <AlertFilters filter={filter} service={service} onChange={set} />
      <Group justify="space-between">
        <Text size="sm" aria-live="polite">
          {pages.totalCount !== undefined &&
            (pages.more ? t('countMore', { total: pages.totalCount }) : t('count', { count: pages.totalCount }))}
        </Text>
        {open.length > 0 && (
          <Button
            leftSection={<IconCheck size={16} />}
            disabled={chosen.length === 0}
            loading={busy}
            onClick={() => void acknowledge(chosen.map(({ id }) => id))}
          >
            {t('acknowledgeSelected', { count: chosen.length })}
          </Button>
        )}
      </Group>
      <SelectionContext value={selection}>
        <AlertRows
          pages={pages}
          withService={service === null}
          withDevice={deviceId === null}
          onOpen={openOne}
          onAcknowledge={acknowledgeOne}
          empty={
            <Empty icon={IconBellOff} title={t(filter.state === 'OPEN' ? 'nothingOpen' : 'nothingSo')}>
              <Text size="sm">{t(filter.state === 'OPEN' ? 'nothingOpenText' : 'nothingSoText')}</Text>
            </Empty>
          }
        />
      </SelectionContext>
      <AlertDetails
        id={parameters.get('alert')}
        onClose={() => set('alert', null)}
        onAcknowledge={acknowledgeOne}
        busy={busy}
      />
    </Stack>
  );
}
