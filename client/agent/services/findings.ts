/** How much it matters; as in the API. */
export type Severity = 'INFORMATION' | 'WARNING' | 'CRITICAL';

/** Something that a service found on this machine, and that somebody should know. */
export interface Finding {
  /** What it is about, such as `CPU_LOAD` or `DISK_SPACE:/`: the same one found again is the same alert. */
  readonly subject: string;
  readonly severity: Severity;
  /** A threat is malware; everything else is an alert. */
  readonly kind: 'ALERT' | 'THREAT';
  /** One sentence for a person. */
  readonly message: string;
  /** What was measured, by name with its unit. */
  readonly measurements: Readonly<Record<string, number | string>>;
}

/** What is to be told: that something is wrong, or that it is right again. */
export type Decision =
  | { readonly kind: 'raise'; readonly finding: Finding }
  | { readonly kind: 'resolve'; readonly subject: string };

/** Longest subject that the server takes, in characters. */
const SUBJECT_LENGTH = 200;

/**
 * What an alert is about: its kind and, of many, which one. Cut here and nowhere else, so that the alert that is open
 * and the condition that goes on stay the same; a long path keeps its end, where it differs from others.
 */
export function subjectOf(kind: string, which: string): string {
  const letters = [...`${kind}:${which}`.replace(/[\s\p{C}]+/gu, ' ').trim()];
  if (letters.length <= SUBJECT_LENGTH) return letters.join('');
  const start = Math.floor(SUBJECT_LENGTH / 4);
  return [...letters.slice(0, start), '…', ...letters.slice(start + 1 - SUBJECT_LENGTH)].join('');
}
