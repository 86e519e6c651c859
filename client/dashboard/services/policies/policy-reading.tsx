import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Policy } from './policy-page.tsx';
import { SettingText } from './setting-text.tsx';
import { draftOf, type SettingForm } from './settings.ts';

/** What a policy sets, for who may not change it. */
export function PolicyReading({ policy, form }: { policy: Policy; form: readonly SettingForm[] }) {
  const { t } = useTranslation('services');
  const draft = draftOf(policy.values);
  return (
    <Table aria-label={t('policies.settings')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('details.setting')}</Table.Th>
          <Table.Th>{t('details.value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {form.map((setting) => (
          <Table.Tr key={setting.name}>
            <Table.Td>{setting.label}</Table.Td>
            <Table.Td>
              <SettingText form={setting} value={draft[setting.name]} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
