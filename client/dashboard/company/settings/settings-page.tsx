import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app/page.tsx';
import { useAccount, type ViewerCompany } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Section } from '../../parts/section.tsx';
import { Leave } from './leave.tsx';
import { CompanySettings, UpdateCompany } from './operations.ts';
import { RequireSecondFactor } from './require-second-factor.tsx';

/** What holds for everybody in the company, to be changed by its administrators; and the way out of it. */
export default function SettingsPage() {
  const { company } = useAccount();
  return company && <Settings company={company} />;
}

function Settings({ company }: { company: ViewerCompany }) {
  const { t } = useTranslation('company');
  const administrator = company.viewerIsAdministrator;
  const { data, instead } = useData(CompanySettings, { administrator });
  const settings = data?.viewer.account?.company;
  return (
    <Page title={t('settings.title')} lead={t('settings.lead', { company: company.name })}>
      <Stack gap="xl">
        {administrator && (
          <Section title={t('settings.name')} text={t('settings.nameText')}>
            <NameForm key={company.name} name={company.name} />
          </Section>
        )}
        <Section title={t('settings.namespace')} text={t('settings.namespaceText')}>
          <div>
            <Copyable value={`@${company.namespace}`} />
          </div>
        </Section>
        {administrator && (
          <Section title={t('settings.factor')} text={t('settings.factorText')}>
            {settings ? (
              <RequireSecondFactor
                required={settings.requireSecondFactor}
                without={settings.withoutSecondFactor?.totalCount ?? 0}
              />
            ) : (
              instead
            )}
          </Section>
        )}
        <Section title={t('settings.leave')} text={t('settings.leaveText')}>
          <Leave company={company} />
        </Section>
      </Stack>
    </Page>
  );
}

function NameForm({ name }: { name: string }) {
  const { t } = useTranslation(['company', 'common']);
  const form = useForm({ mode: 'uncontrolled', initialValues: { name } });
  const update = useMutate(UpdateCompany);
  const submit = form.onSubmit(async (input) => {
    const { payload, refusal } = await update.run(input);
    if (payload) notifications.show({ message: t('settings.saved', { name: payload.company.name }) });
    else showRefusal(form, refusal);
  });
  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="sm">
        <TextInput
          aria-label={t('settings.name')}
          required
          maxLength={100}
          flex="1 1 16rem"
          maw={420}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={update.busy}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  );
}
