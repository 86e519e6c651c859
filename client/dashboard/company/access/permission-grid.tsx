import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SERVICES } from '../../app/services.ts';
import { type Catalogue, type Grant, PERMISSIONS } from './grants.ts';
import classes from './permission-grid.module.css';

interface PermissionGridProps {
  /** What the grid shows, for screen readers. */
  readonly label: string;
  cell(grant: Grant): ReactNode;
}

/** The grid service × permission (PER-12): services are its rows; on narrow screens each is a block of its own. */
export function PermissionGrid({ label, cell }: PermissionGridProps) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  return (
    <div className={classes['frame']}>
      <table aria-label={label} className={classes['grid']}>
        <thead>
          <tr>
            <th scope="col">{t('grid.service')}</th>
            {PERMISSIONS.map((permission) => (
              <th key={permission} scope="col">
                {t(`permission.${permission}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SERVICES.map((service) => (
            <tr key={service}>
              <th scope="row">{common(`service.${service}`)}</th>
              {PERMISSIONS.map((permission) => (
                <td key={permission} data-title={t(`permission.${permission}`)}>
                  {cell({ service, permission })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What each permission means, in the words of the server. */
export function PermissionMeanings({ catalogue }: { catalogue: Catalogue }) {
  const { t } = useTranslation('members');
  return (
    <dl style={{ margin: 0 }}>
      {PERMISSIONS.map((permission) => {
        const entry = catalogue.find((one) => one.permission === permission);
        return (
          entry && (
            <Text key={permission} component="div" size="sm" mt={4}>
              <Text component="dt" span fw={600}>
                {t('grid.meaning', { permission: t(`permission.${permission}`) })}
              </Text>{' '}
              <Text component="dd" span m={0}>
                {entry.meaning}{' '}
                {entry.implies.map((implied) => t('grid.implies', { permission: t(`permission.${implied}`) }))}
              </Text>
            </Text>
          )
        );
      })}
    </dl>
  );
}
