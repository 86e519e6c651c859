import { randomUUID } from 'node:crypto';
import type { BeckonClient } from '../../../api/client.ts';
import {
  RaiseAlert,
  ReportInventory,
  ReportRestore,
  ReportServiceState,
  ReportSnapshot,
  ResolveAlert,
  RestoresToRun,
  ServiceAssignments,
  UnresolvedAlerts,
} from '../../../api/operations/services.ts';
import { unwrap } from '../../../api/results.ts';
import type { Decision, Finding } from '../findings.ts';
import { inventoryInput } from './inventory-input.ts';
import type { InventoryReport, RestoreReport, Service, ServicePort, SnapshotReport, StateReport } from './port.ts';

/** Longest sentence that the server takes, in characters. */
const MESSAGE_LENGTH = 500;

/** The services' server, over the typed client. @throws BeckonError, RefusalError */
export function apiPort(client: BeckonClient): ServicePort {
  const keyed = <T extends object>(input: T) => ({ input: { ...input, idempotencyKey: randomUUID() } });
  return {
    async assignments() {
      return (await client.query(ServiceAssignments, {})).serviceAssignments;
    },
    async reportState(report: StateReport) {
      unwrap((await client.mutate(ReportServiceState, keyed(report))).reportServiceState);
    },
    async tell(service: Service, decision: Decision) {
      if (decision.kind === 'raise') {
        const { subject, severity, kind, message, measurements } = decision.finding;
        const input = {
          service,
          severity,
          kind,
          subject,
          message: cut(message, MESSAGE_LENGTH),
          measurements: measured(measurements),
        };
        unwrap((await client.mutate(RaiseAlert, keyed(input))).raiseAlert);
        return;
      }
      const input = { service, subject: decision.subject };
      unwrap((await client.mutate(ResolveAlert, keyed(input))).resolveAlert);
    },
    async openSubjects(service: Service) {
      const { device } = (await client.query(UnresolvedAlerts, { service })).viewer;
      return [device?.open, device?.acknowledged].flatMap((page) => page?.nodes.map(({ subject }) => subject) ?? []);
    },
    async reportSnapshot(report: SnapshotReport) {
      unwrap((await client.mutate(ReportSnapshot, keyed(report))).reportSnapshot);
    },
    async reportInventory(report: InventoryReport) {
      // Without an idempotency key: repeating it does no harm, and its outcome needs not be kept.
      unwrap((await client.mutate(ReportInventory, { input: inventoryInput(report) })).reportInventory);
    },
    async restores() {
      const { restoresToRun } = await client.query(RestoresToRun, {});
      return restoresToRun.map(({ id, state, paths, snapshot: { reference } }) => {
        return { id, reference, paths, running: state === 'RUNNING' };
      });
    },
    async reportRestore(report: RestoreReport) {
      unwrap((await client.mutate(ReportRestore, keyed(report))).reportRestore);
    },
  };
}

const UNITS: readonly [ending: string, unit: string][] = [
  ['Percent', '%'],
  ['Bytes', 'B'],
  ['milliseconds', 'ms'],
  ['daysLeft', 'days'],
];

/** What was measured in numbers, with its unit; words are in the message. */
export function measured(measurements: Finding['measurements']): { name: string; value: number; unit?: string }[] {
  return Object.entries(measurements).flatMap(([name, value]) => {
    if (typeof value !== 'number') return [];
    const unit = name === 'percent' ? '%' : UNITS.find(([ending]) => name.endsWith(ending))?.[1];
    return [{ name, value, ...(unit === undefined ? {} : { unit }) }];
  });
}

function cut(text: string, length: number): string {
  const letters = [...text.replace(/[\s\p{C}]+/gu, ' ').trim()];
  return letters.length <= length ? letters.join('') : `${letters.slice(0, length - 1).join('')}…`;
}
