import { describe, expect, it } from 'vitest';
import { EN } from '../../catalogue/catalogue.ts';
import type { Decision, Finding } from '../findings.ts';
import type { Engine, EngineHost, Memory } from './engine.ts';
import type { Assignment, Service, ServicePort, StateReport } from './port.ts';
import { type Engines, ServiceRunner } from './runner.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const OFFLINE = new Error('offline');

function finding(subject: string): Finding {
  return { subject, severity: 'WARNING', kind: 'ALERT', message: subject, measurements: {} };
}

class FakePort implements ServicePort {
  assigned: Assignment[] = [];
  readonly reports: string[] = [];
  readonly told: string[] = [];
  open: string[] = [];
  offline = false;

  async assignments() {
    if (this.offline) throw OFFLINE;
    return this.assigned;
  }
  async reportState({ service, generation, state, failure, appliedPolicy }: StateReport) {
    if (this.offline) throw OFFLINE;
    this.reports.push([service, generation, state, failure ?? appliedPolicy].filter(Boolean).join(' '));
    this.assigned = this.assigned.map((each) => (each.service === service ? { ...each, state } : each));
    if (state === 'FAILED') this.assigned = this.assigned.filter((each) => each.service !== service);
  }
  async tell(service: Service, decision: Decision) {
    if (this.offline) throw OFFLINE;
    const subject = decision.kind === 'raise' ? decision.finding.subject : decision.subject;
    this.told.push(`${service} ${decision.kind} ${subject}`);
  }
  async openSubjects() {
    return this.open;
  }
  async reportSnapshot() {}
  async reportInventory() {}
  async restores() {
    return [];
  }
  async reportRestore() {}
}

function prepare(failure: string | null = null) {
  const port = new FakePort();
  const log: string[] = [];
  const hosts: EngineHost[] = [];
  const engine = (host: EngineHost): Engine => {
    hosts.push(host);
    return {
      prepare: async () => failure,
      start: (settings, open) => void log.push(`start ${JSON.stringify(settings)} ${open}`),
      apply: (settings) => void log.push(`apply ${JSON.stringify(settings)}`),
      tick: async () => void log.push('tick'),
    };
  };
  const engines = { MONITORING: engine, BACKUP: engine } as unknown as Engines;
  const memory: Memory = { get: () => undefined, set: () => {} };
  const isPassing = (error: unknown): boolean => error === OFFLINE;
  const runner = new ServiceRunner({
    port,
    engines,
    memory,
    isPassing,
    words: EN,
    say: (service, line) => log.push(`${service}: ${line}`),
  });
  return { port, log, runner, hosts };
}

const MONITORING: Assignment = {
  service: 'MONITORING',
  state: 'PENDING',
  generation: 1,
  settings: '{"samplingSeconds":60}',
  fingerprint: 'f1',
};

describe('SVC-08 the services that a device runs', () => {
  it('installs what is assigned and reports it, with the policy that it works by', async () => {
    const { port, log, runner } = prepare();
    port.assigned = [MONITORING];
    port.open = ['CPU_LOAD'];
    await runner.sync();
    await runner.tick(NOW);
    expect(port.reports).toEqual(['MONITORING 1 INSTALLING', 'MONITORING 1 ACTIVE f1']);
    expect(log).toEqual(['start {"samplingSeconds":60} CPU_LOAD', 'MONITORING: runs', 'tick']);
    await runner.sync();
    expect(port.reports).toHaveLength(2);
  });

  it('reports why it cannot be installed', async () => {
    const { port, runner } = prepare('There is no folder.');
    port.assigned = [MONITORING];
    await runner.sync();
    expect(port.reports).toEqual(['MONITORING 1 INSTALLING', 'MONITORING 1 FAILED There is no folder.']);
    expect(runner.services.size).toBe(0);
  });

  it('goes on after a restart with what was active, or half installed, before', async () => {
    const { port, runner } = prepare();
    port.assigned = [
      { ...MONITORING, state: 'ACTIVE' },
      { ...MONITORING, service: 'BACKUP', state: 'INSTALLING' },
    ];
    await runner.sync();
    expect(port.reports).toEqual(['MONITORING 1 ACTIVE f1', 'BACKUP 1 ACTIVE f1']);
  });

  it('SVC-09 applies a changed policy and reports its fingerprint, again where that was lost', async () => {
    const { port, log, runner } = prepare();
    port.assigned = [MONITORING];
    await runner.sync();
    port.assigned = [{ ...MONITORING, state: 'ACTIVE', settings: '{"samplingSeconds":10}', fingerprint: 'f2' }];
    const report = port.reportState.bind(port);
    port.reportState = async () => {
      throw OFFLINE;
    };
    await expect(runner.sync()).rejects.toBe(OFFLINE);
    port.reportState = report;
    await runner.sync();
    expect(log).toContain('apply {"samplingSeconds":10}');
    expect(port.reports.at(-1)).toBe('MONITORING 1 ACTIVE f2');
  });

  it('takes off what is not assigned any more, and installs anew what was activated again', async () => {
    const { port, log, runner } = prepare();
    port.assigned = [MONITORING];
    await runner.sync();
    port.assigned = [{ ...MONITORING, generation: 2 }];
    await runner.sync();
    expect(port.reports.slice(2)).toEqual(['MONITORING 2 INSTALLING', 'MONITORING 2 ACTIVE f1']);
    port.assigned = [];
    await runner.sync();
    await runner.tick(NOW);
    expect(log.filter((line) => line.includes('taken off'))).toHaveLength(2);
    expect(log).not.toContain('tick');
  });

  it('SVC-10 tells what was decided while the server could not be reached, the newest of each subject', async () => {
    const { port, runner, hosts } = prepare();
    port.assigned = [MONITORING];
    await runner.sync();
    port.offline = true;
    hosts[0]?.decide({ kind: 'raise', finding: finding('CPU_LOAD') });
    hosts[0]?.decide({ kind: 'raise', finding: finding('MEMORY_USE') });
    await runner.tick(NOW);
    hosts[0]?.decide({ kind: 'resolve', subject: 'CPU_LOAD' });
    await runner.tick(NOW);
    expect(port.told).toEqual([]);
    port.offline = false;
    await runner.tick(NOW);
    await runner.tick(NOW);
    expect(port.told).toEqual(['MONITORING raise MEMORY_USE', 'MONITORING resolve CPU_LOAD']);
  });

  it('does calls that come while it reads as one more reading', async () => {
    const { port, runner } = prepare();
    let read = 0;
    port.assignments = async () => {
      read += 1;
      return port.assigned;
    };
    await Promise.all([runner.sync(), runner.sync(), runner.sync()]);
    expect(read).toBe(2);
  });
});
