import { Checkbox, Group, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceRowFragment, Service, ServiceState } from '../../../graphql/graphql.ts';
import type { Pages } from '../../data/use-pages.ts';
import { Presence } from '../../parts/presence.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { StateMark } from '../states.tsx';
import type { Chosen } from './activate.tsx';

/** In these a service is on a device, or about to be: there is nothing to activate. */
const RUNNING: readonly ServiceState[] = ['PENDING', 'INSTALLING', 'ACTIVE'];

export interface DeviceChoiceProps {
  /** Devices that have it already are not to be chosen; null: any device can be. */
  readonly service: Service | null;
  readonly chosen: Chosen;
  readonly pages: Pages<DeviceRowFragment>;
  readonly empty: ReactNode;
  onChoose(chosen: Chosen): void;
}

interface Choosing {
  readonly chosen: Chosen;
  choose(devices: readonly DeviceRowFragment[], wanted: boolean): void;
}

/** By a context, so that a choice renders the boxes anew and not the rows. */
const ChoosingContext = createContext<Choosing>({ chosen: new Map(), choose() {} });

function stateOf(device: DeviceRowFragment, service: Service | null): ServiceState | undefined {
  return device.services.find((one) => one.service === service && RUNNING.includes(one.state))?.state;
}

/** A list of devices of any length, each with a box that chooses it. */
export function DeviceChoice({ service, chosen, pages, empty, onChoose }: DeviceChoiceProps) {
  const { t } = useTranslation('services');
  const columns = useMemo(() => columnsOf(t, service), [t, service]);
  const choosing = useMemo<Choosing>(
    () => ({
      chosen,
      choose(devices, wanted) {
        const next = new Map(chosen);
        for (const { id, name } of devices) {
          if (wanted) next.set(id, name);
          else next.delete(id);
        }
        onChoose(next);
      },
    }),
    [chosen, onChoose],
  );
  const free = pages.rows.filter((device) => stateOf(device, service) === undefined);
  const all = free.length > 0 && free.every(({ id }) => chosen.has(id));
  return (
    <ChoosingContext value={choosing}>
      {free.length > 1 && (
        <Checkbox
          label={t('activate.chooseShown', { count: free.length })}
          checked={all}
          indeterminate={!all && free.some(({ id }) => chosen.has(id))}
          onChange={(event) => choosing.choose(free, event.currentTarget.checked)}
        />
      )}
      <Rows label={t('activate.deviceList')} {...{ pages, columns, empty }} keyOf={({ id }) => id} rowHeight={65} />
    </ChoosingContext>
  );
}

function columnsOf(t: TFunction<'services'>, service: Service | null): Column<DeviceRowFragment>[] {
  const columns: Column<DeviceRowFragment>[] = [
    {
      name: 'device',
      title: t('column.device'),
      width: 'minmax(11rem, 2fr)',
      cell: (device) => <OneDevice device={device} disabled={stateOf(device, service) !== undefined} />,
    },
    {
      name: 'groups',
      title: t('column.groups'),
      width: '1.5fr',
      wideOnly: true,
      cell: ({ groups }) => groups.map(({ name }) => name).join(', '),
    },
    {
      name: 'person',
      title: t('column.assignedTo'),
      width: '1fr',
      wideOnly: true,
      cell: ({ account }) => account?.name ?? t('activate.nobody'),
    },
    {
      name: 'state',
      title: t('column.state'),
      width: '1fr',
      cell: (device) => {
        const state = stateOf(device, service);
        return state ? <StateMark state={state} /> : service && t('activate.notOnIt');
      },
    },
  ];
  return service === null ? columns.filter(({ name }) => name !== 'state') : columns;
}

function OneDevice({ device, disabled }: { device: DeviceRowFragment; disabled: boolean }) {
  const { chosen, choose } = useContext(ChoosingContext);
  return (
    <Checkbox
      label={device.name}
      description={
        <Group component="span" gap="xs">
          <Presence online={device.online} />
          <Text component="span" size="sm" className="beckon-code">
            {device.alias ?? device.addressGrouped}
          </Text>
        </Group>
      }
      checked={chosen.has(device.id)}
      disabled={disabled}
      onChange={(event) => choose([device], event.currentTarget.checked)}
    />
  );
}
