import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from './app.tsx';
import { FailureBoundary } from './failure.tsx';

interface PageProps {
  readonly title: string;
  /** One sentence below the title: what this page is for. */
  readonly lead?: ReactNode;
  /** What the page is mostly opened to do, at its top right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its title, which the browser's tab shows too, its main actions, its content. */
export function Page({ title, lead, actions, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box maw={720} flex="1 1 16rem">
          <Title order={1} size="h2">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" mt={4} style={{ textWrap: 'pretty' }}>
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      <FailureBoundary>
        <Suspense fallback={<Waiting />}>{children}</Suspense>
      </FailureBoundary>
    </Stack>
  );
}
