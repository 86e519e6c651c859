import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** That something was sent, and where it is seen how it stands: on a phone, that is off the screen. */
export function SentNotice({ text }: { text: string | null }) {
  const { t } = useTranslation('invite');
  if (!text) return null;
  return (
    <Text size="sm" role="status">
      {text}{' '}
      <Anchor underline="always" href="#under-way" inherit>
        {t('underWay.see')}
      </Anchor>
    </Text>
  );
}
