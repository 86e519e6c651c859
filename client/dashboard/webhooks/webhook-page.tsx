import { Alert, Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronLeft, IconEdit, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { WebhookFieldsFragment } from '../../graphql/graphql.ts';
import { NotFound } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Deliveries } from './deliveries.tsx';
import { EventPatterns } from './event-patterns.tsx';
import { PingWebhook, RemoveWebhook, UpdateWebhook, WebhookById } from './operations.ts';
import { Signature } from './signature.tsx';
import { useDeliveries } from './use-deliveries.ts';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookState } from './webhook-state.tsx';

/** One webhook: what it tells, whether it does, and what came of each delivery. */
export function WebhookPage({ id, base }: { id: string; base: string }) {
  const { data, instead } = useData(WebhookById, { id });
  if (!data) return instead;
  return data.node?.__typename === 'Webhook' ? <Shown webhook={data.node} base={base} /> : <NotFound />;
}

function Shown({ webhook, base }: { webhook: WebhookFieldsFragment; base: string }) {
  const { t } = useTranslation('webhooks');
  const { id, url, events, enabled } = webhook;
  const deliveries = useDeliveries(id);
  return (
    <Page
      title={new URL(url).host}
      actions={<WebhookActions webhook={webhook} base={base} onPinged={deliveries.look} />}
    >
      <Anchor component={Link} href={base} size="sm">
        <IconChevronLeft size={14} aria-hidden /> {t('all')}
      </Anchor>
      <Copyable value={url} size="sm" breakable />
      <Group gap="sm">
        <WebhookState enabled={enabled} />
        <EventPatterns patterns={events} />
      </Group>
      {!enabled && <Alert color="gray">{t('pausedText')}</Alert>}
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('deliveries.title')}
        </Title>
        <Deliveries webhookId={id} {...deliveries} />
      </Stack>
      <Signature />
    </Page>
  );
}

function WebhookActions({
  webhook,
  base,
  onPinged,
}: {
  webhook: WebhookFieldsFragment;
  base: string;
  onPinged(): void;
}) {
  const { t } = useTranslation('webhooks');
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const [editing, { open, close }] = useDisclosure(false);
  const ping = useMutate(PingWebhook);
  const update = useMutate(UpdateWebhook);
  const remove = useMutate(RemoveWebhook);
  const { id, url, enabled, companyId } = webhook;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconSend size={16} />}
        loading={ping.busy}
        onClick={async () => {
          const { payload } = await ping.run({ id });
          if (payload) onPinged();
        }}
      >
        {t('ping')}
      </Button>
      <Button
        variant="default"
        leftSection={enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        loading={update.busy}
        onClick={() => void update.run({ id, enabled: !enabled })}
      >
        {enabled ? t('pause') : t('resume')}
      </Button>
      <Button variant="default" leftSection={<IconEdit size={16} />} onClick={open}>
        {common('edit')}
      </Button>
      <ConfirmButton
        variant="light"
        color="red"
        title={t('removeTitle')}
        text={<Text size="sm">{t('removeText', { url })}</Text>}
        onConfirm={async () => {
          const { payload } = await remove.run({ id });
          if (payload) go(base);
          return payload ? null : common('failed');
        }}
      >
        {common('remove')}
      </ConfirmButton>
      <Modal
        opened={editing}
        onClose={close}
        title={t('edit')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <WebhookForm webhook={webhook} companyId={companyId} onDone={close} />
      </Modal>
    </>
  );
}
