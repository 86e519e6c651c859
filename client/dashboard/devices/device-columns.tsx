import type { TFunction } from 'i18next';
import type { DeviceRowFragment } from '../../graphql/graphql.ts';
import { SERVICES } from '../app/services.ts';
import { PlatformName } from '../parts/platform-name.tsx';
import { Presence } from '../parts/presence.tsx';
import { RowLink } from '../parts/row-link.tsx';
import type { Column } from '../parts/rows.tsx';
import { ServiceMark } from '../parts/service-mark.tsx';
import classes from './device-list.module.css';

/** Groups that a row has room for. */
const GROUPS_SHOWN = 3;

/**
 * The columns of a list of devices. What is in them is plain HTML, because a fling of the wheel renders dozens of rows in
 * one frame.
 */
export function deviceColumns(t: TFunction<'devices'>): Column<DeviceRowFragment>[] {
  return [
    {
      name: 'name',
      title: t('column.device'),
      width: 'minmax(11rem, 2.5fr)',
      cell: ({ id, name, addressGrouped, alias }) => (
        <div className={classes['name']}>
          <RowLink href={`/devices/${id}`}>{name}</RowLink>
          <span className={classes['small']}>
            <span className="beckon-code">{addressGrouped}</span>
            {alias && <span>{alias}</span>}
          </span>
        </div>
      ),
    },
    {
      name: 'online',
      title: t('column.online'),
      width: 'minmax(7rem, 1fr)',
      cell: ({ online, lastSeenAt }) => <Presence online={online} lastSeenAt={lastSeenAt} />,
    },
    {
      name: 'platform',
      title: t('column.platform'),
      width: 'minmax(6.5rem, 0.8fr)',
      wideOnly: true,
      cell: ({ platform }) => (
        <span className={classes['text']}>
          <PlatformName platform={platform} />
        </span>
      ),
    },
    {
      name: 'person',
      title: t('column.person'),
      width: 'minmax(7rem, 1.2fr)',
      cell: ({ account }) => <span className={classes['text']}>{account?.name ?? '–'}</span>,
    },
    {
      name: 'groups',
      title: t('column.groups'),
      width: 'minmax(7rem, 1.2fr)',
      wideOnly: true,
      cell: ({ groups }) => (
        <div className={classes['groups']}>
          {groups.slice(0, GROUPS_SHOWN).map(({ id, name }) => (
            <span key={id} className={classes['group']}>
              {name}
            </span>
          ))}
          {groups.length > GROUPS_SHOWN && (
            <span className={classes['group']}>{t('moreGroups', { count: groups.length - GROUPS_SHOWN })}</span>
          )}
        </div>
      ),
    },
    {
      name: 'services',
      title: t('column.services'),
      width: 'minmax(10.5rem, 1.4fr)',
      cell: ({ services }) => (
        <div className={classes['marks']}>
          {services
            .filter(({ state }) => state !== 'DEACTIVATED')
            .sort((a, b) => SERVICES.indexOf(a.service) - SERVICES.indexOf(b.service))
            .map(({ id, service, state }) => (
              <ServiceMark key={id} {...{ service, state }} />
            ))}
        </div>
      ),
    },
  ];
}
