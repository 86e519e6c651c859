import { ActionIcon, Badge, Button, Card, Group, Menu, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconAddressBook,
  IconCopy,
  IconDots,
  IconExternalLink,
  IconStar,
  IconStarFilled,
  IconUserPlus,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ContactTileFragment } from '../../graphql/graphql.ts';
import { Copyable } from '../parts/copyable.tsx';
import { Presence } from '../parts/presence.tsx';
import { useCopy } from '../parts/use-copy.ts';
import { useContactActions } from './contact-actions.tsx';
import { contactName } from './contact-name.ts';
import classes from './tiles.module.css';
import { useStar } from './use-star.ts';

interface TileProps {
  readonly contact: ContactTileFragment;
  /** What its list tells of it: when the last session was, when it was seen. */
  readonly detail?: ReactNode;
  readonly tags?: readonly string[];
  /** What its list can do with it, as items of its menu. */
  readonly items?: ReactNode;
  /** The order of its heading: below that of what it is listed under. */
  readonly order: 2 | 3;
}

/** A contact: who it is, whether it is there, and what can be done with it. Right-click opens the menu, too. */
export function Tile({ contact, detail, tags = [], items, order }: TileProps) {
  const { t } = useTranslation('contacts');
  const { invite } = useContactActions();
  const toggleStar = useStar(contact);
  const { peer, online, isFavourite } = contact;
  const name = contactName(contact);
  const menu = <TileItems {...{ contact, items }} />;
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.ContextMenu>
        <Card component="li" withBorder padding="md" className={classes['tile'] ?? ''}>
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
            <Title order={order} size="h5" className={classes['name'] ?? ''}>
              {name}
            </Title>
            <ActionIcon
              variant="subtle"
              color={isFavourite ? 'yellow' : 'gray'}
              aria-pressed={isFavourite}
              aria-label={t('starOf', { name })}
              onClick={toggleStar}
            >
              {isFavourite ? <IconStarFilled size={18} /> : <IconStar size={18} stroke={1.6} />}
            </ActionIcon>
          </Group>
          <Text size="sm" component="div">
            <Copyable value={peer.address} shown={peer.addressGrouped} size="sm" />
          </Text>
          {peer.alias && peer.alias !== name && (
            <Text size="sm" className={classes['name'] ?? ''}>
              {peer.alias}
            </Text>
          )}
          <Presence online={online} />
          {detail && (
            <Text size="sm" c="dimmed">
              {detail}
            </Text>
          )}
          {tags.length > 0 && (
            <Group gap={4} mt={4}>
              {tags.map((tag) => (
                <Badge key={tag} variant="light" color="gray" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
          )}
          <Group mt="auto" pt="sm" justify="space-between" wrap="nowrap">
            <Button
              size="xs"
              leftSection={<IconUserPlus size={16} />}
              aria-label={t('inviteName', { name })}
              onClick={() => invite(contact)}
            >
              {t('invite')}
            </Button>
            <Menu position="bottom-end" width={280}>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t('moreOf', { name })}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>{menu}</Menu.Dropdown>
            </Menu>
          </Group>
        </Card>
      </Menu.ContextMenu>
      <Menu.Dropdown>{menu}</Menu.Dropdown>
    </Menu>
  );
}

/** All that can be done with a contact. */
function TileItems({ contact, items }: Pick<TileProps, 'contact' | 'items'>) {
  const { t } = useTranslation('contacts');
  const { invite, addToBook } = useContactActions();
  const toggleStar = useStar(contact);
  const { peer, isFavourite } = contact;
  const { copy } = useCopy();
  const copyId = async () => {
    if (await copy(peer.address)) notifications.show({ message: t('idCopied', { name: contactName(contact) }) });
  };
  return (
    <>
      <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => invite(contact)}>
        {t('invite')}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={16} />} onClick={copyId}>
        {t('copyId')}
      </Menu.Item>
      <Menu.Item leftSection={isFavourite ? <IconStarFilled size={16} /> : <IconStar size={16} />} onClick={toggleStar}>
        {isFavourite ? t('unstar') : t('star')}
      </Menu.Item>
      <Menu.Item leftSection={<IconAddressBook size={16} />} onClick={() => addToBook(contact)}>
        {t('addToBook')}
      </Menu.Item>
      {peer.device && (
        <Menu.Item component={Link} href={`/devices/${peer.device.id}`} leftSection={<IconExternalLink size={16} />}>
          {t('openDevice')}
        </Menu.Item>
      )}
      {items && (
        <>
          <Menu.Divider />
          {items}
        </>
      )}
    </>
  );
}
