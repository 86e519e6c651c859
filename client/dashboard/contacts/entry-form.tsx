import { Alert, Button, Group, Modal, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import type { AddressBook, Entry } from './book.tsx';
import { AddEntry, UpdateEntry } from './book-operations.ts';
import { contactName } from './contact-name.ts';

/** Tags that an entry has at most (server/domain/address-book-entries.ts). */
const MOST_TAGS = 10;

interface EntryFormProps {
  readonly book: AddressBook;
  /** The one that is changed; null for a new one. */
  readonly entry: Entry | null;
  onClose(): void;
}

/** An entry of an address book: which device, what to call it, its tags. */
export default function EntryForm({ book, entry, onClose }: EntryFormProps) {
  const { t } = useTranslation('contacts');
  const { t: common } = useTranslation();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { address: '', label: entry?.label ?? '', tags: [...(entry?.tags ?? [])] },
  });
  const [tags, setTags] = useState(form.getValues().tags);
  const changeTags = (after: string[]): void => {
    setTags(after);
    form.setFieldValue('tags', after);
  };
  const unused = book.tags.filter((tag) => !tags.includes(tag));
  const add = useMutate(AddEntry);
  const update = useMutate(UpdateEntry);
  const [refused, setRefused] = useState<string | null>(null);

  const submit = form.onSubmit(async ({ address, label }) => {
    setRefused(null);
    const described = { label: label.trim() || null, tags };
    const { payload, refusal } = entry
      ? await update.run({ id: entry.id, ...described })
      : await add.run({ bookId: book.id, address, ...described });
    if (payload) onClose();
    else setRefused(showRefusal(form, refusal ?? null));
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={entry ? t('editEntryTitle', { name: contactName(entry) }) : t('addEntryTitle', { name: book.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {!entry && (
            <TextInput
              label={t('address')}
              placeholder={t('addressExample')}
              required
              withAsterisk={false}
              autoComplete="off"
              maxLength={40}
              data-autofocus
              key={form.key('address')}
              {...form.getInputProps('address')}
            />
          )}
          <TextInput
            label={t('label')}
            description={t('labelText')}
            maxLength={100}
            key={form.key('label')}
            {...form.getInputProps('label')}
          />
          <TagsInput
            label={t('tags')}
            description={t('tagsText')}
            maxTags={MOST_TAGS}
            acceptValueOnBlur
            value={tags}
            error={form.errors['tags']}
            onChange={changeTags}
          />
          {unused.length > 0 && tags.length < MOST_TAGS && (
            <Group gap={6} role="group" aria-label={t('tagsInUse')}>
              {unused.map((tag) => (
                <Button
                  key={tag}
                  size="compact-xs"
                  radius="xl"
                  variant="default"
                  leftSection={<IconPlus size={12} />}
                  onClick={() => changeTags([...tags, tag])}
                >
                  {tag}
                </Button>
              ))}
            </Group>
          )}
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={add.busy || update.busy}>
              {entry ? common('save') : t('addEntry')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
