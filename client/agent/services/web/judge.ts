import type { AgentWords } from '../../catalogue/catalogue.ts';
import { type Decision, type Finding, subjectOf } from '../findings.ts';
import type { WebCheck, WebResult } from './check.ts';

/** What is known of one check. */
export interface WebState {
  /** How many times in a row it has failed. */
  readonly failures: number;
  /** Subjects that are raised and not resolved. */
  readonly raised: ReadonlySet<string>;
}

/** @param open Subjects of this check that were raised before this start. */
export function startWatching(open: Iterable<string> = []): WebState {
  return { failures: 0, raised: new Set(open) };
}

export const downSubject = (name: string): string => subjectOf('WEB_DOWN', name);
export const certificateSubject = (name: string): string => subjectOf('WEB_CERTIFICATE', name);

/** What to raise and what to resolve after a check was done: once each way. Pure. */
export function judgeWeb(
  { failures: before, raised }: WebState,
  failuresBeforeAlert: number,
  check: WebCheck,
  result: WebResult,
  words: AgentWords,
): { state: WebState; decisions: Decision[] } {
  const failures = result.failure === null ? 0 : before + 1;
  const now = new Set(raised);
  const decisions: Decision[] = [];
  const settle = (subject: string, finding: Finding | null): void => {
    if (finding && !now.has(subject)) {
      now.add(subject);
      decisions.push({ kind: 'raise', finding });
    } else if (!finding && now.delete(subject)) decisions.push({ kind: 'resolve', subject });
  };
  // Between the first failure and the last that is forgiven, nothing changes.
  if (failures === 0) settle(downSubject(check.name), null);
  else if (failures >= failuresBeforeAlert) settle(downSubject(check.name), downFinding(check, result, words));
  // Without an answer nothing is known of the certificate.
  if (result.certificate) settle(certificateSubject(check.name), certificateFinding(check, result, words));
  else if (check.url.startsWith('http:')) settle(certificateSubject(check.name), null);
  return { state: { failures, raised: now }, decisions };
}

function downFinding(
  { name, url }: WebCheck,
  { failure, status, milliseconds }: WebResult,
  { findings }: AgentWords,
): Finding {
  return {
    subject: downSubject(name),
    severity: 'CRITICAL',
    kind: 'ALERT',
    message: findings.web.down(name, failure ?? ''),
    measurements: { url, milliseconds, ...(status === null ? {} : { status }) },
  };
}

/** What is wrong with a certificate; null where it holds for long enough. */
export function certificateFinding(
  { name, url, certificateDays }: WebCheck,
  { certificate }: WebResult,
  { findings: { web: say }, formats }: AgentWords,
): Finding | null {
  if (!certificate) return null;
  const { problem, daysLeft, validTo } = certificate;
  if (problem === null && daysLeft >= certificateDays) return null;
  const measurements = { url, daysLeft, validTo };
  const common = { subject: certificateSubject(name), kind: 'ALERT' as const, measurements };
  if (daysLeft < 0) {
    return { ...common, severity: 'CRITICAL', message: say.certificateExpired(name, formats.day(validTo)) };
  }
  if (problem !== null) {
    return { ...common, severity: 'CRITICAL', message: say.certificateUntrusted(name, problem) };
  }
  return {
    ...common,
    severity: 'WARNING',
    message: say.certificateEnds(name, daysLeft),
  };
}
