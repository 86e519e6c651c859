import { useTranslation } from 'react-i18next';
import type { SessionPermission } from '../../graphql/graphql.ts';
import { SESSION_PERMISSIONS } from './session-permissions.ts';

/** Where no more than this many are lacking, those are named, and not the many that are there. */
const MOST_LACKING = 5;

/** All that is permitted, exactly and in few words: “All but privacy mode and VPN”. */
export function usePermissionSummary(): (permissions: readonly SessionPermission[]) => string {
  const { t } = useTranslation();
  const list = usePermissionList();
  return (permissions) => {
    const lacking = SESSION_PERMISSIONS.filter((permission) => !permissions.includes(permission));
    if (permissions.length === 0) return t('permissions.nothing');
    if (lacking.length === 0) return t('permissions.everything');
    if (lacking.length <= MOST_LACKING) return t('permissions.allBut', { list: list(lacking) });
    return list(permissions);
  };
}

/** Permissions by their names, in the order in which people decide on them, as a sentence lists things. */
export function usePermissionList(): (permissions: readonly SessionPermission[]) => string {
  const { t, i18n } = useTranslation();
  return (permissions) =>
    new Intl.ListFormat(i18n.language === 'en' ? 'en-GB' : i18n.language).format(
      SESSION_PERMISSIONS.filter((permission) => permissions.includes(permission)).map((permission) =>
        t(`permission.${permission}`),
      ),
    );
}

export function PermissionSummary({ permissions }: { permissions: readonly SessionPermission[] }) {
  return <>{usePermissionSummary()(permissions)}</>;
}
