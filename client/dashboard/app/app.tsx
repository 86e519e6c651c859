import { Center, Loader, MantineProvider, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { SessionProvider } from '../data/session.tsx';
import { FailureBoundary } from './failure.tsx';
import { Routes } from './routes.tsx';
import { theme } from './theme.ts';
import { words } from './words.ts';

/** Nobody is told anything before the first page is there: it can wait for it. */
const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** The whole dashboard. */
export function App() {
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <FailureBoundary>
          <SessionProvider waiting={<Waiting />}>
            <Suspense fallback={<Waiting />}>
              <Routes />
            </Suspense>
          </SessionProvider>
        </FailureBoundary>
        <Suspense>
          <Notifications position="top-right" />
        </Suspense>
      </MantineProvider>
    </I18nextProvider>
  );
}

/** Shown while a page or its words are on their way. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh" role="status">
      <Loader type="dots" aria-hidden />
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
    </Center>
  );
}
