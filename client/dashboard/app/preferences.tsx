import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';
import { LANGUAGES, presentLanguage } from './words.ts';

const LANGUAGE_NAMES = { en: 'english', fr: 'french' } as const;
const THEMES = [
  { scheme: 'light', label: 'themeLight', icon: IconSun },
  { scheme: 'dark', label: 'themeDark', icon: IconMoon },
  { scheme: 'auto', label: 'themeAuto', icon: IconDeviceDesktop },
] as const;

export function LanguageMenu() {
  const { t } = useTranslation();
  const { setLanguage } = useSession();
  const present = presentLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('language')}>
          <IconLanguage size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
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

export function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('theme')}>
          <IconSun size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
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
