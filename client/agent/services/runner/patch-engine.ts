import { messageOf } from '../../spoken-error.ts';
import { approvedOf, isInWindow, type PatchSettings, pendingFinding } from '../patches/approval.ts';
import { installUpdates } from '../patches/install.ts';
import { type PendingUpdate, pendingUpdates } from '../patches/pending.ts';
import { ToolError } from '../run-tool.ts';
import { type Engine, type EngineHost, Settled } from './engine.ts';
import type { PatchPolicy } from './policies.ts';
import { dayNumber, minuteOf } from './schedule.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

export interface PatchTools {
  readonly pending: typeof pendingUpdates;
  readonly install: typeof installUpdates;
}

/** Lists pending updates; installs approved ones where the agent has leave to. Never starts the machine anew. */
export class PatchEngine implements Engine<PatchPolicy> {
  readonly #host: EngineHost;
  readonly #mayInstall: boolean;
  readonly #tools: PatchTools;
  #policy: PatchPolicy | null = null;
  #settled: Settled;
  #nextLook = 0;

  constructor(host: EngineHost, mayInstall: boolean, tools = { pending: pendingUpdates, install: installUpdates }) {
    this.#host = host;
    this.#mayInstall = mayInstall;
    this.#tools = tools;
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
    if (!policy || now.getTime() < this.#nextLook) return;
    this.#nextLook = now.getTime() + policy.scanHours * HOUR_MS;
    const { manager, updates } = await this.#tools.pending();
    const known = this.#remember(updates, now);
    const ready = readyOf(policy, updates, known, now);
    if (manager && this.#mayInstall && ready.length > 0) {
      if (!policy.windows.some((window) => isOpen(window, now)) && policy.windows.length > 0) {
        // As soon as a window opens, or nearly so.
        this.#nextLook = now.getTime() + HOUR_MS / 4;
      } else if (await this.#install(manager, ready)) {
        const { updates: left } = await this.#tools.pending();
        this.#settle(left);
        return;
      } else return;
    }
    this.#settle(updates);
  }

  async #install(manager: NonNullable<Awaited<ReturnType<typeof pendingUpdates>>['manager']>, ready: PendingUpdate[]) {
    try {
      await this.#tools.install(manager, ready);
      this.#host.say(this.#host.words.services.installed(ready.length));
      return true;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      this.#settled.settle([
        {
          subject: 'UPDATES_FAILED',
          severity: 'CRITICAL',
          kind: 'ALERT',
          message: messageOf(error, this.#host.words),
          measurements: {},
        },
      ]);
      return false;
    }
  }

  #settle(updates: readonly PendingUpdate[]): void {
    const finding = pendingFinding(updates, this.#host.words);
    this.#settled.settle(finding ? [finding] : []);
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

function isOpen({ weekdays, start, minutes }: PatchPolicy['windows'][number], now: Date): boolean {
  return isInWindow({ days: weekdays.map(dayNumber), startMinute: minuteOf(start), lengthMinutes: minutes }, now);
}
