import { ActionIcon, Box, Container, Group, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../app/logo.tsx';
import { LanguageMenu, ThemeMenu } from '../app/preferences.tsx';
import { DevelopmentMails } from '../parts/development-mails.tsx';
import { TabLinks } from '../parts/tab-links.tsx';

/** What stands around the pages of the operator's console. */
export function Frame({ onSignOut, children }: { onSignOut(): void; children: ReactNode }) {
  const { t } = useTranslation('operator');
  return (
    <>
      <Box component="header" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
        <Container size="xl" py="sm">
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="sm" wrap="nowrap" miw={0}>
              <Logo />
              <Text size="sm" c="dimmed" truncate>
                {t('title')}
              </Text>
            </Group>
            <Group gap={6} wrap="nowrap">
              <LanguageMenu />
              <ThemeMenu />
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('signOut')}
                title={t('signOut')}
                onClick={onSignOut}
              >
                <IconLogout size={18} stroke={1.6} />
              </ActionIcon>
            </Group>
          </Group>
        </Container>
      </Box>
      <Container size="xl" py="md">
        <TabLinks
          label={t('tabs')}
          tabs={[
            { path: '/operator', label: t('licences.title') },
            { path: '/operator/audit', label: t('audit.title') },
          ]}
        />
        <Box component="main" pt="lg">
          {children}
        </Box>
        <Box component="footer" mt="xl">
          <DevelopmentMails />
        </Box>
      </Container>
    </>
  );
}
