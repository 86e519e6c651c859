import { Alert, Anchor, Button, Drawer, Group, Stack, Table, Text, Timeline, Title } from '@mantine/core';
import { IconBell, IconCheck, IconCircleCheck, IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AlertFieldsFragment } from '../../graphql/graphql.ts';
import { servicePath } from '../app/services.ts';
import { useData } from '../data/use-data.tsx';
import { Instant } from '../parts/ago.tsx';
import { AlertStateMark, SeverityMark } from './marks.tsx';
import { OneAlert } from './operations.ts';

interface AlertDetailsProps {
  /** Null: closed. */
  readonly id: string | null;
  readonly busy: boolean;
  onClose(): void;
  onAcknowledge(id: string): void;
}

/** All that is known of an alert: what was measured, and what happened to it. */
export function AlertDetails({ id, onClose, ...props }: AlertDetailsProps) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t('details')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {id && <Details id={id} {...props} />}
    </Drawer>
  );
}

function Details({ id, busy, onAcknowledge }: Omit<AlertDetailsProps, 'onClose'> & { id: string }) {
  const { t } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const { data, instead } = useData(OneAlert, { id });
  if (!data) return instead;
  const alert = data.node;
  if (alert?.__typename !== 'Alert') return <Alert color="gray">{t('gone')}</Alert>;
  return (
    <Stack>
      <Title order={2} size="h4">
        {alert.title}
      </Title>
      <Group gap="lg">
        <SeverityMark severity={alert.severity} />
        <AlertStateMark state={alert.state} />
        <Text size="sm">{t(`kind.${alert.kind}`)}</Text>
      </Group>
      <Group gap="lg">
        <Anchor component={Link} href={`/devices/${alert.device.id}`} size="sm">
          {alert.device.name}
        </Anchor>
        <Anchor component={Link} href={`${servicePath(alert.service)}/overview`} size="sm">
          {common(`service.${alert.service}`)}
        </Anchor>
      </Group>
      {alert.state === 'OPEN' && (
        <Button leftSection={<IconCheck size={16} />} loading={busy} onClick={() => onAcknowledge(alert.id)}>
          {t('acknowledge')}
        </Button>
      )}
      <Measurements alert={alert} />
      <History alert={alert} />
      {alert.message !== alert.title && (
        <div>
          <Text size="sm" fw={600}>
            {t('deviceSays')}
          </Text>
          <Text size="sm" component="blockquote" m={0}>
            {alert.message}
          </Text>
        </div>
      )}
    </Stack>
  );
}

function Measurements({ alert: { measurements } }: { alert: AlertFieldsFragment }) {
  const { t, i18n } = useTranslation('alerts');
  if (measurements.length === 0) return null;
  return (
    <Table aria-label={t('measured')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('measured')}</Table.Th>
          <Table.Th>{t('value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {measurements.map(({ name, value, unit }) => (
          <Table.Tr key={name}>
            {/* Other clients than Beckon's agent have names of their own for what they measure. */}
            <Table.Td>{t(`measurement.${name}` as 'measurement.percent', { defaultValue: name })}</Table.Td>
            <Table.Td>
              {value.toLocaleString(i18n.language, { maximumFractionDigits: 2 })}
              {unit && `\u00a0${unit}`}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What happened to it, in order. */
function History({ alert }: { alert: AlertFieldsFragment }) {
  const { t } = useTranslation('alerts');
  const steps = [
    { key: 'raised', icon: IconBell, at: alert.raisedAt, text: t('history.raised') },
    alert.occurrences > 1 && {
      key: 'repeated',
      icon: IconRepeat,
      at: alert.lastRaisedAt,
      text: t('history.repeated', { count: alert.occurrences }),
    },
    alert.acknowledgedAt && {
      key: 'acknowledged',
      icon: IconCheck,
      at: alert.acknowledgedAt,
      text: t('history.acknowledged', { name: alert.acknowledgedBy?.name ?? '–' }),
    },
    alert.resolvedAt && { key: 'resolved', icon: IconCircleCheck, at: alert.resolvedAt, text: t('history.resolved') },
  ].filter((step) => step !== false && step !== null && step !== '');
  return (
    <Timeline bulletSize={26} active={steps.length}>
      {steps
        .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
        .map(({ key, icon: Icon, at, text }) => (
          <Timeline.Item key={key} bullet={<Icon size={14} />} title={text}>
            <Text size="sm" c="dimmed">
              <Instant at={at} />
            </Text>
          </Timeline.Item>
        ))}
    </Timeline>
  );
}
