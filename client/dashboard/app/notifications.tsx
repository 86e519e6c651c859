import { MantineThemeProvider } from '@mantine/core';
import { Notifications as Container } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Where notifications appear. A file of its own, so that it is loaded apart from what sends them. */
export default function Notifications() {
  const { t } = useTranslation();
  const named = { Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('close') } } } };
  return (
    <MantineThemeProvider theme={{ components: named }}>
      <Container position="top-right" />
    </MantineThemeProvider>
  );
}
