import { Anchor, Button, Card, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { WebhookFieldsFragment } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { useAccount } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { Ago } from '../parts/ago.tsx';
import { Empty } from '../parts/empty.tsx';
import { EventPatterns } from './event-patterns.tsx';
import { Webhooks } from './operations.ts';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookState } from './webhook-state.tsx';

interface WebhookListProps {
  /** The path of this page, without a slash at its end. */
  readonly base: string;
  /** The company whose events they tell; null: one's own. */
  readonly companyId: string | null;
}

/** The webhooks that the viewer made, for their own account or for their company. */
export function WebhookList({ base, companyId }: WebhookListProps) {
  const { t } = useTranslation('webhooks');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const [making, { open, close }] = useDisclosure(false);
  const { data, instead } = useData(Webhooks, {});
  const webhooks = data?.viewer.account?.webhooks.filter((webhook) => webhook.companyId === companyId);
  return (
    <Page
      title={t('title')}
      lead={companyId === null ? t('accountLead') : t('companyLead', { company: company?.name ?? '' })}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={open}>
          {t('create')}
        </Button>
      }
    >
      {!webhooks ? (
        instead
      ) : webhooks.length === 0 ? (
        <Empty icon={IconWebhook} title={t('none')}>
          <Text size="sm">{t('noneText')}</Text>
        </Empty>
      ) : (
        <Stack component="ul" aria-label={t('list')} gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {webhooks.map((webhook) => (
            <WebhookCard key={webhook.id} webhook={webhook} base={base} />
          ))}
        </Stack>
      )}
      <Modal
        opened={making}
        onClose={close}
        title={t('create')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
        // The secret is shown once: a click beside it must not lose it.
        closeOnClickOutside={false}
      >
        <WebhookForm companyId={companyId} onDone={close} />
      </Modal>
    </Page>
  );
}

function WebhookCard({ webhook, base }: { webhook: WebhookFieldsFragment; base: string }) {
  const { t } = useTranslation('webhooks');
  return (
    <Card component="li" withBorder padding="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={6} miw={0}>
          <Anchor component={Link} href={`${base}/${webhook.id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {webhook.url}
          </Anchor>
          <EventPatterns patterns={webhook.events} />
          <Text size="sm" c="dimmed">
            {t('made')} <Ago at={webhook.createdAt} />
          </Text>
        </Stack>
        <WebhookState enabled={webhook.enabled} />
      </Group>
    </Card>
  );
}
