import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks the browser whether invitations may be told outside of this page too. Gone once the person has decided. */
export function DesktopNotifications() {
  const { t } = useTranslation('invite');
  const [permission, setPermission] = useState(() => globalThis.Notification?.permission);
  if (permission !== 'default') return null;
  return (
    <Button
      variant="default"
      leftSection={<IconBell size={16} />}
      onClick={() => void Notification.requestPermission().then(setPermission)}
    >
      {t('notifyMe')}
    </Button>
  );
}
