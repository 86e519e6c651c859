import { useTranslation } from 'react-i18next';
import { Ago } from './ago.tsx';
import classes from './presence.module.css';

interface PresenceProps {
  /** Null where one may not know. */
  readonly online: boolean | null;
  /** When it was online last, to be told of what is not. */
  readonly lastSeenAt?: string | null | undefined;
}

/** Whether a device is online: a dot and a word; of one that is not also since when, where that is known. */
export function Presence({ online, lastSeenAt }: PresenceProps) {
  const { t } = useTranslation();
  if (online === null) return null;
  return (
    <span className={classes['presence']} data-online={online}>
      <span className={classes['dot']} aria-hidden />
      {online ? t('online') : t('offline')}
      {!online && lastSeenAt && (
        <span className={classes['since']}>
          <Ago at={lastSeenAt} />
        </span>
      )}
    </span>
  );
}
