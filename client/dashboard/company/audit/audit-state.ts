import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { AuditOrder } from '../../../graphql/graphql.ts';

/** What of the log is listed, and which way. */
export interface AuditState {
  readonly concept: string | null;
  readonly change: string | null;
  readonly actorId: string | null;
  readonly subject: string | null;
  /** As the API takes it. */
  readonly from: string | null;
  readonly until: string | null;
  readonly order: AuditOrder;
}

/** What names them in the address; the names of the export’s parameters where it has the same. */
const FILTERS = ['concept', 'change', 'actorId', 'subject', 'from', 'until'] as const;

/** The state of the log as its address has it, so that what was found can be sent to somebody and gone back to. */
export function useAuditState(): readonly [AuditState, (changed: Partial<AuditState>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const written = parameters.toString();
  const state = useMemo(() => read(new URLSearchParams(written)), [written]);
  const change = useCallback(
    (changed: Partial<AuditState>) =>
      setParameters((before) => write({ ...read(before), ...changed }), { replace: true }),
    [setParameters],
  );
  return [state, change];
}

function read(parameters: URLSearchParams): AuditState {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) || null]));
  return {
    ...(filters as Record<(typeof FILTERS)[number], string | null>),
    order: parameters.get('order') === 'oldest' ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
  };
}

/** What is as usual does not stand in the address. */
function write(state: AuditState): URLSearchParams {
  const after = filtersOf(state);
  if (state.order === 'OLDEST_FIRST') after.set('order', 'oldest');
  return after;
}

function filtersOf(state: AuditState): URLSearchParams {
  return new URLSearchParams(FILTERS.flatMap((name) => (state[name] === null ? [] : [[name, state[name]]])));
}

/** Where the same records are downloaded from, as JSON Lines, without the limits of pages. */
export function exportAddress(companyId: string, state: AuditState): string {
  const parameters = filtersOf(state);
  parameters.set('companyId', companyId);
  return `/audit.jsonl?${parameters}`;
}
