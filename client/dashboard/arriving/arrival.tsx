import { Card, Center, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../app/logo.tsx';
import { LanguageMenu, ThemeMenu } from '../app/preferences.tsx';
import { DevelopmentMails } from '../parts/development-mails.tsx';

interface ArrivalProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Other ways on, below the card. */
  readonly ways?: ReactNode;
  /** For longer forms and texts. */
  readonly wide?: boolean;
}

/** A page for someone who is not signed in, or comes from a mail: one card with one thing to do. */
export function Arrival({ title, lead, children, ways, wide = false }: ArrivalProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <Stack mih="100vh" gap={0}>
      <Group component="header" justify="space-between" p="md">
        <Logo />
        <Group gap={6}>
          <LanguageMenu />
          <ThemeMenu />
        </Group>
      </Group>
      <Center component="main" flex={1} p="md" pb={80}>
        <Stack w="100%" maw={wide ? 560 : 440} gap="md">
          <Card withBorder radius="lg" p={{ base: 'lg', xs: 'xl' }}>
            <Title order={1} size="h2" mb={lead ? 4 : 'md'}>
              {title}
            </Title>
            {lead && (
              <Text c="dimmed" mb="md">
                {lead}
              </Text>
            )}
            {children}
          </Card>
          {ways && (
            <Text size="sm" ta="center">
              {ways}
            </Text>
          )}
          <DevelopmentMails />
        </Stack>
      </Center>
    </Stack>
  );
}
