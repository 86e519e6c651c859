import { ActionIcon, AppShell, Avatar, Burger, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useSpotlight } from '@mantine/spotlight';
import { IconLogout, IconSearch, IconUserCircle } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount, useSession } from '../data/session.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { openPalette, paletteStore } from './open-palette.ts';
import { LanguageMenu, ThemeMenu } from './preferences.tsx';

const Palette = lazy(() => import('./palette.tsx'));

/** What stands around every page of someone who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [menu, { toggle, close }] = useDisclosure(false);
  const { company } = useAccount();
  return (
    <>
      <a href="#content" className="beckon-skip">
        {t('skipToContent')}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 264, breakpoint: 'md', collapsed: { mobile: !menu } }}
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
        <AppShell.Navbar p="md" aria-label={t('nav.label')}>
          <Navigation onPick={close} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <ConnectionBanner />
          {children}
        </AppShell.Main>
      </AppShell>
      <PaletteOnDemand />
    </>
  );
}

/** The command palette, which is loaded when it is opened for the first time. */
function PaletteOnDemand() {
  const opened = useSpotlight(paletteStore).opened;
  const [wanted, setWanted] = useState(opened);
  if (opened && !wanted) setWanted(true);
  useHotkeys([
    ['mod+K', openPalette],
    ['/', openPalette],
  ]);
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

function AccountMenu() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const { name, email } = useAccount();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <Avatar name={name} color="initials" radius="xl" size={34} alt="" />
          <VisuallyHidden>{t('accountMenu', { name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          <br />
          {email}
        </Menu.Label>
        <Menu.Item component={Link} href="/account/profile" leftSection={<IconUserCircle size={16} />}>
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
