import { Anchor, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';

/** Where the mails can be read that a server for development keeps to itself; nothing in production. */
export function DevelopmentMails() {
  const { t } = useTranslation();
  const { server } = useSession();
  if (!server.mailsUrl) return null;
  return (
    <Text size="sm" ta="center" style={{ textWrap: 'balance' }}>
      <IconMail size={16} stroke={1.6} aria-hidden style={{ verticalAlign: 'text-bottom' }} />{' '}
      {/* By its path: the page may have been opened by another name of the server. */}
      <Anchor href={new URL(server.mailsUrl).pathname} target="_blank" rel="noreferrer" inherit>
        {t('developmentMails')}
      </Anchor>
    </Text>
  );
}
