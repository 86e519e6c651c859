import { Table } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { AuditRecordFieldsFragment, Service } from '../../../graphql/graphql.ts';
import { PolicyFormQuery } from '../../services/policies/operations.ts';
import { SettingText } from '../../services/policies/setting-text.tsx';
import { type Draft, type SettingForm, same } from '../../services/policies/settings.ts';
import { useValueWords } from './values.ts';

interface PolicySettingsProps {
  readonly record: AuditRecordFieldsFragment;
  readonly service: Service;
  /** As JSON; null where there were none. */
  readonly before: string | null | undefined;
  readonly after: string | null | undefined;
}

/**
 * The settings that a change of a policy is about, a row each, in the words of the policy's form; a setting that the form has not,
 * such as one of an earlier Beckon, by its name in the API.
 */
export default function PolicySettings({ record, service, ...values }: PolicySettingsProps) {
  const { t } = useTranslation('audit');
  const { textOf } = useValueWords();
  const [{ data }] = useQuery({ query: PolicyFormQuery, variables: { service } });
  const [before, after] = [draftIn(values.before), draftIn(values.after)];
  const forms = useMemo(() => formsOf(data?.policySettings.settings ?? []), [data]);
  const known = [...forms.keys()];
  const changed = Object.keys({ ...before, ...after })
    .filter((name) => !same(before?.[name], after?.[name]))
    .sort((one, other) => known.indexOf(one) - known.indexOf(other));
  const cell = (draft: Draft | null, name: string): ReactNode => {
    const form = forms.get(name);
    if (!draft) return t('details.nothing');
    if (form) return <SettingText form={form} value={draft[name]} />;
    return textOf(record, name, JSON.stringify(draft[name]));
  };
  return changed.map((name) => (
    <Table.Tr key={name}>
      <Table.Th scope="row" fw={500}>
        {forms.get(name)?.label ?? name}
      </Table.Th>
      <Table.Td data-title={t('details.before')}>{cell(before, name)}</Table.Td>
      <Table.Td data-title={t('details.after')}>{cell(after, name)}</Table.Td>
    </Table.Tr>
  ));
}

const draftIn = (json: string | null | undefined): Draft | null => (json ? (JSON.parse(json) as Draft) : null);

const formsOf = (settings: readonly SettingForm[]): ReadonlyMap<string, SettingForm> =>
  new Map(settings.map((setting) => [setting.name, setting]));
