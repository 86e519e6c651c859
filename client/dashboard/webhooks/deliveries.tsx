import { ActionIcon, Badge, Button, Group, Menu, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconClock, IconDots, IconRefresh, IconSend, IconX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import { Ago } from '../parts/ago.tsx';
import { Empty } from '../parts/empty.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { RedeliverWebhook } from './operations.ts';
import type { Delivery, useDeliveries } from './use-deliveries.ts';

const STATES = {
  PENDING: { color: 'blue', icon: IconClock },
  DELIVERED: { color: 'teal', icon: IconCheck },
  FAILED: { color: 'red', icon: IconX },
} as const;

interface DeliveriesProps extends ReturnType<typeof useDeliveries> {
  readonly webhookId: string;
}

/** What was delivered and what was not, newest first; each can be sent again, alone or with all that followed. */
export function Deliveries({ webhookId, pages, look }: DeliveriesProps) {
  const { t } = useTranslation('webhooks');
  const columns = useMemo(() => columnsOf(t, webhookId, look), [t, webhookId, look]);
  return (
    <Rows
      label={t('deliveries.title')}
      {...{ pages, columns }}
      keyOf={({ deliveryId }) => deliveryId}
      empty={
        <Empty icon={IconSend} title={t('deliveries.none')}>
          <Text size="sm">{t('deliveries.noneText')}</Text>
        </Empty>
      }
    />
  );
}

function columnsOf(t: TFunction<'webhooks'>, webhookId: string, look: () => void): Column<Delivery>[] {
  return [
    {
      name: 'event',
      title: t('deliveries.event'),
      width: 'minmax(0, 2fr)',
      cell: ({ event }) =>
        event === null ? <Text c="dimmed">{t('deliveries.gone')}</Text> : <EventName name={event} />,
    },
    { name: 'state', title: t('deliveries.state'), width: '9rem', cell: (delivery) => <State {...delivery} /> },
    {
      name: 'answer',
      title: t('deliveries.answer'),
      width: 'minmax(0, 1.5fr)',
      cell: (delivery) => <Answer {...delivery} />,
    },
    {
      name: 'attempts',
      title: t('deliveries.attempts'),
      width: '6rem',
      wideOnly: true,
      cell: ({ attempts }) => attempts,
    },
    {
      name: 'when',
      title: t('deliveries.when'),
      width: '8rem',
      cell: ({ createdAt, deliveredAt }) => <Ago at={deliveredAt ?? createdAt} />,
    },
    {
      name: 'again',
      title: '',
      width: '2.5rem',
      cell: (delivery) => <Again delivery={delivery} webhookId={webhookId} onSent={look} />,
    },
  ];
}

/** A long one goes into a second line at its dot rather than within a word. */
function EventName({ name }: { name: string }) {
  const dot = name.indexOf('.') + 1;
  return (
    <>
      {name.slice(0, dot)}
      <wbr />
      {name.slice(dot)}
    </>
  );
}

function State({ state }: Delivery) {
  const { t } = useTranslation('webhooks');
  const { color, icon: Icon } = STATES[state];
  return (
    <Badge color={color} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />}>
      {t(`state.${state}`)}
    </Badge>
  );
}

function Answer({ state, lastStatus, lastError, nextAttemptAt, attempts }: Delivery) {
  const { t } = useTranslation('webhooks');
  const answer = lastStatus !== null ? t('deliveries.http', { status: lastStatus }) : lastError;
  return (
    <Text component="div" size="sm">
      {answer}
      {state === 'PENDING' && attempts > 0 && nextAttemptAt && (
        <Text size="xs" c="dimmed">
          {t('deliveries.next')} <Ago at={nextAttemptAt} />
        </Text>
      )}
    </Text>
  );
}

function Again({ delivery, webhookId, onSent }: { delivery: Delivery; webhookId: string; onSent(): void }) {
  const { t } = useTranslation('webhooks');
  const { t: common } = useTranslation();
  const redeliver = useMutate(RedeliverWebhook);
  const [asked, setAsked] = useState(false);
  const { deliveryId, event, cursor } = delivery;
  const send = async (what: { deliveryId: string } | { after: string }): Promise<void> => {
    const { payload, refusal } = await redeliver.run({ id: webhookId, ...what });
    setAsked(false);
    if (payload) {
      notifications.show({ message: t('deliveries.queued') });
      onSent();
    } else if (refusal) notifications.show({ color: 'red', message: refusal.message });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('deliveries.actions', { event: event ?? deliveryId })}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => void send({ deliveryId })}>
            {t('deliveries.again')}
          </Menu.Item>
          {cursor !== null && <Menu.Item onClick={() => setAsked(true)}>{t('deliveries.allAfter')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {cursor !== null && (
        <Modal
          opened={asked}
          onClose={() => setAsked(false)}
          title={t('deliveries.allAfterTitle')}
          centered
          closeButtonProps={{ 'aria-label': common('close') }}
        >
          <Text size="sm">{t('deliveries.allAfterText')}</Text>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsked(false)}>
              {common('cancel')}
            </Button>
            <Button loading={redeliver.busy} onClick={() => void send({ after: cursor })}>
              {t('deliveries.allAfter')}
            </Button>
          </Group>
        </Modal>
      )}
    </>
  );
}
