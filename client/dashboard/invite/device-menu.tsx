import { Menu, Text } from '@mantine/core';
import { IconAt, IconMail, IconPencil, IconShieldCheck, IconTrash, IconUserPlus } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount } from '../data/session.tsx';
import type { Editing } from './device-card.tsx';
import type { OwnDevice } from './start.ts';

interface DeviceMenuProps {
  readonly device: OwnDevice;
  readonly target: ReactElement;
  readonly opened: boolean;
  onChange(opened: boolean): void;
  onInvite(): void;
  onMail(): void;
  onEdit(what: Editing): void;
}

/** The context menu of an own ID: behind ⋯, and by a right click on the ID. */
export default function DeviceMenu({ device, target, opened, onChange, onInvite, onMail, onEdit }: DeviceMenuProps) {
  const { t } = useTranslation('invite');
  const { company } = useAccount();
  const managed = device.company !== null;
  const mayRemove = managed && company?.id === device.company?.id && company?.viewerIsAdministrator === true;
  return (
    <Menu
      opened={opened}
      onChange={onChange}
      position="bottom-end"
      width={280}
      // With the content of the page, to which it belongs.
      portalProps={{ target: '#content' }}
    >
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={onInvite}>
          {t('menu.invite')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMail size={16} />} onClick={onMail}>
          {t('menu.mail')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onEdit('name')}>
          {t('menu.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconAt size={16} />} disabled={!managed} onClick={() => onEdit('alias')}>
          {t('menu.alias')}
          {!managed && <Why text={t('menu.aliasNeedsCompany')} />}
        </Menu.Item>
        <Menu.Item leftSection={<IconShieldCheck size={16} />} component={Link} {...{ href: `/devices/${device.id}` }}>
          {t('menu.profiles')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          {...(mayRemove && { c: 'red' })}
          disabled={!mayRemove}
          onClick={() => onEdit('remove')}
        >
          {t('menu.remove')}
          {!mayRemove && <Why text={managed ? t('menu.removeByAdministrators') : t('menu.removeByItself')} />}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why an item cannot be chosen. */
function Why({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  );
}
