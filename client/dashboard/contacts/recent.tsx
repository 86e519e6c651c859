import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../data/use-pages.ts';
import { Ago } from '../parts/ago.tsx';
import { Empty } from '../parts/empty.tsx';
import { ContactsPage } from './contacts-page.tsx';
import { RecentContacts } from './operations.ts';
import { Tile } from './tile.tsx';
import { Tiles } from './tiles.tsx';

/** The devices that one's own devices had sessions with, the newest first (INV-26). */
export function Recent() {
  const { t } = useTranslation('contacts');
  const pages = usePages(RecentContacts, {}, (data) => data.viewer.account?.recentSessions);
  return (
    <ContactsPage>
      <Tiles
        label={t('tab.recent')}
        pages={pages}
        keyOf={({ peer }) => peer.address}
        tile={({ session, startedAt, ...contact }) => (
          <Tile
            contact={contact}
            order={2}
            detail={
              <>
                {session.endedAt === null ? t('sessionRuns') : t('lastSession')} <Ago at={startedAt} />
              </>
            }
          />
        )}
        empty={
          <Empty icon={IconHistory} title={t('noRecent')}>
            <Text size="sm">{t('howToRecent')}</Text>
          </Empty>
        }
      />
    </ContactsPage>
  );
}
