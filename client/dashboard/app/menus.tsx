import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount, useSession } from '../data/session.tsx';
import { LANGUAGES, presentLanguage } from './words.ts';

/** The menus of the frame, each around the button that opens it. They are loaded when one of them is opened. */

const LANGUAGE_NAMES = { en: 'english', fr: 'french' } as const;
const THEMES = [
  { scheme: 'light', label: 'themeLight', icon: IconSun },
  { scheme: 'dark', label: 'themeDark', icon: IconMoon },
  { scheme: 'auto', label: 'themeAuto', icon: IconDeviceDesktop },
] as const;

export function LanguageItems({ target }: { target: ReactElement }) {
  const { t } = useTranslation();
  const { setLanguage } = useSession();
  const present = presentLanguage();
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            aria-current={language === present}
            rightSection={language === present ? <IconCheck size={14} /> : null}
            onClick={() => void setLanguage(language)}
          >
            {t(LANGUAGE_NAMES[language])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ThemeItems({ target }: { target: ReactElement }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {THEMES.map(({ scheme, label, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            aria-current={scheme === colorScheme}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={scheme === colorScheme ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function AccountItems({ target }: { target: ReactElement }) {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const { name, email } = useAccount();
  return (
    <Menu position="bottom-end" width={240} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          <br />
          {email}
        </Menu.Label>
        <Menu.Item component={Link} href="/account/profile" leftSection={<IconUserCircle size={16} />}>
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
