import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenScope } from '../../graphql/graphql.ts';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { ShownOnce } from '../parts/shown-once.tsx';
import { CreateApiToken } from './operations.ts';

const SCOPES = [
  'READ',
  'INVITATIONS',
  'SESSIONS',
  'CONTACTS',
  'DEVICES',
  'COMPANY',
  'ACCOUNT',
] as const satisfies readonly TokenScope[];

const DAY_MS = 86_400_000;
/** How long a token may be good for, in days; the empty text is for good. */
const TERMS = ['7', '30', '90', '365', ''] as const;
const USUAL_TERM = '90';

/** Makes a token, and then shows it this once. */
export function TokenForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { beckon } = useSession();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', scopes: ['READ'] as string[], expiresAt: USUAL_TERM as string },
  });
  const [forGood, setForGood] = useState(false);
  const create = useMutate(CreateApiToken);
  const [refused, setRefused] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) {
    return (
      <ShownOnce secret={secret} text={t('tokens.secretText')} copyLabel={t('tokens.copySecret')} onDone={onDone} />
    );
  }
  const submit = form.onSubmit(async ({ name, scopes, expiresAt: days }) => {
    setRefused(null);
    const expiresAt = days === '' ? null : new Date(beckon.serverNow() + Number(days) * DAY_MS).toISOString();
    const { payload, refusal } = await create.run({ name, scopes: scopes as TokenScope[], expiresAt });
    if (payload) setSecret(payload.secret);
    else setRefused(showRefusal(form, refusal));
  });
  const expires = form.getInputProps('expiresAt');
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('tokens.name')}
          description={t('tokens.nameHint')}
          required
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={t('tokens.scopes')} key={form.key('scopes')} {...form.getInputProps('scopes')}>
          <Stack gap="xs" mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} description={t(`scopeText.${scope}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={t('tokens.expires')}
          data={TERMS.map((days) => ({ value: days, label: term(days) }))}
          key={form.key('expiresAt')}
          {...expires}
          onChange={(event) => {
            setForGood(event.currentTarget.value === '');
            expires.onChange(event);
          }}
        />
        {forGood && (
          <Text size="sm" c="orange" role="status">
            {t('tokens.neverWarning')}
          </Text>
        )}
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={create.busy}>
            {common('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );

  function term(days: string): string {
    if (days === '') return t('tokens.neverExpires');
    return days === '365' ? t('tokens.year') : t('tokens.days', { count: Number(days) });
  }
}
