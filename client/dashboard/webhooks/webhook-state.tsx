import { Badge } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Whether a webhook delivers anything: in words, with a sign. */
export function WebhookState({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation('webhooks');
  const Icon = enabled ? IconPlayerPlay : IconPlayerPause;
  return (
    <Badge
      color={enabled ? 'teal' : 'gray'}
      variant="light"
      tt="none"
      leftSection={<Icon size={12} aria-hidden />}
      style={{ flexShrink: 0 }}
    >
      {enabled ? t('enabled') : t('paused')}
    </Badge>
  );
}
