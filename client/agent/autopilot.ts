import { type Acceptance, accepts } from './acceptance.ts';
import type { Target } from './actions.ts';
import type { Happening, Inbox, Waiting } from './inbox.ts';
import { draw, type ScriptRule, type Trigger } from './script.ts';

interface Pilot {
  readonly inbox: Inbox;
  readonly acceptance: Acceptance;
  readonly script: readonly ScriptRule[];
  /** Types a command, about the target where it names none itself. `why` is for the person who watches. */
  readonly type: (command: string, target: Target, why: 'byRule' | 'byScript') => void;
}

/** Answers and acts where nobody sits at the terminal: by `--accept` and by the script of `--act`. */
export class Autopilot {
  readonly #pilot: Pilot;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(pilot: Pilot) {
    this.#pilot = pilot;
  }

  /** Starts the rules that act every so often. */
  start(): void {
    for (const rule of this.#pilot.script) if (rule.on === null) this.#schedule(rule, {});
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Answers what waits, where a rule lets the other side in. Wishes for more permissions are left to people. */
  answer(number: number, waiting: Waiting): void {
    if (!waiting.incoming || waiting.kind === 'permissions') return;
    const peer = waiting.kind === 'invitation' ? waiting.invitation.inviter : waiting.request.guest;
    if (accepts(this.#pilot.acceptance, peer)) this.#pilot.type('connect', { number }, 'byRule');
  }

  /** Reacts to what has just happened. */
  react(happening: Happening): void {
    if (!('number' in happening) || happening.number === null) return;
    const { number } = happening;
    switch (happening.kind) {
      case 'invitation':
      case 'request': {
        // Also what was modified: the answer to the revision before was refused.
        const waiting = this.#pilot.inbox.waiting.get(number);
        if (waiting) this.answer(number, waiting);
        if (happening.incoming && happening.change === 'CREATED') this.#trigger(happening.kind, { number });
        return;
      }
      case 'permissions':
        if (happening.incoming && happening.change === 'PERMISSIONS_REQUESTED') {
          this.#trigger('permission-request', { number });
        }
        return;
      default:
        if (happening.change !== 'STARTED') return;
        this.#trigger('session', { session: number });
        this.#trigger(happening.hosting ? 'hosting' : 'visiting', { session: number });
    }
  }

  #trigger(trigger: Trigger, target: Target): void {
    for (const rule of this.#pilot.script) if (rule.on === trigger) this.#schedule(rule, target);
  }

  #schedule(rule: ScriptRule, target: Target): void {
    const { seconds, command } = draw(rule);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#isThere(target)) this.#pilot.type(command, target, 'byScript');
      if (rule.on === null) this.#schedule(rule, target);
    }, seconds * 1000);
    this.#timers.add(timer);
  }

  /** By the time that a rule acts, what it waited for may be answered or over. */
  #isThere({ number, session }: Target): boolean {
    const { inbox } = this.#pilot;
    return (
      (number === undefined || inbox.waiting.has(number)) && (session === undefined || inbox.sessions.has(session))
    );
  }
}
