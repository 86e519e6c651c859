import { Button, Stack, Text } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page } from '../app/page.tsx';
import { useAccount } from '../data/session.tsx';
import { usePages } from '../data/use-pages.ts';
import { Empty } from '../parts/empty.tsx';
import { Rows } from '../parts/rows.tsx';
import { CHOICE, LoadedDevices } from './choice.tsx';
import { ChosenDevices } from './chosen-devices.tsx';
import { deviceColumns } from './device-columns.tsx';
import { DeviceFilters } from './device-filters.tsx';
import { useListState } from './list-state.ts';
import { CompanyDevices, OwnDevices } from './operations.ts';
import { SelectionContext, useSelection } from './selection.ts';

/** All devices of the company or, without one, those that one is signed in on. */
export function DeviceList() {
  const { company } = useAccount();
  return company ? <DevicesOfCompany administrator={company.viewerIsAdministrator} /> : <DevicesOfAccount />;
}

function DevicesOfCompany({ administrator }: { administrator: boolean }) {
  const { t } = useTranslation('devices');
  const [state, change] = useListState();
  const { search, online, groupId, orderBy } = state;
  const filtered = search !== '' || online !== null || groupId !== null;
  const pages = usePages(
    CompanyDevices,
    { search: search || null, online, groupId, orderBy },
    (data) => data.viewer.account?.company?.devices,
  );
  const selection = useSelection();
  // Only administrators put devices into groups.
  const columns = useMemo(() => [...(administrator ? [CHOICE] : []), ...deviceColumns(t)], [administrator, t]);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        administrator && (
          <Button component={Link} href="/company/enrolment" variant="default">
            {t('enrol')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <DeviceFilters state={state} onChange={change} />
        <ChosenDevices selection={selection} />
        <SelectionContext value={selection}>
          <LoadedDevices value={pages.rows}>
            {' '}
            <Rows
              label={t('title')}
              {...{ pages, columns }}
              keyOf={({ id }) => id}
              rowHeight={65}
              empty={
                filtered ? (
                  <Empty icon={IconDevices} title={t('nothingFound')}>
                    <Button variant="default" onClick={() => change({ search: '', online: null, groupId: null })}>
                      {t('clearFilters')}
                    </Button>
                  </Empty>
                ) : (
                  <Empty icon={IconDevices} title={t('noneOfCompany')}>
                    <Text size="sm">{administrator ? t('howToEnrol') : t('askToEnrol')}</Text>
                  </Empty>
                )
              }
            />
          </LoadedDevices>
        </SelectionContext>
      </Stack>
    </Page>
  );
}

function DevicesOfAccount() {
  const { t } = useTranslation('devices');
  const pages = usePages(OwnDevices, {}, (data) => data.viewer.account?.devices);
  const columns = useMemo(() => deviceColumns(t), [t]);
  return (
    <Page title={t('title')} lead={t('ownLead')}>
      <Rows
        label={t('title')}
        {...{ pages, columns }}
        keyOf={({ id }) => id}
        rowHeight={65}
        empty={
          <Empty icon={IconDevices} title={t('noneOfOwn')}>
            <Text size="sm">{t('howToOwn')}</Text>
          </Empty>
        }
      />
    </Page>
  );
}
