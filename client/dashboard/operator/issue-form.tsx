import { ActionIcon, Alert, Button, Fieldset, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IssueLicences } from '../../api/operations/licences.ts';
import type { Language, LicenceEdition, Service } from '../../graphql/graphql.ts';
import { SERVICES } from '../app/services.ts';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { type Term, TermFields, termInput, USUAL_TERM } from './term-fields.tsx';

const EDITIONS = ['BUSINESS', 'PREMIUM', 'CORPORATE'] as const satisfies readonly LicenceEdition[];

/** Licences of one purchase, as many as the server takes. */
const MOST = 20;

interface Wanted {
  readonly key: number;
  product: Service;
  edition: LicenceEdition;
  seats: number | string;
  term: Term;
}

interface Values extends Record<string, unknown> {
  purchaseEmail: string;
  language: string;
  licences: Wanted[];
}

const FIRST: Wanted = { key: 0, product: 'MONITORING', edition: 'CORPORATE', seats: 10, term: USUAL_TERM };

/** One more, of a product that is not among them. */
function another(licences: readonly Wanted[]): Wanted {
  const product = SERVICES.find((service) => licences.every((licence) => licence.product !== service));
  const key = Math.max(...licences.map((licence) => licence.key)) + 1;
  return { ...FIRST, key, product: product ?? FIRST.product };
}

/** Issues the licences of one purchase; a mail for each goes to the address that bought them. */
export default function IssueForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('operator');
  const { t: common } = useTranslation();
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { purchaseEmail: '', language: '', licences: [FIRST] },
  });
  const issue = useMutate(IssueLicences);
  const [refused, setRefused] = useState<string | null>(null);
  const { licences } = form.values;

  const submit = form.onSubmit(async ({ purchaseEmail, language, licences: list }) => {
    setRefused(null);
    const { payload, refusal } = await issue.run({
      purchaseEmail,
      language: (language || null) as Language | null,
      licences: list.map(({ product, edition, seats, term }) => ({
        product,
        edition,
        seats: Math.trunc(Number(seats)),
        ...termInput(term),
      })),
    });
    if (!payload) return setRefused(showRefusal(form, refusal));
    const count = payload.licences.length;
    notifications.show({ color: 'teal', message: t('issue.issued', { count, email: purchaseEmail }) });
    onDone();
  });
  const errorAt = (place: string): string | undefined => {
    const error = form.errors[place];
    return typeof error === 'string' ? error : undefined;
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('issue.email')}
          description={t('issue.emailHint')}
          type="email"
          required
          data-autofocus
          {...form.getInputProps('purchaseEmail')}
        />
        <NativeSelect
          label={t('issue.language')}
          data={[
            { value: '', label: t('issue.languageAuto') },
            { value: 'en', label: common('english') },
            { value: 'fr', label: common('french') },
          ]}
          {...form.getInputProps('language')}
        />
        {licences.map(({ key, term }, at) => (
          <Fieldset key={key} legend={t('issue.nth', { number: at + 1 })}>
            <Stack gap="sm">
              <Group align="flex-end" gap="sm">
                <NativeSelect
                  label={t('issue.product')}
                  flex="2 1 10rem"
                  data={SERVICES.map((service) => ({ value: service, label: common(`service.${service}`) }))}
                  {...form.getInputProps(`licences.${at}.product`)}
                />
                <NativeSelect
                  label={t('issue.edition')}
                  flex="2 1 10rem"
                  data={EDITIONS.map((edition) => ({
                    value: edition,
                    label: `${t(`edition.${edition}`)} (${t(`editionText.${edition}`)})`,
                  }))}
                  {...form.getInputProps(`licences.${at}.edition`)}
                />
                <NumberInput
                  label={t('issue.seats')}
                  flex="1 1 6rem"
                  min={1}
                  allowDecimal={false}
                  required
                  {...form.getInputProps(`licences.${at}.seats`)}
                />
                {licences.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size="lg"
                    aria-label={t('issue.remove', { number: at + 1 })}
                    onClick={() => form.removeListItem('licences', at)}
                  >
                    <IconTrash size={18} />
                  </ActionIcon>
                )}
              </Group>
              <TermFields
                term={term}
                monthsHint={t('term.monthsHint')}
                monthsError={errorAt(`licences.${at}.months`)}
                dayError={errorAt(`licences.${at}.expiresAt`)}
                onChange={(changed) => form.setFieldValue(`licences.${at}.term`, changed)}
              />
            </Stack>
          </Fieldset>
        ))}
        {licences.length < MOST && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('licences', another(licences))}
          >
            {t('issue.add')}
          </Button>
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
          <Button type="submit" loading={issue.busy}>
            {t('issue.submit', { count: licences.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
