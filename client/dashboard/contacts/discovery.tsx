import { Anchor, Fieldset, SimpleGrid, Text } from '@mantine/core';
import { IconNetwork, IconNetworkOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAll } from '../data/use-all.ts';
import { useMutate } from '../data/use-mutate.ts';
import { usePages } from '../data/use-pages.ts';
import { Ago } from '../parts/ago.tsx';
import { Empty } from '../parts/empty.tsx';
import { SavedSwitch } from '../parts/saved-switch.tsx';
import { ContactsPage } from './contacts-page.tsx';
import { Discovered, DiscoveringDevices, SwitchDiscovery } from './operations.ts';
import { Tile } from './tile.tsx';
import { Tiles } from './tiles.tsx';

/** What is seen no more is gone after ten minutes without an event, and what is seen again is no event either. */
const LOOK_AGAIN_MS = 60_000;

interface OwnDevice {
  readonly id: string;
  readonly name: string;
  readonly addressGrouped: string;
  readonly discovery: boolean;
}

/** What one's own devices see on their local networks (INV-26), and which of them look. */
export function Discovery() {
  const { t } = useTranslation('contacts');
  const own = usePages(DiscoveringDevices, {}, (data) => data.viewer.account?.devices);
  const devices = useAll(own).toSorted((a, b) => a.name.localeCompare(b.name));
  const pages = usePages(Discovered, {}, (data) => data.viewer.account?.discovered);
  const { refresh } = pages;
  useEffect(() => {
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const looking = devices.some(({ discovery }) => discovery);
  return (
    <ContactsPage>
      {devices.length > 0 && <Looking devices={devices} />}
      {!own.loading && (
        <Tiles
          label={t('tab.discovery')}
          pages={pages}
          keyOf={({ peer }) => peer.address}
          tile={({ seenAt, ...contact }) => (
            <Tile
              contact={contact}
              order={2}
              detail={
                <>
                  {t('seen')} <Ago at={seenAt} />
                </>
              }
            />
          )}
          empty={<NothingSeen devices={devices.length} looking={looking} />}
        />
      )}
    </ContactsPage>
  );
}

/** Why nothing is there, and what to do about it. */
function NothingSeen({ devices, looking }: { devices: number; looking: boolean }) {
  const { t } = useTranslation('contacts');
  if (devices === 0) {
    return (
      <Empty icon={IconNetworkOff} title={t('noOwnDevice')}>
        <Text size="sm">
          {t('howToOwnDevice')}{' '}
          <Anchor component={Link} href="/devices">
            {t('toDevices')}
          </Anchor>
        </Text>
      </Empty>
    );
  }
  return looking ? (
    <Empty icon={IconNetwork} title={t('nothingSeen')}>
      <Text size="sm">{t('whyNothingSeen')}</Text>
    </Empty>
  ) : (
    <Empty icon={IconNetworkOff} title={t('discoveryOff')}>
      <Text size="sm">{t('howToDiscover')}</Text>
    </Empty>
  );
}

/** A switch for each of one's devices. */
function Looking({ devices }: { devices: readonly OwnDevice[] }) {
  const { t } = useTranslation('contacts');
  const { run } = useMutate(SwitchDiscovery);
  return (
    <Fieldset legend={t('looking')} mx={0}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('lookingText')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {devices.map(({ id, name, addressGrouped, discovery }) => (
          <SavedSwitch
            key={id}
            label={name}
            description={addressGrouped}
            checked={discovery}
            onSave={(on) => run({ deviceId: id, discovery: on })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
