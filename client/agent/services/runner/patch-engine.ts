import { messageOf } from '../../spoken-error.ts';
import type { Finding } from '../findings.ts';
import { approvedOf, type PatchSettings, pendingFinding } from '../patches/approval.ts';
import { installUpdates } from '../patches/install.ts';
import { type PackageManager, type PendingUpdate, pendingUpdates } from '../patches/pending.ts';
import { ToolError } from '../run-tool.ts';
import { type Engine, type EngineHost, Settled } from './engine.ts';
import { inWindow } from './patch-window.ts';
import type { PatchPolicy } from './policies.ts';
import { REBOOT_TOOLS, RebootPlan, type RebootTools } from './reboot-plan.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** What the agent was given leave to do. */
export interface PatchLeave {
  readonly install: boolean;
  readonly reboot: boolean;
}

export interface PatchTools extends RebootTools {
  readonly pending: typeof pendingUpdates;
  readonly install: typeof installUpdates;
}

const TOOLS: PatchTools = { pending: pendingUpdates, install: installUpdates, ...REBOOT_TOOLS };

/** Lists pending updates, installs approved ones, and starts the machine anew for them: each where it has leave to. */
export class PatchEngine implements Engine<PatchPolicy> {
  readonly #host: EngineHost;
  readonly #leave: PatchLeave;
  readonly #tools: PatchTools;
  readonly #reboot: RebootPlan;
  #policy: PatchPolicy | null = null;
  #settled: Settled;
  #nextLook = 0;
  #pending: Finding | null = null;
  #failed: Finding | null = null;

  constructor(host: EngineHost, leave: PatchLeave, tools: PatchTools = TOOLS) {
    this.#host = host;
    this.#leave = leave;
    this.#tools = tools;
    this.#reboot = new RebootPlan(host, leave.reboot, tools);
    this.#settled = new Settled(host, []);
  }

  async prepare(): Promise<string | null> {
    const { manager } = await this.#tools.pending();
    return manager === null ? this.#host.words.services.noPackageManager : null;
  }

  start(policy: PatchPolicy, open: readonly string[]): void {
    this.#settled = new Settled(this.#host, open);
    this.apply(policy);
  }

  apply(policy: PatchPolicy): void {
    this.#policy = policy;
    this.#nextLook = 0;
  }

  async tick(now: Date): Promise<void> {
    const policy = this.#policy;
    if (!policy) return;
    const looks = now.getTime() >= this.#nextLook;
    if (looks) await this.#look(policy, now);
    const changed = await this.#reboot.tick(policy, now);
    if (looks || changed) this.#settle();
  }

  async #look(policy: PatchPolicy, now: Date): Promise<void> {
    this.#nextLook = now.getTime() + policy.scanHours * HOUR_MS;
    const { manager, updates } = await this.#tools.pending();
    const ready = readyOf(policy, updates, this.#remember(updates, now), now);
    let left = updates;
    let installed = false;
    this.#failed = null;
    if (manager && this.#leave.install && ready.length > 0) {
      // As soon as a window opens, or nearly so.
      if (!inWindow(policy, now)) this.#nextLook = now.getTime() + HOUR_MS / 4;
      else installed = await this.#install(manager, ready);
    }
    if (installed) {
      this.#reboot.installed();
      ({ updates: left } = await this.#tools.pending());
    }
    this.#pending = pendingFinding(left, this.#host.words);
    if (manager) await this.#reboot.look(manager);
    if (installed) this.#reboot.sayLimits(policy);
  }

  async #install(manager: PackageManager, ready: readonly PendingUpdate[]): Promise<boolean> {
    const { words } = this.#host;
    try {
      await this.#tools.install(manager, ready);
      this.#host.say(words.services.installed(ready.length));
      return true;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      const message = messageOf(error, words);
      this.#failed = { subject: 'UPDATES_FAILED', severity: 'CRITICAL', kind: 'ALERT', message, measurements: {} };
      return false;
    }
  }

  #settle(): void {
    const found = [this.#pending, this.#failed, ...this.#reboot.findings];
    this.#settled.settle(found.filter((finding) => finding !== null));
  }

  /** When each update was seen first; what does not wait any more is forgotten. */
  #remember(updates: readonly PendingUpdate[], now: Date): Readonly<Record<string, number>> {
    const before = this.#host.memory.get<Record<string, number>>('patches.seen') ?? {};
    const seen = Object.fromEntries(updates.map((update) => [keyOf(update), before[keyOf(update)] ?? now.getTime()]));
    this.#host.memory.set('patches.seen', seen);
    return seen;
  }
}

const keyOf = ({ name, available }: PendingUpdate): string => `${name} ${available}`;

/**
 * What may be installed by the policy. Package managers tell only whether an update is about security: all others are
 * of the category OTHER.
 */
export function readyOf(
  policy: PatchPolicy,
  updates: readonly PendingUpdate[],
  seen: Readonly<Record<string, number>>,
  now: Date,
): PendingUpdate[] {
  const settings: PatchSettings = {
    approve: 'NONE',
    approved: policy.approved,
    excluded: policy.declined,
    window: null,
  };
  const named = new Set(approvedOf(settings, updates));
  const old = new Set<PendingUpdate>();
  if (policy.approval === 'AUTOMATIC') {
    const known = updates.filter((update) => {
      const category = update.security === true ? 'SECURITY' : 'OTHER';
      const since = seen[keyOf(update)] ?? now.getTime();
      return policy.categories.includes(category) && now.getTime() - since >= policy.approvalDays * DAY_MS;
    });
    for (const update of approvedOf({ ...settings, approve: 'ALL' }, known)) old.add(update);
  }
  return updates.filter((update) => named.has(update) || old.has(update));
}
