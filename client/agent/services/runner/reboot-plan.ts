import { uptime } from 'node:os';
import { messageOf } from '../../spoken-error.ts';
import type { Finding } from '../findings.ts';
import type { PackageManager } from '../patches/pending.ts';
import { type RebootNeed, rebootFinding, rebootMachine, rebootNeed } from '../patches/reboot.ts';
import { ToolError } from '../run-tool.ts';
import type { EngineHost } from './engine.ts';
import { inWindow } from './patch-window.ts';
import type { PatchPolicy } from './policies.ts';

const MINUTE_MS = 60_000;

/** People are told again when so many minutes are left. */
const MARKS = [60, 30, 10, 5, 1];

/** Where the system did not let the agent restart it, it is tried again after so long, in ms. */
const AFTER_FAILURE_MS = 60 * MINUTE_MS;

/** Clocks are set: starts of the machine that are no further apart than this, in ms, are the same one. */
const SAME_START_MS = MINUTE_MS;

/** A restart that could not take place for so long, in ms, because the machine slept, is announced anew. */
const LATE_MS = 2 * MINUTE_MS;

/** When the machine had started that updates were installed on last, in ms since 1970. */
const MEMORY_KEY = 'patches.installedAfterStart';

export interface RebootTools {
  readonly need: (manager: PackageManager) => Promise<RebootNeed>;
  readonly reboot: () => Promise<void>;
  /** When the machine started, in ms since 1970. */
  readonly startedAt: () => number;
}

export const REBOOT_TOOLS: RebootTools = {
  need: rebootNeed,
  reboot: rebootMachine,
  startedAt: () => Date.now() - uptime() * 1000,
};

/**
 * Starts the machine anew after updates that the agent installed: where it has leave to, the policy says so and, of
 * IF_REQUIRED, the system too; announced for as long as the policy wants, and never outside its maintenance windows.
 */
export class RebootPlan {
  readonly #host: EngineHost;
  readonly #allowed: boolean;
  readonly #tools: RebootTools;
  #need: RebootNeed = null;
  #failed: Finding | null = null;
  #manager: PackageManager | null = null;
  /** When it will be, in ms since 1970; null while nothing is announced. */
  #at: number | null = null;
  #minutesTold = 0;
  #notBefore = 0;

  constructor(host: EngineHost, allowed: boolean, tools: RebootTools) {
    this.#host = host;
    this.#allowed = allowed;
    this.#tools = tools;
  }

  /** What is to be told the server, as of the last look. */
  get findings(): Finding[] {
    return [rebootFinding(this.#need, this.#host.words), this.#failed].filter((finding) => finding !== null);
  }

  /** Asks the system. @throws ToolError */
  async look(manager: PackageManager): Promise<void> {
    this.#manager = manager;
    this.#need = await this.#tools.need(manager);
  }

  /** Updates were installed: what they need is due until the machine has started anew. */
  installed(): void {
    this.#host.memory.set(MEMORY_KEY, this.#tools.startedAt());
  }

  /** Says what will not be done, after an installation and a look. */
  sayLimits(policy: PatchPolicy): void {
    const { cannotTell, noLeave } = this.#host.words.services.reboot;
    if (this.#need === null && this.#manager !== null && policy.reboot !== 'ALWAYS') {
      this.#host.say(cannotTell(this.#manager));
    }
    const wanted = policy.reboot === 'ALWAYS' || (policy.reboot === 'IF_REQUIRED' && this.#need?.required);
    if (wanted && !this.#allowed) this.#host.say(noLeave);
  }

  /** Announces, counts down, and restarts. @returns whether `findings` changed. */
  async tick(policy: PatchPolicy, now: Date): Promise<boolean> {
    if (!this.#isDue(policy)) {
      this.#callOff();
      return false;
    }
    if (this.#at === null) {
      this.#announce(policy, now);
      return false;
    }
    const left = this.#at - now.getTime();
    if (left > 0) {
      this.#countDown(Math.ceil(left / MINUTE_MS));
      return false;
    }
    return this.#reboot(policy, now);
  }

  #isDue(policy: PatchPolicy): boolean {
    if (!this.#allowed || policy.reboot === 'NEVER') return false;
    const startedThen = this.#host.memory.get<number>(MEMORY_KEY) ?? Number.NEGATIVE_INFINITY;
    // Nothing was installed, or the machine has been started anew since.
    if (Math.abs(this.#tools.startedAt() - startedThen) > SAME_START_MS) return false;
    return policy.reboot === 'ALWAYS' || this.#need?.required === true;
  }

  /** As soon as the end of the notice lies in a window: the notice may begin before the window does. */
  #announce(policy: PatchPolicy, now: Date): void {
    const at = now.getTime() + policy.rebootNoticeMinutes * MINUTE_MS;
    if (now.getTime() < this.#notBefore || !inWindow(policy, new Date(at))) return;
    this.#at = at;
    this.#minutesTold = policy.rebootNoticeMinutes;
    const { words, say } = this.#host;
    if (this.#minutesTold > 0) say(words.services.reboot.announced(this.#minutesTold, words.formats.dateTime(at)));
  }

  #countDown(minutes: number): void {
    if (!MARKS.some((mark) => minutes <= mark && this.#minutesTold > mark)) return;
    this.#minutesTold = minutes;
    this.#host.say(this.#host.words.services.reboot.soon(minutes));
  }

  #callOff(): void {
    if (this.#at === null) return;
    this.#at = null;
    this.#host.say(this.#host.words.services.reboot.calledOff);
  }

  async #reboot(policy: PatchPolicy, now: Date): Promise<boolean> {
    // Asked once more: somebody may have seen to it by hand. Nobody is surprised by a restart as the machine wakes up.
    if (this.#manager !== null) await this.look(this.#manager);
    const late = now.getTime() - (this.#at ?? 0) > LATE_MS;
    if (late || !inWindow(policy, now) || !this.#isDue(policy)) {
      this.#callOff();
      return true;
    }
    this.#at = null;
    this.#notBefore = now.getTime() + AFTER_FAILURE_MS;
    this.#host.say(this.#host.words.services.reboot.now);
    try {
      await this.#tools.reboot();
      this.#failed = null;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      this.#failed = this.#failure(error);
    }
    return true;
  }

  #failure(error: ToolError): Finding {
    const { words, say } = this.#host;
    const message = words.findings.patches.rebootFailed(messageOf(error, words));
    say(`✗ ${message}`);
    return { subject: 'REBOOT_FAILED', severity: 'CRITICAL', kind: 'ALERT', message, measurements: {} };
  }
}
