/** A backup or restore that cannot be done; the message is a sentence for a person. */
export class BackupError extends Error {
  override name = 'BackupError';
}
