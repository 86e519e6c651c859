import { checkAddress } from '../web/check.ts';
import { certificateSubject, downSubject, judgeWeb, startWatching, type WebState } from '../web/judge.ts';
import type { Engine, EngineHost } from './engine.ts';
import type { WebPolicy } from './policies.ts';

/** Asks the policy's addresses, each at its own pace. */
export class WebEngine implements Engine<WebPolicy> {
  readonly #host: EngineHost;
  readonly #ask: typeof checkAddress;
  #policy: WebPolicy = { checks: [], failuresBeforeAlert: 1 };
  #open = new Set<string>();
  readonly #states = new Map<string, WebState>();
  readonly #next = new Map<string, number>();

  constructor(host: EngineHost, ask = checkAddress) {
    this.#host = host;
    this.#ask = ask;
  }

  async prepare(): Promise<null> {
    return null;
  }

  start(policy: WebPolicy, open: readonly string[]): void {
    this.#open = new Set(open);
    this.apply(policy);
  }

  apply(policy: WebPolicy): void {
    this.#policy = policy;
    this.#next.clear();
    const names = new Set(policy.checks.map(({ name }) => name));
    const subjects = new Set([...names].flatMap((name) => [downSubject(name), certificateSubject(name)]));
    for (const subject of this.#open) {
      if (subjects.has(subject)) continue;
      this.#host.decide({ kind: 'resolve', subject });
      this.#open.delete(subject);
    }
    for (const [name, { raised }] of this.#states) {
      if (names.has(name)) continue;
      for (const subject of raised) this.#host.decide({ kind: 'resolve', subject });
      this.#states.delete(name);
    }
  }

  async tick(now: Date): Promise<void> {
    const due = this.#policy.checks.filter(({ name }) => now.getTime() >= (this.#next.get(name) ?? 0));
    await Promise.all(
      due.map(async (check) => {
        this.#next.set(check.name, now.getTime() + check.intervalSeconds * 1000);
        const before = this.#states.get(check.name) ?? startWatching(this.#openOf(check.name));
        const result = await this.#ask(check, this.#host.words);
        const { failuresBeforeAlert } = this.#policy;
        const { state, decisions } = judgeWeb(before, failuresBeforeAlert, check, result, this.#host.words);
        this.#states.set(check.name, state);
        for (const decision of decisions) this.#host.decide(decision);
      }),
    );
  }

  #openOf(name: string): string[] {
    // Each once: from then on the check's own state knows.
    return [downSubject(name), certificateSubject(name)].filter((subject) => this.#open.delete(subject));
  }
}
