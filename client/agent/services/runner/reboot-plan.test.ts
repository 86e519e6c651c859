import { describe, expect, it } from 'vitest';
import { type SettingsOf, settingsSchemaOf } from '../../../../server/domain/policy-settings/services.ts';
import { defaultsOf } from '../../../../server/domain/policy-settings/setting.ts';
import { EN } from '../../catalogue/catalogue.ts';
import type { Decision } from '../findings.ts';
import type { RebootNeed } from '../patches/reboot.ts';
import { ToolError } from '../run-tool.ts';
import { PatchEngine } from './patch-engine.ts';
import type { PatchPolicy } from './policies.ts';

const POLICY: PatchPolicy = {
  ...(defaultsOf(settingsSchemaOf('PATCH_MANAGEMENT')) as SettingsOf<'PATCH_MANAGEMENT'>),
  approved: ['openssl'],
  reboot: 'IF_REQUIRED',
  rebootNoticeMinutes: 15,
};

/** A Friday. */
const NOW = new Date(2026, 0, 2, 12, 0);
const later = (minutes: number, seconds = 0) => new Date(NOW.getTime() + minutes * 60_000 + seconds * 1000);

const NEEDED: RebootNeed = { required: true, packages: ['linux-image'] };
const NOT_NEEDED: RebootNeed = { required: false, packages: [] };

/** A machine with one update to install, which needs a restart. */
function prepare(leave = { install: true, reboot: true }) {
  const machine = {
    need: NEEDED,
    startedAt: NOW.getTime() - 86_400_000,
    problem: null as ToolError | null,
    restarts: 0,
    updates: [{ name: 'openssl', installed: '1', available: '2', security: true }],
  };
  const said: string[] = [];
  const decided: string[] = [];
  const values = new Map<string, unknown>();
  const host = {
    say: (line: string) => void said.push(line),
    decide: (decision: Decision) => {
      decided.push(decision.kind === 'raise' ? `raise ${decision.finding.subject}` : `resolve ${decision.subject}`);
    },
    isPassing: () => false,
    memory: {
      get: (key: string) => values.get(key) as never,
      set: (key: string, value: unknown) => void values.set(key, value),
    },
    words: EN,
  };
  const tools = {
    pending: async () => ({ manager: 'apt' as const, updates: machine.updates }),
    install: async () => {
      machine.updates = [];
    },
    need: async () => machine.need,
    reboot: async () => {
      if (machine.problem) throw machine.problem;
      machine.restarts += 1;
    },
    startedAt: () => machine.startedAt,
  };
  const engine = () => new PatchEngine(host, leave, tools);
  return { machine, said, decided, engine };
}

describe('SVC-09 a restart after updates', () => {
  it('is announced for as long as the policy wants, counted down, and done', async () => {
    const { machine, said, decided, engine } = prepare();
    const patching = engine();
    patching.start(POLICY, []);
    await patching.tick(NOW);
    expect(decided).toEqual(['raise REBOOT_REQUIRED']);
    for (let second = 1; second < 15 * 60; second++) await patching.tick(later(0, second));
    expect(machine.restarts).toBe(0);
    expect(said).toEqual([
      'installed 1 update',
      expect.stringMatching(/^this machine restarts in 15 minutes to complete updates \(.*12:15\); quit the agent/),
      'this machine restarts in 10 minutes',
      'this machine restarts in 5 minutes',
      'this machine restarts in 1 minute',
    ]);
    await patching.tick(later(15));
    expect([machine.restarts, said.at(-1)]).toEqual([1, 'this machine restarts now']);
    await patching.tick(later(15, 1));
    expect(machine.restarts).toBe(1);
  });

  it('needs the leave of whoever started the agent, and is reported all the same', async () => {
    const { machine, said, decided, engine } = prepare({ install: true, reboot: false });
    const patching = engine();
    patching.start(POLICY, []);
    for (const minutes of [0, 15, 16]) await patching.tick(later(minutes));
    expect([machine.restarts, decided]).toEqual([0, ['raise REBOOT_REQUIRED']]);
    expect(said).toContain('the policy wants a restart; the agent was started without leave to do it (--allow-reboot)');
  });

  it.each([
    ['NEVER', NEEDED, 0],
    ['IF_REQUIRED', NOT_NEEDED, 0],
    ['IF_REQUIRED', null, 0],
    ['ALWAYS', NOT_NEEDED, 1],
    ['ALWAYS', null, 1],
  ] as const)('by the policy %s, where the system says %j, happens %i times', async (reboot, need, restarts) => {
    const { machine, said, engine } = prepare();
    machine.need = need;
    const patching = engine();
    patching.start({ ...POLICY, reboot }, []);
    for (const minutes of [0, 15]) await patching.tick(later(minutes));
    expect(machine.restarts).toBe(restarts);
    const unknown = 'whether a restart is required is not known: apt does not tell';
    expect(said.includes(unknown)).toBe(need === null && reboot !== 'ALWAYS');
  });

  it('does not follow what others installed', async () => {
    const { machine, decided, engine } = prepare();
    machine.updates = [];
    const patching = engine();
    patching.start({ ...POLICY, reboot: 'ALWAYS' }, []);
    for (const minutes of [0, 15, 30]) await patching.tick(later(minutes));
    expect([machine.restarts, decided]).toEqual([0, ['raise REBOOT_REQUIRED']]);
  });

  it('takes place within a maintenance window only; its notice may begin before', async () => {
    const { machine, said, engine } = prepare();
    const patching = engine();
    // Installed at 12:00, when 12:15 lies outside already; the next window opens at 13:00.
    const window = (start: string, minutes: number) => ({ weekdays: ['FRIDAY' as const], start, minutes });
    patching.start({ ...POLICY, windows: [window('11:30', 40), window('13:00', 30)] }, []);
    await patching.tick(NOW);
    await patching.tick(later(44, 59));
    expect(said).toEqual(['installed 1 update']);
    await patching.tick(later(45));
    expect(said.at(-1)).toContain('in 15 minutes');
    await patching.tick(later(59, 59));
    expect(machine.restarts).toBe(0);
    await patching.tick(later(60));
    expect(machine.restarts).toBe(1);
  });

  it('is called off where the policy changes, or somebody has seen to it', async () => {
    const { machine, said, decided, engine } = prepare();
    const patching = engine();
    patching.start(POLICY, []);
    await patching.tick(NOW);
    patching.apply({ ...POLICY, reboot: 'NEVER' });
    await patching.tick(later(1));
    expect(said.at(-1)).toBe('the restart is called off');
    patching.apply(POLICY);
    await patching.tick(later(2));
    machine.need = NOT_NEEDED;
    await patching.tick(later(17));
    expect([machine.restarts, said.at(-1)]).toEqual([0, 'the restart is called off']);
    expect(decided.at(-1)).toBe('resolve REBOOT_REQUIRED');
  });

  it('is announced anew where the machine slept through its time', async () => {
    const { machine, said, engine } = prepare();
    const patching = engine();
    patching.start(POLICY, []);
    await patching.tick(NOW);
    await patching.tick(later(17, 1));
    expect([machine.restarts, said.at(-1)]).toEqual([0, 'the restart is called off']);
    await patching.tick(later(17, 2));
    expect(said.at(-1)).toContain('in 15 minutes');
  });

  it('is still due after the agent was started anew, and over once the machine was', async () => {
    const { machine, said, decided, engine } = prepare();
    const first = engine();
    first.start(POLICY, []);
    await first.tick(NOW);
    const second = engine();
    second.start(POLICY, ['REBOOT_REQUIRED']);
    await second.tick(later(5));
    expect(said.at(-1)).toContain('in 15 minutes');
    machine.startedAt = later(10).getTime();
    machine.need = NOT_NEEDED;
    const third = engine();
    third.start({ ...POLICY, reboot: 'ALWAYS' }, ['REBOOT_REQUIRED']);
    for (const minutes of [11, 26]) await third.tick(later(minutes));
    expect([machine.restarts, decided.at(-1)]).toEqual([0, 'resolve REBOOT_REQUIRED']);
  });

  it('that the system does not let the agent do is an alert, and tried again an hour later', async () => {
    const { machine, said, decided, engine } = prepare();
    machine.problem = new ToolError(({ serviceProblems }) =>
      serviceProblems.tool.failedSaying('systemctl', '1', 'Access denied'),
    );
    const patching = engine();
    patching.start(POLICY, []);
    for (const minutes of [0, 15, 16, 74]) await patching.tick(later(minutes));
    expect(decided).toEqual(['raise REBOOT_REQUIRED', 'raise REBOOT_FAILED']);
    expect(said.at(-1)).toBe('✗ This machine could not be restarted: systemctl failed (1): Access denied');
    machine.problem = null;
    for (const minutes of [75, 90]) await patching.tick(later(minutes));
    expect([machine.restarts, decided.at(-1)]).toEqual([1, 'resolve REBOOT_FAILED']);
  });

  it('comes at once where the policy wants no notice', async () => {
    const { machine, said, engine } = prepare();
    const patching = engine();
    patching.start({ ...POLICY, rebootNoticeMinutes: 0 }, []);
    for (const second of [0, 1]) await patching.tick(later(0, second));
    expect([machine.restarts, said.at(-1)]).toEqual([1, 'this machine restarts now']);
  });
});
