import { ActionIcon, AppShell, Burger, Group, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useAccount } from '../data/session.tsx';
import { DevelopmentMails } from '../parts/development-mails.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { openPalette, paletteStore } from './open-palette.ts';
import { Activated, Incoming, WaitingOffers } from './pages.ts';
import { AccountMenu, LanguageMenu, ThemeMenu } from './preferences.tsx';
import { useScrollPlace } from './scroll-place.ts';
import { useTypedAhead } from './typed-ahead.ts';

const Palette = lazy(() => import('./palette.tsx'));

/** What stands around every page of someone who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [menu, { toggle, close }] = useDisclosure(false);
  const { company } = useAccount();
  useScrollPlace();
  return (
    <>
      <a href="#content" className="beckon-skip">
        {t('skipToContent')}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 280, breakpoint: 'md', collapsed: { mobile: !menu } }}
        padding={{ base: 'md', sm: 'lg' }}
      >
        <AppShell.Header>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="sm" wrap="nowrap" miw={0}>
              <Burger
                opened={menu}
                onClick={toggle}
                hiddenFrom="md"
                size="sm"
                aria-label={menu ? t('closeMenu') : t('openMenu')}
                aria-expanded={menu}
              />
              <Logo />
              {company && (
                <Text size="sm" c="dimmed" truncate visibleFrom="xs">
                  {company.name}
                </Text>
              )}
            </Group>
            <Group gap={6} wrap="nowrap">
              <SearchButton />
              <LanguageMenu />
              <ThemeMenu />
              <AccountMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar px="xs" aria-label={t('nav.label')}>
          <Stack gap="md" flex={1} mx="-xs" px="xs" py="md" style={{ overflowY: 'auto' }}>
            <Navigation onPick={close} />
            <DevelopmentMails />
          </Stack>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <ConnectionBanner />
          <Waiting />
          {children}
        </AppShell.Main>
      </AppShell>
      <Suspense>
        <Incoming />
      </Suspense>
      <PaletteOnDemand />
    </>
  );
}

/** What waits for a decision, and the pop-up after an activation: loaded for whom it concerns. */
function Waiting() {
  const { licenceOffers, joinOffers } = useAccount();
  const [parameters] = useSearchParams();
  return (
    <Suspense>
      {licenceOffers.length + joinOffers.length > 0 && <WaitingOffers />}
      {parameters.has('activated') && <Activated />}
    </Suspense>
  );
}

/** The command palette, which is loaded when it is opened for the first time. */
function PaletteOnDemand() {
  const { opened } = useSpotlight(paletteStore);
  const [wanted, setWanted] = useState(opened);
  if (opened && !wanted) setWanted(true);
  useHotkeys([
    ['mod+K', openPalette],
    ['/', openPalette],
  ]);
  useTypedAhead();
  return wanted ? (
    <Suspense>
      <Palette />
    </Suspense>
  ) : null;
}

function SearchButton() {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="default" size="lg" onClick={openPalette} aria-label={t('palette.open')} title="Ctrl+K">
      <IconSearch size={18} stroke={1.6} />
    </ActionIcon>
  );
}
