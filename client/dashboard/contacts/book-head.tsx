import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { IconBook, IconLock, IconUsers } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMutate } from '../data/use-mutate.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import type { AddressBook } from './book.tsx';
import { RemoveAddressBook } from './book-operations.ts';

const BookForm = lazy(() => import('./book-form.tsx'));

/** An address book's name, who sees it, and what one may do with it as a whole. */
export function BookHead({ book, children }: { book: AddressBook; children: ReactNode }) {
  const { t } = useTranslation('contacts');
  const { t: common } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { id, name, shared, viewerOwns, viewerCanEdit } = book;
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div>
        <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        <Group gap={6} mt={4}>
          <Badge
            variant="light"
            tt="none"
            color={shared ? 'blue' : 'gray'}
            leftSection={shared ? <IconUsers size={12} /> : <IconBook size={12} />}
          >
            {shared ? t('shared') : t('personal')}
          </Badge>
          {!viewerCanEdit && (
            <Badge variant="light" tt="none" color="gray" leftSection={<IconLock size={12} />}>
              {t('readOnly')}
            </Badge>
          )}
        </Group>
        {shared && (
          <Text size="sm" c="dimmed" mt={4}>
            {viewerOwns ? t('sharedByYou') : viewerCanEdit ? t('sharedEditable') : t('sharedReadOnly')}
          </Text>
        )}
      </div>
      {viewerCanEdit && (
        <Group gap="xs">
          {children}
          <Button variant="default" onClick={() => setEditing(true)}>
            {viewerOwns ? t('editBook') : t('renameBook')}
          </Button>
          <RemoveBook {...{ id, name }}>{common('remove')}</RemoveBook>
        </Group>
      )}
      {editing && (
        <Suspense>
          <BookForm book={book} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Group>
  );
}

function RemoveBook({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const { t } = useTranslation('contacts');
  const [, go] = useLocation();
  const { run } = useMutate(RemoveAddressBook);
  return (
    <ConfirmButton
      variant="default"
      title={t('removeBook', { name })}
      text={t('removeBookText')}
      onConfirm={async () => {
        const { payload } = await run({ id });
        if (payload) go('/contacts/books');
        return payload ? null : '';
      }}
    >
      {children}
    </ConfirmButton>
  );
}
