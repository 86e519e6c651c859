import { Alert, Button, Card, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { WaitingLicences } from '../licences/licences-page.tsx';
import { CreateCompany } from './operations.ts';

/** For an account without a company: to make one, or to come into one. */
export default function CreateCompanyPage() {
  const { t } = useTranslation('company');
  const { email } = useAccount();
  return (
    <Page title={t('create.title')} lead={t('create.lead')}>
      <Stack>
        <WaitingLicences />
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <Card withBorder padding="lg" component="section" aria-label={t('create.own')}>
            <Title order={2} size="h4">
              {t('create.own')}
            </Title>
            <Text size="sm" c="dimmed" mb="md">
              {t('create.ownText')}
            </Text>
            <CreateForm />
          </Card>
          <Stack>
            <Other title={t('create.other')} text={t('create.otherText', { email })} />
            <Other title={t('create.bought')} text={t('create.boughtText')} />
          </Stack>
        </SimpleGrid>
      </Stack>
    </Page>
  );
}

function Other({ title, text }: { title: string; text: string }) {
  return (
    <Card withBorder padding="lg" component="section" aria-label={title}>
      <Title order={2} size="h4" mb={4}>
        {title}
      </Title>
      <Text size="sm">{text}</Text>
    </Card>
  );
}

/** Its page follows by itself: the account hears that it belongs to a company. */
function CreateForm() {
  const { t } = useTranslation('company');
  const [refused, setRefused] = useState<string | null>(null);
  const [namespace, setNamespace] = useState('');
  const create = useMutate(CreateCompany);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', namespace: '' },
    onValuesChange: (values) => setNamespace(values.namespace.trim().toLowerCase()),
  });
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await create.run(input);
    if (!payload) setRefused(showRefusal(form, refusal));
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('create.name')}
          required
          maxLength={100}
          autoComplete="organization"
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('create.namespace')}
          description={t('create.namespaceHint')}
          leftSection="@"
          required
          maxLength={15}
          autoCapitalize="none"
          spellCheck={false}
          key={form.key('namespace')}
          {...form.getInputProps('namespace')}
        />
        {namespace && (
          <Text size="sm" role="status">
            {t('create.namespaceExample', { alias: `${t('create.exampleName')}@${namespace}` })}
          </Text>
        )}
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Button type="submit" loading={create.busy} style={{ alignSelf: 'flex-start' }}>
          {t('create.submit')}
        </Button>
      </Stack>
    </form>
  );
}
