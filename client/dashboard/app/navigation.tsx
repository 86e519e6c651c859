import { NavLink, Stack } from '@mantine/core';
import {
  IconAddressBook,
  IconAlertTriangle,
  IconApi,
  IconBuilding,
  IconDevices,
  IconHeartbeat,
  IconHistory,
  IconUserCircle,
  IconUserPlus,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAccount, type ViewerAccount } from '../data/session.tsx';
import { SERVICES, servicePath } from './services.ts';

export interface NavigationEntry {
  readonly path: string;
  readonly label: string;
  readonly icon?: ComponentType<{ size?: number; stroke?: number }>;
  readonly children?: readonly NavigationEntry[];
  /** Stands for this page alone, and not for those below its path. */
  readonly exact?: boolean;
  /** Leaves the dashboard. */
  readonly external?: boolean;
}

/** The pages that this account has, as the menu and the command palette list them. */
export function useNavigation(): readonly NavigationEntry[] {
  const { t } = useTranslation();
  const { company }: ViewerAccount = useAccount();
  const administrator = company?.viewerIsAdministrator ?? false;
  const entries: (NavigationEntry | false)[] = [
    { path: '/', label: t('nav.invite'), icon: IconUserPlus },
    { path: '/sessions', label: t('nav.sessions'), icon: IconHistory },
    { path: '/contacts', label: t('nav.contacts'), icon: IconAddressBook },
    { path: '/devices', label: t('nav.devices'), icon: IconDevices },
    company !== null && {
      path: '/services',
      label: t('nav.services'),
      icon: IconHeartbeat,
      children: SERVICES.map((service) => ({ path: servicePath(service), label: t(`service.${service}`) })),
    },
    company !== null && { path: '/alerts', label: t('nav.alerts'), icon: IconAlertTriangle },
    {
      path: '/company',
      label: t('nav.company'),
      icon: IconBuilding,
      ...(company !== null && {
        children: [
          { path: '/company', label: t('nav.overview'), exact: true },
          { path: '/company/members', label: t('nav.members') },
          { path: '/company/roles', label: t('nav.roles') },
          { path: '/company/licences', label: t('nav.licences') },
          { path: '/company/groups', label: t('nav.groups') },
          { path: '/company/enrolment', label: t('nav.enrolment') },
          ...(administrator
            ? [
                { path: '/company/audit', label: t('nav.audit') },
                { path: '/company/webhooks', label: t('nav.webhooks') },
              ]
            : []),
          { path: '/company/settings', label: t('nav.settings') },
        ],
      }),
    },
    {
      path: '/account',
      label: t('nav.account'),
      icon: IconUserCircle,
      children: [
        { path: '/account/profile', label: t('nav.profile') },
        { path: '/account/security', label: t('nav.security') },
        { path: '/account/tokens', label: t('nav.tokens') },
        { path: '/account/webhooks', label: t('nav.webhooks') },
      ],
    },
    { path: '/graphiql', label: t('nav.graphiql'), icon: IconApi, external: true },
  ];
  return entries.filter((entry) => entry !== false);
}

/** The menu of all pages; `onPick` closes it on a phone. */
export function Navigation({ onPick }: { onPick(): void }) {
  const entries = useNavigation();
  return (
    <Stack gap={2} flex="1 0 auto">
      {entries.map((entry) => (
        <Entry key={entry.path} entry={entry} onPick={onPick} />
      ))}
    </Stack>
  );
}

function Entry({ entry, onPick }: { entry: NavigationEntry; onPick(): void }): ReactNode {
  const [location] = useLocation();
  const { path, label, icon: Icon, children, exact = path === '/', external } = entry;
  const here = location === path || (!exact && location.startsWith(`${path}/`));
  const leftSection = Icon ? <Icon size={20} stroke={1.6} /> : undefined;
  if (external) return <NavLink href={path} label={label} leftSection={leftSection} />;
  if (children) {
    return (
      <NavLink
        component="button"
        label={label}
        leftSection={leftSection}
        defaultOpened={here}
        aria-expanded={undefined}
      >
        {children.map((child) => (
          <Entry key={child.path} entry={child} onPick={onPick} />
        ))}
      </NavLink>
    );
  }
  return (
    <NavLink
      component={Link}
      href={path}
      label={label}
      leftSection={leftSection}
      active={here}
      aria-current={here ? 'page' : undefined}
      onClick={onPick}
    />
  );
}
