import { Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { useData } from '../data/use-data.tsx';
import { ConnectForm } from './connect-form.tsx';
import { DesktopNotifications } from './desktop-notifications.tsx';
import { InviteForm } from './invite-form.tsx';
import { StartDevices, UnderWay as UnderWayQuery } from './operations.ts';
import { OwnDevices } from './own-devices.tsx';
import { type OwnDevice, type Start, startOf, useStart } from './start.ts';
import classes from './start-page.module.css';
import { UnderWay } from './under-way.tsx';

const EmailInvitation = lazy(() => import('./email-invitation.tsx'));
const NoDevice = lazy(() => import('./no-device.tsx'));

/** All own devices of nearly everybody; the others stand under Devices. */
const DEVICES_SHOWN = 50;

/** Where there is room for two columns: Mantine's breakpoint `lg`. */
const WIDE = '(min-width: 75em)';

/** The start page: one's own devices, invitations from them, and what is under way. */
export default function Pages() {
  const { t } = useTranslation('invite');
  return (
    <Page title={t('title')} lead={t('lead')} actions={<DesktopNotifications />}>
      <StartPage />
    </Page>
  );
}

function StartPage() {
  const own = useData(StartDevices, { first: DEVICES_SHOWN });
  const underWay = useData(UnderWayQuery, {});
  const [start, begin] = useStart();
  const [mailFrom, setMailFrom] = useState<Start | null>(null);
  const wide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  if (!own.data) return own.instead;
  if (!underWay.data) return underWay.instead;
  const devices = byName(own.data.viewer.account?.devices.nodes ?? []);
  if (devices.length === 0) {
    return (
      <Suspense>
        <NoDevice />
      </Suspense>
    );
  }
  const mailDevice = devices.find(({ id }) => id === mailFrom?.deviceId);
  const yours = (
    <Stack key="yours" gap="lg" className={classes['yours'] ?? ''}>
      <OwnDevices
        devices={devices}
        total={own.data.viewer.account?.devices.totalCount ?? devices.length}
        onInvite={(deviceId, origin) => begin({ deviceId, origin })}
        onMail={(deviceId, origin) => setMailFrom(startOf({ deviceId, origin }))}
      />
      <UnderWay data={underWay.data} devices={devices} />
    </Stack>
  );
  const invite = (
    <div key="invite" className={classes['invite']}>
      <InviteForm devices={devices} start={start} />
    </div>
  );
  const connect = (
    <div key="connect" className={classes['connect']}>
      <ConnectForm devices={devices} />
    </div>
  );
  return (
    <>
      <div className={classes['page']}>
        {/* By their keys they keep what is typed into them. Most people come to connect: on a phone that is not to be looked for. */}
        {wide ? [yours, invite, connect] : [connect, yours, invite]}
      </div>
      {mailFrom && mailDevice && (
        <Suspense>
          <EmailInvitation
            key={mailFrom.number}
            device={mailDevice}
            origin={mailFrom.origin}
            onClose={() => setMailFrom(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function byName(devices: readonly OwnDevice[]): OwnDevice[] {
  return [...devices].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}
