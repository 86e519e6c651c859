import { ActionIcon, Anchor, Group, Menu, Stack, Text } from '@mantine/core';
import { IconDots, IconFilterOff, IconListDetails, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EndpointsQuery, Service, ServiceState } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Ago } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { DeviceName } from '../device-name.tsx';
import { may } from '../may.ts';
import { Endpoints as EndpointsDocument } from '../operations.ts';
import { StateMark } from '../states.tsx';
import { Deactivation } from './deactivation.tsx';
import { EndpointDetails } from './endpoint-details.tsx';

type Company = NonNullable<NonNullable<EndpointsQuery['viewer']['account']>['company']>;
export type Endpoint = Company['serviceOverview']['activations']['nodes'][number];

const RUNNING: readonly ServiceState[] = ['PENDING', 'INSTALLING', 'ACTIVE'];

/** The devices that a service is on, as they report it. */
export function Endpoints({ service, state }: { service: Service; state: ServiceState | null }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [looking, setLooking] = useState<Endpoint | null>(null);
  const [ending, setEnding] = useState<Endpoint | null>(null);
  const pages = usePages(
    EndpointsDocument,
    { service, state },
    (data) => data.viewer.account?.company?.serviceOverview.activations,
  );
  const columns = useMemo<Column<Endpoint>[]>(
    () => [
      { name: 'device', title: t('column.device'), width: '2fr', cell: ({ device }) => <DeviceName device={device} /> },
      { name: 'state', title: t('column.state'), width: '2fr', cell: (endpoint) => <StateCell endpoint={endpoint} /> },
      { name: 'policy', title: t('column.policy'), width: '2fr', cell: (endpoint) => <PolicyCell {...{ endpoint }} /> },
      { name: 'since', title: t('column.since'), width: '7rem', cell: ({ changedAt }) => <Ago at={changedAt} /> },
      {
        name: 'actions',
        title: '',
        width: '2.5rem',
        cell: (endpoint) => (
          <EndpointMenu endpoint={endpoint} onLook={() => setLooking(endpoint)} onEnd={() => setEnding(endpoint)} />
        ),
      },
    ],
    [t],
  );
  return (
    <>
      <Rows
        label={t('overview.list', { service: common(`service.${service}`) })}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty icon={IconFilterOff} title={t('overview.nothingSo')} />}
      />
      <EndpointDetails endpoint={looking} onClose={() => setLooking(null)} />
      <Deactivation endpoint={ending} onClose={() => setEnding(null)} />
    </>
  );
}

function StateCell({ endpoint: { state, failure, device, assignedTo } }: { endpoint: Endpoint }) {
  const { t } = useTranslation('services');
  const note =
    state === 'FAILED'
      ? failure
      : state === 'PENDING' && !device.online
        ? t('overview.installsWhenBack')
        : state === 'RETIRED'
          ? t('overview.retired')
          : null;
  return (
    <Stack gap={2}>
      <StateMark state={state} />
      {note && <Text size="sm">{note}</Text>}
      {assignedTo && <Text size="sm">{t('overview.assignedTo', { name: assignedTo.name })}</Text>}
    </Stack>
  );
}

/** The policy that was put on the device itself, and whether the device works by what holds on it. */
function PolicyCell({ endpoint: { service, state, policyApplied, device } }: { endpoint: Endpoint }) {
  const { t } = useTranslation('services');
  const own = device.policies.find((policy) => policy.service === service);
  return (
    <Stack gap={2}>
      {own ? (
        <Anchor component={Link} href={`${servicePath(service)}/policies/${own.id}`} size="sm">
          {own.name}
        </Anchor>
      ) : (
        <Text size="sm">{t('overview.noOwnPolicy')}</Text>
      )}
      {state === 'ACTIVE' && (
        <Text size="sm" c="dimmed">
          {policyApplied ? t('overview.applied') : t('overview.notApplied')}
        </Text>
      )}
    </Stack>
  );
}

interface EndpointMenuProps {
  readonly endpoint: Endpoint;
  onLook(): void;
  onEnd(): void;
}

function EndpointMenu({ endpoint, onLook, onEnd }: EndpointMenuProps) {
  const { t } = useTranslation('services');
  const { id: accountId, company } = useAccount();
  const { service, state, device, assignedTo } = endpoint;
  const own = assignedTo?.accountId === accountId;
  const mayAssign = may(company, service, 'ASSIGN_POLICIES');
  const mayEnd = (mayAssign || own) && (RUNNING.includes(state) || state === 'RETIRED');
  const mayRetry = state === 'FAILED' && (service === 'BACKUP' ? own : mayAssign);
  return (
    <Group justify="flex-end">
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('overview.actionsFor', { name: device.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconListDetails size={16} />} onClick={onLook}>
            {t('overview.whatHolds')}
          </Menu.Item>
          {mayRetry && (
            <Menu.Item
              component={Link}
              href={`${servicePath(service)}/activate?device=${device.id}`}
              leftSection={<IconRefresh size={16} />}
            >
              {t('overview.again')}
            </Menu.Item>
          )}
          {mayEnd && (
            <Menu.Item color="red" leftSection={<IconPlayerStop size={16} />} onClick={onEnd}>
              {t('deactivate.action')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
