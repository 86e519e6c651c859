import { Center, Loader, MantineProvider, VisuallyHidden } from '@mantine/core';
import { notificationsStore } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { SessionProvider } from '../data/session.tsx';
import { FailureBoundary } from './failure.tsx';
import { Routes } from './routes.tsx';
import { cssVariables, theme } from './theme.ts';
import { words } from './words.ts';

const Notifications = lazy(() => import('./notifications.tsx'));

/** The whole dashboard. */
export function App() {
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <FailureBoundary>
          <SessionProvider waiting={<Waiting />}>
            <Suspense fallback={<Waiting />}>
              <Routes />
            </Suspense>
          </SessionProvider>
        </FailureBoundary>
        <NotificationsOnDemand />
      </MantineProvider>
    </I18nextProvider>
  );
}

/** Where notifications appear, loaded with the first of them. */
function NotificationsOnDemand() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => notificationsStore.subscribe(() => setWanted(true)), []);
  return wanted ? (
    <Suspense>
      <Notifications />
    </Suspense>
  ) : null;
}

/** Shown while a page or its words are on their way. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <Center className="beckon-loading" role="status">
      <Loader type="dots" aria-hidden />
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
    </Center>
  );
}
