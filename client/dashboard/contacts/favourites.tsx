import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import { usePages } from '../data/use-pages.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Empty } from '../parts/empty.tsx';
import { ContactsPage } from './contacts-page.tsx';
import { AddFavourite, Favourites as FavouritesQuery } from './operations.ts';
import { Tile } from './tile.tsx';
import { Tiles } from './tiles.tsx';

/** The devices that one marked as favourites (INV-26). */
export function Favourites() {
  const { t } = useTranslation('contacts');
  const pages = usePages(FavouritesQuery, {}, (data) => data.viewer.account?.favourites);
  return (
    <ContactsPage>
      <AddForm />
      <Tiles
        label={t('tab.favourites')}
        pages={pages}
        keyOf={({ peer }) => peer.address}
        tile={(contact) => <Tile contact={contact} order={2} />}
        empty={
          <Empty icon={IconStar} title={t('noFavourites')}>
            <Text size="sm">{t('howToFavourite')}</Text>
          </Empty>
        }
      />
    </ContactsPage>
  );
}

/** Adds a favourite by its ID or alias. */
function AddForm() {
  const { t } = useTranslation('contacts');
  const form = useForm({ mode: 'uncontrolled', initialValues: { address: '' } });
  const add = useMutate(AddFavourite);
  const submit = form.onSubmit(async (input) => {
    const { payload, refusal } = await add.run(input);
    if (payload) form.reset();
    // The form has this one field.
    const otherwise = showRefusal(form, refusal ?? null);
    if (otherwise) notifications.show({ color: 'red', message: otherwise });
  });
  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="sm">
        <TextInput
          label={t('address')}
          placeholder={t('addressExample')}
          required
          withAsterisk={false}
          autoComplete="off"
          maxLength={40}
          flex="1 1 14rem"
          maw={360}
          key={form.key('address')}
          {...form.getInputProps('address')}
        />
        <Button type="submit" variant="default" mt={25} loading={add.busy}>
          {t('addFavourite')}
        </Button>
      </Group>
    </form>
  );
}
