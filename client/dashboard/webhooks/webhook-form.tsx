import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { ShownOnce } from '../parts/shown-once.tsx';
import { EventPicker } from './event-picker.tsx';
import { ACCOUNT_CONCEPTS, COMPANY_CONCEPTS } from './events.ts';
import { CreateWebhook, UpdateWebhook } from './operations.ts';
import { Signature } from './signature.tsx';

interface WebhookFormProps {
  /** The one to change; a new one where absent. */
  readonly webhook?: WebhookFieldsFragment;
  /** Whose events a new one tells: the company's, or one's own where null. */
  readonly companyId: string | null;
  onDone(): void;
}

/** Makes a webhook, and then shows its secret this once; or changes one. */
export function WebhookForm({ webhook, companyId, onDone }: WebhookFormProps) {
  const { t } = useTranslation('webhooks');
  const { t: common } = useTranslation();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { url: webhook?.url ?? '', events: webhook ? [...webhook.events] : ['*'] },
  });
  const create = useMutate(CreateWebhook);
  const update = useMutate(UpdateWebhook);
  const [refused, setRefused] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);

  if (secret !== null) {
    return (
      <ShownOnce secret={secret} text={t('secret.text')} copyLabel={t('secret.label')} onDone={onDone}>
        <Signature />
      </ShownOnce>
    );
  }
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    if (webhook) {
      const { payload, refusal } = await update.run({ id: webhook.id, ...input });
      if (payload) onDone();
      else setRefused(showRefusal(form, refusal));
      return;
    }
    const { payload, refusal } = await create.run({ ...input, companyId });
    if (payload) setSecret(payload.secret);
    else setRefused(showRefusal(form, refusal));
  });
  // A pattern is refused by its place among the others.
  const [, eventsError] = Object.entries(form.errors).find(([place]) => place.split('.')[0] === 'events') ?? [];
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('url')}
          description={t('urlHint')}
          type="url"
          required
          data-autofocus
          key={form.key('url')}
          {...form.getInputProps('url')}
        />
        <EventPicker
          patterns={form.getInitialValues().events}
          concepts={companyId === null ? ACCOUNT_CONCEPTS : COMPANY_CONCEPTS}
          error={typeof eventsError === 'string' ? eventsError : undefined}
          onChange={(events) => {
            form.clearErrors();
            form.setFieldValue('events', events);
          }}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={create.busy || update.busy}>
            {webhook ? common('save') : common('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
