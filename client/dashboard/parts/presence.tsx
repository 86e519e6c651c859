import { Ago } from './ago.tsx';
import { Online } from './online.tsx';
import classes from './presence.module.css';

interface PresenceProps {
  /** Null where one may not know. */
  readonly online: boolean | null;
  /** When it was online last, to be told of what is not. */
  readonly lastSeenAt?: string | null | undefined;
}

/** Whether a device is online; of one that is not also since when, where that is known. */
export function Presence({ online, lastSeenAt }: PresenceProps) {
  if (online === null) return null;
  return (
    <Online online={online}>
      {!online && lastSeenAt && (
        <span className={classes['since']}>
          <Ago at={lastSeenAt} />
        </span>
      )}
    </Online>
  );
}
