import { Alert, Anchor, Text } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '../data/session.tsx';

/** Where to begin on a server that nobody has an account on yet. */
export function NewServer() {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { server } = useSession();
  if (!server.isNew) return null;
  return (
    <Alert icon={<IconSparkles size={18} />} title={t('newServer.title')} mb="md">
      <Text size="sm" mb={6}>
        {t('newServer.text')}
      </Text>
      <Anchor component={Link} href="/sign-up" size="sm" mr="md">
        {common('signUp')}
      </Anchor>
      <Anchor component={Link} href="/operator" size="sm">
        {t('newServer.operator')}
      </Anchor>
    </Alert>
  );
}
