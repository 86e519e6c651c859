import { Group, Progress, Text } from '@mantine/core';
import { IconCircle, IconCircleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOnlineCount } from './use-online-count.ts';

/** How many devices are online, as a bar and in words. */
export function OnlineBar({ total }: { total: number }) {
  const { t, i18n } = useTranslation('company');
  const counted = useOnlineCount();
  const online = Math.min(counted ?? 0, total);
  const number = (count: number) => count.toLocaleString(i18n.language);
  return (
    <div>
      <Progress value={(online / total) * 100} color="teal" aria-label={t('overview.states')} />
      <Group gap="md" mt="xs" mih="1.5rem">
        {counted !== null && (
          <>
            <Group gap={6} wrap="nowrap">
              <IconCircleFilled size={12} aria-hidden color="var(--mantine-color-teal-filled)" />
              <Text size="sm">{t('overview.online', { number: number(online) })}</Text>
            </Group>
            <Group gap={6} wrap="nowrap">
              <IconCircle size={12} aria-hidden />
              <Text size="sm">{t('overview.offline', { number: number(total - online) })}</Text>
            </Group>
          </>
        )}
      </Group>
    </div>
  );
}
