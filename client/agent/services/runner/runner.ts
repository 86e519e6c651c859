import type { AgentWords } from '../../catalogue/catalogue.ts';
import { messageOf } from '../../spoken-error.ts';
import type { Decision } from '../findings.ts';
import type { Engine, EngineHost, Memory } from './engine.ts';
import type { Assignment, Service, ServicePort } from './port.ts';

/** Makes the engine of a service. */
export type Engines = Readonly<Record<Service, (host: EngineHost) => Engine>>;

export interface RunnerOptions {
  readonly port: ServicePort;
  readonly engines: Engines;
  readonly memory: Memory;
  /** A line for the person at the terminal. */
  readonly say: (service: Service, line: string) => void;
  /** Whether trying again later is of use: the server cannot be reached just now. */
  readonly isPassing: (error: unknown) => boolean;
  readonly words: AgentWords;
}

interface Running {
  readonly engine: Engine;
  readonly generation: number;
  fingerprint: string;
  busy: boolean;
  /** In ms since 1970: after an error it is left alone for a while. */
  notBefore: number;
}

/** Where an engine failed, it goes on after so long, in ms. */
const AFTER_ERROR_MS = 60_000;

/** Longest sentence about a failed installation, in characters. */
const FAILURE_LENGTH = 500;

/**
 * Has the machine run the services that the server assigned to it, each by its effective policy, and tells how far it
 * is. Driven from outside: `sync` whenever something may have changed, `tick` about once a second.
 */
export class ServiceRunner {
  readonly #options: RunnerOptions;
  readonly #running = new Map<Service, Running>();
  /** What is still to be told, the newest of each subject. */
  readonly #untold = new Map<string, { service: Service; decision: Decision }>();
  #telling = false;
  #syncing: Promise<void> | null = null;
  #syncAgain = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  get services(): ReadonlySet<Service> {
    return new Set(this.#running.keys());
  }

  engineOf(service: Service): Engine | null {
    return this.#running.get(service)?.engine ?? null;
  }

  /** Reads what is to run and brings it about; calls that come meanwhile are done as one more. @throws of the port. */
  async sync(): Promise<void> {
    if (this.#syncing) {
      this.#syncAgain = true;
      return this.#syncing;
    }
    this.#syncing = (async () => {
      do {
        this.#syncAgain = false;
        await this.#syncOnce();
      } while (this.#syncAgain);
    })();
    try {
      await this.#syncing;
    } finally {
      this.#syncing = null;
    }
  }

  /** Lets every engine do what is due, and tells what is to be told. Errors of engines are said, not thrown. */
  async tick(now: Date): Promise<void> {
    await Promise.all(
      [...this.#running].map(async ([service, running]) => {
        if (running.busy || now.getTime() < running.notBefore) return;
        running.busy = true;
        try {
          await running.engine.tick(now);
        } catch (error) {
          running.notBefore = now.getTime() + AFTER_ERROR_MS;
          if (!this.#options.isPassing(error)) this.#problem(service, error);
        } finally {
          running.busy = false;
        }
      }),
    );
    await this.#tell();
  }

  async #syncOnce(): Promise<void> {
    const assignments = await this.#options.port.assignments();
    const wanted = new Map(assignments.map((assignment) => [assignment.service, assignment]));
    for (const [service, { generation }] of this.#running) {
      if (wanted.get(service)?.generation === generation) continue;
      this.#running.delete(service);
      for (const [key, untold] of this.#untold) if (untold.service === service) this.#untold.delete(key);
      this.#options.say(service, this.#options.words.services.takenOff);
    }
    for (const assignment of wanted.values()) {
      const running = this.#running.get(assignment.service);
      if (!running) await this.#install(assignment);
      else if (running.fingerprint !== assignment.fingerprint) await this.#apply(running, assignment);
    }
  }

  async #install(assignment: Assignment): Promise<void> {
    const { service, state, generation, fingerprint } = assignment;
    const { port, engines, memory, say, isPassing, words } = this.#options;
    if (state === 'PENDING') await port.reportState({ service, generation, state: 'INSTALLING' });
    const engine = engines[service]({
      decide: (decision) => this.#decide(service, decision),
      say: (line) => say(service, line),
      isPassing,
      memory,
      words,
    });
    const failure = await prepared(engine, words);
    if (failure !== null && state !== 'ACTIVE') {
      say(service, `✗ ${words.services.notInstalled(failure)}`);
      await port.reportState({ service, generation, state: 'FAILED', failure: failure.slice(0, FAILURE_LENGTH) });
      return;
    }
    await engine.start(JSON.parse(assignment.settings) as never, await port.openSubjects(service));
    this.#running.set(service, { engine, generation, fingerprint, busy: false, notBefore: 0 });
    await port.reportState({ service, generation, state: 'ACTIVE', appliedPolicy: fingerprint });
    say(service, failure === null ? words.services.runs : `✗ ${words.services.cannotWork(failure)}`);
  }

  async #apply(running: Running, { service, generation, settings, fingerprint }: Assignment): Promise<void> {
    running.engine.apply(JSON.parse(settings) as never);
    await this.#options.port.reportState({ service, generation, state: 'ACTIVE', appliedPolicy: fingerprint });
    // Last: what could not be told is tried again.
    running.fingerprint = fingerprint;
    this.#options.say(service, this.#options.words.services.newPolicy);
  }

  #problem(service: Service, error: unknown): void {
    this.#options.say(service, `✗ ${messageOf(error, this.#options.words)}`);
  }

  #decide(service: Service, decision: Decision): void {
    const subject = decision.kind === 'raise' ? decision.finding.subject : decision.subject;
    const key = `${service} ${subject}`;
    // Put at the end: what was decided last is told last.
    this.#untold.delete(key);
    this.#untold.set(key, { service, decision });
  }

  async #tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (const [key, untold] of this.#untold) {
        try {
          await this.#options.port.tell(untold.service, untold.decision);
        } catch (error) {
          if (this.#options.isPassing(error)) return;
          this.#problem(untold.service, error);
        }
        // Unless it was decided otherwise meanwhile.
        if (this.#untold.get(key) === untold) this.#untold.delete(key);
      }
    } finally {
      this.#telling = false;
    }
  }
}

async function prepared(engine: Engine, words: AgentWords): Promise<string | null> {
  try {
    return await engine.prepare();
  } catch (error) {
    return messageOf(error, words);
  }
}
