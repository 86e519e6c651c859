import { Grid, Stack } from '@mantine/core';
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
import { UnderWay } from './under-way.tsx';

const EmailInvitation = lazy(() => import('./email-invitation.tsx'));
const NoDevice = lazy(() => import('./no-device.tsx'));

/** All own devices of nearly everybody; the others stand under Devices. */
const DEVICES_SHOWN = 50;

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
  return (
    <>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <OwnDevices
              devices={devices}
              total={own.data.viewer.account?.devices.totalCount ?? devices.length}
              onInvite={(deviceId, origin) => begin({ deviceId, origin })}
              onMail={(deviceId, origin) => setMailFrom(startOf({ deviceId, origin }))}
            />
            <UnderWay data={underWay.data} devices={devices} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <InviteForm devices={devices} start={start} />
            <ConnectForm devices={devices} />
          </Stack>
        </Grid.Col>
      </Grid>
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
