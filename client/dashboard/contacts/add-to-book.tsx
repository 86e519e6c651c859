import { Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactTileFragment } from '../../graphql/graphql.ts';
import { useAll } from '../data/use-all.ts';
import { useMutate } from '../data/use-mutate.ts';
import { usePages } from '../data/use-pages.ts';
import { AddEntry, AddressBooks, CreateAddressBook } from './book-operations.ts';
import { contactName } from './contact-name.ts';

/** The choice that makes a book. */
const NEW = '';

interface AddToBookProps {
  readonly contact: ContactTileFragment;
  onClose(): void;
}

/** Puts a contact into an address book that one may change, or into a new one. */
export default function AddToBook({ contact, onClose }: AddToBookProps) {
  const { t } = useTranslation('contacts');
  const { t: common } = useTranslation();
  const pages = usePages(AddressBooks, {}, (data) => data.viewer.account?.addressBooks);
  const books = useAll(pages).filter(({ viewerCanEdit }) => viewerCanEdit);
  const [chosen, setChosen] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: '', label: contact.label ?? '' } });
  const create = useMutate(CreateAddressBook);
  const add = useMutate(AddEntry);
  const bookId = chosen ?? books[0]?.id ?? NEW;
  const name = contactName(contact);

  const submit = form.onSubmit(async ({ name: bookName, label }) => {
    setRefused(null);
    let into = books.find(({ id }) => id === bookId);
    if (!into) {
      const { payload, refusal } = await create.run({ name: bookName });
      if (!payload) return setRefused(refusal?.message ?? null);
      into = { ...payload.addressBook, name: bookName, shared: false, viewerOwns: true, viewerCanEdit: true };
      setChosen(into.id);
    }
    const { payload, refusal } = await add.run({
      bookId: into.id,
      address: contact.peer.address,
      label: label.trim() || null,
    });
    if (!payload) return setRefused(refusal?.message ?? null);
    notifications.show({ message: t('entryAdded', { name, book: into.name }) });
    onClose();
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('addToBookTitle', { name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {pages.loading ? (
        <Text>{common('loading')}</Text>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <NativeSelect
              label={t('book')}
              value={bookId}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={[
                ...books.map((book) => ({ value: book.id, label: book.name })),
                { value: NEW, label: t('aNewBook') },
              ]}
              data-autofocus
            />
            {bookId === NEW && (
              <TextInput
                label={t('bookName')}
                required
                withAsterisk={false}
                maxLength={100}
                key={form.key('name')}
                {...form.getInputProps('name')}
              />
            )}
            <TextInput
              label={t('label')}
              description={t('labelText')}
              maxLength={100}
              key={form.key('label')}
              {...form.getInputProps('label')}
            />
            {refused && (
              <Alert color="red" role="alert">
                {refused}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {common('cancel')}
              </Button>
              <Button type="submit" loading={create.busy || add.busy}>
                {t('add')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
