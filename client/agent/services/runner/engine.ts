import type { AgentWords } from '../../catalogue/catalogue.ts';
import type { Decision } from '../findings.ts';

/** One service at work. `start`, `apply` and `tick` are never called while another of them runs. */
export interface Engine<Settings = never> {
  /** Looks whether it can work on this machine. @returns why not, as a sentence; null where it can. */
  prepare(): Promise<string | null>;
  /** @param open Subjects of alerts that were raised before this start and are not resolved. */
  start(settings: Settings, open: readonly string[]): void | Promise<void>;
  /** Works by other settings from now on. */
  apply(settings: Settings): void;
  /** Does what is due, if anything is. Called about once a second. */
  tick(now: Date): Promise<void>;
}

/** What engines get from whoever runs them. */
export interface EngineHost {
  /** Has it told to the server, now or when it can be reached again. */
  decide(decision: Decision): void;
  /** A line for the person at the terminal. */
  say(line: string): void;
  /** Whether trying again later is of use: the server cannot be reached just now. */
  isPassing(error: unknown): boolean;
  readonly memory: Memory;
  /** What alerts, reports and lines are written in. */
  readonly words: AgentWords;
}

/** What has to be known after the next start, such as when the last scan was. */
export interface Memory {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
}

/** Raises and resolves by what is wrong now: each subject once each way. */
export class Settled {
  readonly #host: EngineHost;
  readonly #raised: Set<string>;

  constructor(host: EngineHost, open: Iterable<string>) {
    this.#host = host;
    this.#raised = new Set(open);
  }

  /** All that is wrong now; what was raised and is not among it is over. @param again Raises what is raised already, too. */
  settle(findings: readonly Extract<Decision, { kind: 'raise' }>['finding'][], again = false): void {
    const now = new Set(findings.map(({ subject }) => subject));
    for (const finding of findings) {
      if (again || !this.#raised.has(finding.subject)) this.#host.decide({ kind: 'raise', finding });
    }
    for (const subject of this.#raised) if (!now.has(subject)) this.#host.decide({ kind: 'resolve', subject });
    this.#raised.clear();
    for (const subject of now) this.#raised.add(subject);
  }
}
