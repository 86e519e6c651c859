import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Service } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useData } from '../../data/use-data.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { ActionBar } from '../../parts/action-bar.tsx';
import { ServicePage } from '../service-page.tsx';
import { CreatePolicy, PolicyFormQuery } from './operations.ts';
import { ProblemList, useProblems } from './problems.tsx';
import { type Draft, noNumbers, type SettingForm, settingsInput } from './settings.ts';
import { SettingsForm } from './settings-form.tsx';

/** Makes a policy of a service. */
export default function NewPolicy({ service }: { service: Service }) {
  const [, go] = useLocation();
  const base = `${servicePath(service)}/policies`;
  return (
    <ServicePage service={service}>
      <PolicyMaker service={service} onCancel={() => go(base)} onMade={(id) => go(`${base}/${id}`)} />
    </ServicePage>
  );
}

interface PolicyMakerProps {
  readonly service: Service;
  onCancel(): void;
  onMade(id: string): void;
}

/** The form for a new policy, on its own page and in the middle of activating. */
export function PolicyMaker({ service, ...props }: PolicyMakerProps) {
  const { data, instead } = useData(PolicyFormQuery, { service });
  return data ? <Maker service={service} form={data.policySettings.settings} {...props} /> : instead;
}

function Maker({ service, form, onCancel, onMade }: PolicyMakerProps & { form: readonly SettingForm[] }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [name, setName] = useState('');
  const [draft, setDraft] = useState<Draft>({});
  const [nameRefused, setNameRefused] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const problems = useProblems(form);
  const { run, busy } = useMutate(CreatePolicy);

  const submit = async (): Promise<void> => {
    setNameRefused(null);
    setRefused(null);
    if (problems.refuse(noNumbers(form, draft))) return;
    const { payload, refusal } = await run({ name, settings: settingsInput(service, draft) as never });
    if (payload) {
      notifications.show({ message: t('policies.made', { name: payload.policy.name }) });
      onMade(payload.policy.id);
    } else if (refusal?.path[0] === 'name') {
      setNameRefused(refusal.message);
      document.getElementById('policy-name')?.focus();
    } else if (refusal && 'problems' in refusal) problems.show(refusal.problems);
    else setRefused(refusal?.message ?? null);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <TextInput
          id="policy-name"
          label={t('policies.name')}
          description={t('policies.nameHint')}
          value={name}
          error={nameRefused}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maw={480}
        />
        <Text size="sm">{t('form.explain')}</Text>
        <SettingsForm form={form} draft={draft} problems={problems.byPath} onChange={setDraft} />
        <ProblemList problems={problems.list} />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <ActionBar>
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('policies.create')}
          </Button>
        </ActionBar>
      </Stack>
    </form>
  );
}
