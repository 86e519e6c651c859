import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import type { Entry } from './book.tsx';
import { RemoveEntry } from './book-operations.ts';
import { contactName } from './contact-name.ts';

/** What can be done with an entry of an address book that one may change. */
export function EntryItems({ entry, onEdit }: { entry: Entry; onEdit(): void }) {
  const { t } = useTranslation('contacts');
  const { run } = useMutate(RemoveEntry);
  const remove = async (): Promise<void> => {
    const { payload } = await run({ id: entry.id });
    if (payload) notifications.show({ message: t('entryRemoved', { name: contactName(entry) }) });
  };
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t('editEntry')}
      </Menu.Item>
      <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
        {t('removeEntry')}
      </Menu.Item>
    </>
  );
}
