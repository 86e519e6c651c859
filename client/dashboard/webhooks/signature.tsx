import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a delivery looks like on the wire, written by the server in these very words. */
const HEADER = 'Beckon-Signature: t=1795708800,v1=5257a869e7ecebed…';

/** How a program tells that a delivery comes from this server. */
export function Signature() {
  const { t } = useTranslation('webhooks');
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {t('signature.title')}
      </Text>
      <Text size="sm">{t('signature.text')}</Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {HEADER}
      </Code>
      <Text size="sm">{t('signature.formula')}</Text>
    </Stack>
  );
}
