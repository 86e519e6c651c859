import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconDeviceDesktopOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service } from '../../../graphql/graphql.ts';
import { usePages } from '../../data/use-pages.ts';
import { DeviceFilters } from '../../devices/device-filters.tsx';
import type { ListState } from '../../devices/list-state.ts';
import { CompanyDevices, OwnDevices } from '../../devices/operations.ts';
import { ActionBar } from '../../parts/action-bar.tsx';
import { Empty } from '../../parts/empty.tsx';
import type { Chosen } from './activate.tsx';
import { DeviceChoice, type DeviceChoiceProps } from './device-choice.tsx';

/** Most devices in one call of the API. */
export const DEVICES_MOST = 250;

interface ChooseDevicesProps {
  readonly service: Service;
  readonly seatsLeft: number;
  readonly chosen: Chosen;
  onChoose(chosen: Chosen): void;
  onNext(): void;
}

/** The first step: one or more managed devices, found by name, ID or group. */
export function ChooseDevices({ service, seatsLeft, chosen, onChoose, onNext }: ChooseDevicesProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const choice = { service, chosen, onChoose };
  return (
    <Stack>
      {service === 'BACKUP' ? <DevicesOfAccount {...choice} /> : <DevicesOfCompany {...choice} />}
      {chosen.size > seatsLeft && (
        <Alert color="orange">{t('activate.fewSeats', { count: Math.max(0, seatsLeft) })}</Alert>
      )}
      {chosen.size > DEVICES_MOST && <Alert color="orange">{t('activate.tooMany', { count: DEVICES_MOST })}</Alert>}
      <ActionBar>
        <Text size="sm" aria-live="polite">
          {t('activate.chosen', { count: chosen.size })}
        </Text>
        {chosen.size > 0 && (
          <Button variant="subtle" size="sm" onClick={() => onChoose(new Map())}>
            {t('activate.clear')}
          </Button>
        )}
        <Button disabled={chosen.size === 0 || chosen.size > DEVICES_MOST} onClick={onNext}>
          {common('next')}
        </Button>
      </ActionBar>
    </Stack>
  );
}

type DevicesProps = Omit<DeviceChoiceProps, 'pages' | 'empty'>;

const EVERYTHING: ListState = { search: '', online: null, groupId: null, orderBy: 'NAME' };

/** The devices that the company manages, to choose among. */
export function DevicesOfCompany(props: DevicesProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [state, setState] = useState(EVERYTHING);
  const { search, online, groupId, orderBy } = state;
  const pages = usePages(
    CompanyDevices,
    { search: search || null, online, groupId, orderBy },
    (data) => data.viewer.account?.company?.devices,
  );
  const filtered = search !== '' || groupId !== null || online !== null;
  return (
    <>
      <DeviceFilters state={state} onChange={(changed) => setState((before) => ({ ...before, ...changed }))} />
      <DeviceChoice
        {...props}
        pages={pages}
        empty={
          <Empty icon={IconDeviceDesktopOff} title={filtered ? t('activate.nothingFound') : t('activate.noDevices')}>
            {!filtered && (
              <>
                <Text size="sm">{t('activate.noDevicesText')}</Text>
                <Button component={Link} href="/company/enrolment">
                  {common('nav.enrolment')}
                </Button>
              </>
            )}
          </Empty>
        }
      />
    </>
  );
}

/** Devices that are assigned to whoever looks: the only ones on which they can put Backup (PER-07). */
function DevicesOfAccount(props: DevicesProps) {
  const { t } = useTranslation('services');
  const pages = usePages(OwnDevices, {}, (data) => data.viewer.account?.devices);
  return (
    <DeviceChoice
      {...props}
      pages={pages}
      empty={
        <Empty icon={IconDeviceDesktopOff} title={t('activate.noOwnDevices')}>
          <Text size="sm">{t('activate.noOwnDevicesText')}</Text>
        </Empty>
      }
    />
  );
}
