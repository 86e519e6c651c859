import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The patterns of a webhook, as they are written. */
export function EventPatterns({ patterns }: { patterns: readonly string[] }) {
  const { t } = useTranslation('webhooks');
  return (
    <Group gap={6}>
      {patterns.map((pattern) => (
        <Badge key={pattern} variant="default" tt="none" fw={500} maw="100%">
          {pattern === '*' ? t('events.every') : pattern}
        </Badge>
      ))}
    </Group>
  );
}
