import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RenewLicence } from '../../api/operations/licences.ts';
import type { LicenceFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { exactDate, Instant } from '../parts/ago.tsx';
import { type Term, TermFields, termInput, USUAL_TERM } from './term-fields.tsx';

/** Sets a new end of a licence's term. */
export function RenewForm({ licence, onDone }: { licence: LicenceFieldsFragment; onDone(): void }) {
  const { t, i18n } = useTranslation('operator');
  const { t: common } = useTranslation();
  const [term, setTerm] = useState<Term>(USUAL_TERM);
  const [refused, setRefused] = useState<string | null>(null);
  const renew = useMutate(RenewLicence);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefused(null);
    const { payload, refusal } = await renew.run({ id: licence.id, ...termInput(term) });
    if (!payload) return setRefused(refusal?.message ?? null);
    const date = exactDate(payload.licence.expiresAt, i18n.language);
    notifications.show({ color: 'teal', message: t('renew.done', { date }) });
    onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Text size="sm">
          {t('renew.present')} <Instant at={licence.expiresAt} dateOnly />.
        </Text>
        <TermFields term={term} monthsHint={t('term.renewHint')} onChange={setTerm} />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={renew.busy}>
            {t('renew.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
