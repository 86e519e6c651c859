import { Alert, Anchor, Stack, Table, Text } from '@mantine/core';
import { IconCheck, IconClock, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service, WhatHoldsQuery } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useData } from '../../data/use-data.tsx';
import { Ago } from '../../parts/ago.tsx';
import { WhatHolds } from '../operations.ts';
import { PolicyFormQuery } from '../policies/operations.ts';
import { SettingText } from '../policies/setting-text.tsx';

type Device = Extract<WhatHoldsQuery['node'], { __typename: 'Device' }>;
type Effective = Device['effectivePolicies'][number];
type Origin = Effective['origins'][number];

/** What a service does on a device: every setting with its value, and which policy it comes from (SVC-09). */
export default function EffectiveSettings({ deviceId, service }: { deviceId: string; service: Service }) {
  const { t } = useTranslation('services');
  const { data: form, instead } = useData(PolicyFormQuery, { service });
  const { data } = useData(WhatHolds, { deviceId, service });
  if (!form || !data) return instead;
  const effective = data.node?.__typename === 'Device' ? data.node.effectivePolicies[0] : undefined;
  if (!effective) {
    return (
      <Alert icon={<IconInfoCircle />} color="gray">
        {t('details.hidden')}
      </Alert>
    );
  }
  const names = new Map(form.policySettings.settings.map((setting) => [setting.name, setting]));
  return (
    <>
      <Applied effective={effective} />
      <Table layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('details.setting')}</Table.Th>
            <Table.Th>{t('details.value')}</Table.Th>
            <Table.Th>{t('details.from')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {effective.origins.map((origin) => {
            const setting = names.get(origin.setting);
            if (!setting) return null;
            return (
              <Table.Tr key={origin.setting}>
                <Table.Td>{setting.label}</Table.Td>
                <Table.Td>
                  <SettingText form={setting} value={JSON.parse(origin.value)} />
                </Table.Td>
                <Table.Td>
                  <From service={service} origin={origin} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Applied({ effective: { applied, appliedAt } }: { effective: Effective }) {
  const { t } = useTranslation('services');
  return (
    <Alert color={applied ? 'teal' : 'orange'} icon={applied ? <IconCheck /> : <IconClock />}>
      {applied && appliedAt ? (
        <>
          {t('details.applied')} <Ago at={appliedAt} />.
        </>
      ) : (
        t('details.notApplied')
      )}
    </Alert>
  );
}

/** The policy that a value comes from, by a group or on the device itself; and what other groups would have it be. */
function From({ service, origin: { origin, conflicts } }: { service: Service; origin: Origin }) {
  const { t } = useTranslation('services');
  if (origin.layer === 'DEFAULT') return <Text size="sm">{t('details.default')}</Text>;
  return (
    <Stack gap={2}>
      {origin.policy && (
        <Anchor component={Link} href={`${servicePath(service)}/policies/${origin.policy.id}`} size="sm">
          {origin.policy.name}
        </Anchor>
      )}
      <Text size="sm" c="dimmed">
        {origin.group ? t('details.byGroup', { group: origin.group.name }) : t('details.byDevice')}
      </Text>
      {conflicts.length > 0 && (
        <Text size="sm">
          {t('details.conflict', {
            groups: conflicts.map((one) => one.origin.group?.name ?? one.origin.policy?.name ?? '').join(', '),
          })}
        </Text>
      )}
    </Stack>
  );
}
