import { Anchor, Button, Checkbox, Stack, Text } from '@mantine/core';
import { type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AlertFieldsFragment } from '../../graphql/graphql.ts';
import type { Pages } from '../data/use-pages.ts';
import { Ago } from '../parts/ago.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { AlertStateMark, SeverityMark } from './marks.tsx';
import { SelectionContext } from './selection.ts';

interface AlertRowsProps {
  readonly pages: Pages<AlertFieldsFragment>;
  readonly withService: boolean;
  readonly withDevice: boolean;
  readonly empty: ReactNode;
  onOpen(id: string): void;
  onAcknowledge(id: string): void;
}

/** The list: those raised last first. */
export function AlertRows({ pages, withService, withDevice, empty, onOpen, onAcknowledge }: AlertRowsProps) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const { ids, select } = useContext(SelectionContext);
  const open = pages.rows.filter(({ state }) => state === 'OPEN').map(({ id }) => id);
  const all = open.length > 0 && open.every((id) => ids.has(id));
  const columns = useMemo<Column<AlertFieldsFragment>[]>(
    () => [
      {
        name: 'select',
        title: '',
        width: '2rem',
        cell: (alert) => alert.state === 'OPEN' && <SelectBox alert={alert} />,
      },
      {
        name: 'severity',
        title: t('column.severity'),
        width: '9.5rem',
        cell: ({ severity }) => <SeverityMark severity={severity} />,
      },
      {
        name: 'alert',
        title: t('column.alert'),
        width: '3fr',
        cell: (alert) => (
          <Stack gap={0} align="flex-start">
            <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onOpen(alert.id)}>
              {alert.title}
            </Anchor>
            <Text size="sm" c="dimmed">
              {[
                alert.kind === 'THREAT' && t('kind.THREAT'),
                withService && common(`service.${alert.service}`),
                alert.occurrences > 1 && t('times', { count: alert.occurrences }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Stack>
        ),
      },
      ...(withDevice
        ? [
            {
              name: 'device',
              title: t('column.device'),
              width: '2fr',
              cell: ({ device }: AlertFieldsFragment) => (
                <Anchor component={Link} href={`/devices/${device.id}`} size="sm">
                  {device.name}
                </Anchor>
              ),
            },
          ]
        : []),
      { name: 'state', title: t('column.state'), width: '1.5fr', cell: (alert) => <StateCell alert={alert} /> },
      { name: 'last', title: t('column.last'), width: '7rem', cell: ({ lastRaisedAt }) => <Ago at={lastRaisedAt} /> },
      {
        name: 'actions',
        title: '',
        width: '10.5rem',
        cell: ({ id, state, title }) =>
          state === 'OPEN' && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('acknowledgeThis', { title })}
              onClick={() => onAcknowledge(id)}
            >
              {t('acknowledge')}
            </Button>
          ),
      },
    ],
    [t, common, withService, withDevice, onOpen, onAcknowledge],
  );
  return (
    <>
      {open.length > 1 && (
        <Checkbox
          label={t('selectShown', { count: open.length })}
          checked={all}
          indeterminate={!all && ids.size > 0}
          onChange={(event) => select(open, event.currentTarget.checked)}
        />
      )}
      <Rows label={t('list')} pages={pages} columns={columns} keyOf={({ id }) => id} empty={empty} />
    </>
  );
}

function SelectBox({ alert: { id, title, device } }: { alert: AlertFieldsFragment }) {
  const { t } = useTranslation('alerts');
  const { ids, select } = useContext(SelectionContext);
  return (
    <Checkbox
      aria-label={t('select', { title, device: device.name })}
      checked={ids.has(id)}
      onChange={(event) => select([id], event.currentTarget.checked)}
    />
  );
}

function StateCell({ alert: { state, acknowledgedBy } }: { alert: AlertFieldsFragment }) {
  const { t } = useTranslation('alerts');
  return (
    <Stack gap={0}>
      <AlertStateMark state={state} />
      {state === 'ACKNOWLEDGED' && acknowledgedBy && (
        <Text size="sm" c="dimmed">
          {t('byWhom', { name: acknowledgedBy.name })}
        </Text>
      )}
    </Stack>
  );
}
