import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDevices, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { DeviceRowFragment, GroupFieldsFragment } from '../../../graphql/graphql.ts';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { RemoveDevicesFromGroup } from '../../devices/device-operations.ts';
import { CompanyDevices } from '../../devices/operations.ts';
import { Back } from '../../parts/back.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Presence } from '../../parts/presence.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { Section } from '../../parts/section.tsx';
import { GroupPolicies } from './group-policies.tsx';
import { NameGroup } from './name-group.tsx';
import { DeleteDeviceGroup, DeviceGroupById } from './operations.ts';

const AddDevices = lazy(() => import('./add-devices.tsx'));

/** One group: its devices, and the policies that they have by it. */
export default function GroupPage({ id }: { id: string }) {
  const { t } = useTranslation('company');
  const administrator = useAccount().company?.viewerIsAdministrator ?? false;
  const [asked, setAsked] = useState<'NAME' | 'DEVICES' | null>(null);
  const { data, instead } = useData(DeviceGroupById, { id });
  if (!data) return instead;
  const group = data.node;
  if (group?.__typename !== 'DeviceGroup') return <NotFound />;
  return (
    <Page
      title={group.name}
      lead={
        <Group component="span" gap="xs">
          <Back href="/company/groups">{t('group.title')}</Back>
          <span>{t('group.deviceCount', { count: group.deviceCount })}</span>
        </Group>
      }
      actions={
        administrator && (
          <>
            <Button leftSection={<IconPlus size={18} />} onClick={() => setAsked('DEVICES')}>
              {t('group.add')}
            </Button>
            <Button variant="default" onClick={() => setAsked('NAME')}>
              {t('group.rename')}
            </Button>
            <DeleteGroup group={group} />
          </>
        )
      }
    >
      <Section title={t('group.policies')} {...(group.policies.length === 0 && { text: t('group.howToPolicies') })}>
        <GroupPolicies policies={group.policies} />
      </Section>
      <Section title={t('group.devices')}>
        <DevicesOf group={group} administrator={administrator} />
      </Section>
      {asked === 'NAME' && <NameGroup group={group} onClose={() => setAsked(null)} />}
      {asked === 'DEVICES' && (
        <Suspense>
          <AddDevices group={group} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </Page>
  );
}

function DeleteGroup({ group: { id, name, deviceCount } }: { group: GroupFieldsFragment }) {
  const { t } = useTranslation('company');
  const [, go] = useLocation();
  const { run } = useMutate(DeleteDeviceGroup);
  return (
    <ConfirmButton
      variant="outline"
      color="red"
      title={t('group.deleteTitle', { name })}
      text={t('group.deleteText', { count: deviceCount })}
      onConfirm={async () => {
        const { payload } = await run({ id });
        if (payload) go('/company/groups');
        return null;
      }}
    >
      {t('group.delete')}
    </ConfirmButton>
  );
}

function DevicesOf({ group, administrator }: { group: GroupFieldsFragment; administrator: boolean }) {
  const { t } = useTranslation('company');
  const { run } = useMutate(RemoveDevicesFromGroup);
  const pages = usePages(CompanyDevices, { groupId: group.id }, (data) => data.viewer.account?.company?.devices);
  const groupId = group.id;
  const columns = useMemo(() => {
    const takeOut = async ({ id, name }: DeviceRowFragment): Promise<void> => {
      const { payload } = await run({ id: groupId, deviceIds: [id] });
      if (payload) notifications.show({ message: t('group.takenOut', { name }) });
    };
    return columnsOf(t, administrator ? takeOut : null);
  }, [t, run, groupId, administrator]);
  return (
    <Rows
      label={t('group.devices')}
      {...{ pages, columns }}
      keyOf={({ id }) => id}
      empty={<Empty icon={IconDevices} title={t('group.empty')} />}
    />
  );
}

function columnsOf(
  t: TFunction<'company'>,
  takeOut: ((device: DeviceRowFragment) => Promise<void>) | null,
): Column<DeviceRowFragment>[] {
  return [
    {
      name: 'name',
      title: t('group.device'),
      width: 'minmax(11rem, 2fr)',
      cell: ({ id, name, addressGrouped }) => (
        <div>
          <RowLink href={`/devices/${id}`}>{name}</RowLink>
          <Text size="sm" c="dimmed" className="beckon-code">
            {addressGrouped}
          </Text>
        </div>
      ),
    },
    {
      name: 'online',
      title: t('group.online'),
      width: 'minmax(8rem, 1fr)',
      cell: ({ online, lastSeenAt }) => <Presence online={online} lastSeenAt={lastSeenAt} />,
    },
    ...(takeOut
      ? [
          {
            name: 'actions',
            title: '',
            width: '8rem',
            cell: (device: DeviceRowFragment) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('group.takeOutOf', { name: device.name })}
                onClick={() => void takeOut(device)}
              >
                {t('group.takeOut')}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
