import { SpokenError } from '../../spoken-error.ts';

/** A backup or restore that cannot be done. */
export class BackupError extends SpokenError {
  override name = 'BackupError';
}
