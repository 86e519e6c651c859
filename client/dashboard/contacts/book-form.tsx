import { Alert, Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import type { AddressBook } from './book.tsx';
import { CreateAddressBook, UpdateAddressBook } from './book-operations.ts';

interface BookFormProps {
  /** The one that is changed; a new one where absent. */
  readonly book?: AddressBook;
  /** @param made the id of a new one. */
  onClose(made?: string): void;
}

/** An address book's name, and whether colleagues see it. */
export default function BookForm({ book, onClose }: BookFormProps) {
  const { t } = useTranslation('contacts');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: book?.name ?? '', shared: book?.shared ?? false },
  });
  const create = useMutate(CreateAddressBook);
  const update = useMutate(UpdateAddressBook);
  const [refused, setRefused] = useState<string | null>(null);
  // Sharing is the owner's.
  const shareable = company !== null && (!book || book.viewerOwns);

  const submit = form.onSubmit(async ({ name, shared }) => {
    setRefused(null);
    const input = { name, ...(shareable && { shared }) };
    const { payload, refusal } = book ? await update.run({ id: book.id, ...input }) : await create.run(input);
    if (payload) onClose(book ? undefined : payload.addressBook.id);
    else setRefused(showRefusal(form, refusal ?? null));
  });
  return (
    <Modal
      opened
      onClose={() => onClose()}
      title={book ? t('editBookTitle', { name: book.name }) : t('newBook')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('bookName')}
            required
            withAsterisk={false}
            maxLength={100}
            data-autofocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          {shareable && (
            <Switch
              label={t('share')}
              description={t('shareText', { company: company.name })}
              key={form.key('shared')}
              {...form.getInputProps('shared', { type: 'checkbox' })}
            />
          )}
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose()}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={create.busy || update.busy}>
              {book ? common('save') : common('create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
