import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './presence.module.css';

/** Whether a device is online: a dot and a word, and what else is to be told of that. */
export function Online({ online, children }: { online: boolean; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <span className={classes['presence']} data-online={online}>
      <span className={classes['dot']} aria-hidden />
      {online ? t('online') : t('offline')}
      {children}
    </span>
  );
}
