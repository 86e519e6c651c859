import { ActionIcon, Avatar, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLanguage, IconSun } from '@tabler/icons-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../data/session.tsx';
import { MenuOnDemand } from '../parts/menu-on-demand.tsx';

const load = () => import('./menus.tsx');
const LanguageItems = lazy(async () => ({ default: (await load()).LanguageItems }));
const ThemeItems = lazy(async () => ({ default: (await load()).ThemeItems }));
const AccountItems = lazy(async () => ({ default: (await load()).AccountItems }));

export function LanguageMenu() {
  const { t } = useTranslation();
  const target = (
    <ActionIcon variant="default" size="lg" aria-label={t('language')}>
      <IconLanguage size={18} stroke={1.6} />
    </ActionIcon>
  );
  return (
    <MenuOnDemand target={target} preload={load}>
      {(button) => <LanguageItems target={button} />}
    </MenuOnDemand>
  );
}

export function ThemeMenu() {
  const { t } = useTranslation();
  const target = (
    <ActionIcon variant="default" size="lg" aria-label={t('theme')}>
      <IconSun size={18} stroke={1.6} />
    </ActionIcon>
  );
  return (
    <MenuOnDemand target={target} preload={load}>
      {(button) => <ThemeItems target={button} />}
    </MenuOnDemand>
  );
}

export function AccountMenu() {
  const { t } = useTranslation();
  const { name } = useAccount();
  const target = (
    <UnstyledButton>
      <Avatar name={name} color="initials" radius="xl" size={34} alt="" />
      <VisuallyHidden>{t('accountMenu', { name })}</VisuallyHidden>
    </UnstyledButton>
  );
  return (
    <MenuOnDemand target={target} preload={load}>
      {(button) => <AccountItems target={button} />}
    </MenuOnDemand>
  );
}
