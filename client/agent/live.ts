import { type BeckonClient, createBeckonClient, type DeviceEvent } from '../api/client.ts';
import type { ConnectionState } from '../api/connection.ts';
import { BeckonError } from '../api/errors.ts';
import type { Acceptance } from './acceptance.ts';
import { act, sessionOf, type Target } from './actions.ts';
import { Autopilot } from './autopilot.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
import { type DeviceNow, fillInbox, readDevice } from './device-now.ts';
import { greeting } from './greeting.ts';
import { deadlineOf, Inbox } from './inbox.ts';
import { problemInWords } from './problems.ts';
import { liveLines, tell, tellConnection } from './render.ts';
import type { ScriptRule } from './script.ts';
import { type ServiceOptions, ServiceWorker } from './services/runner/worker.ts';
import { messageOf } from './spoken-error.ts';
import type { AgentState } from './state-file.ts';
import { paint, Terminal } from './terminal.ts';
import { readCommand, type TypedCommand } from './typed-commands.ts';
import { duration, permissionsInWords, timeOfDay } from './words.ts';

export interface LiveOptions {
  readonly state: AgentState;
  /** Writes the state down: its cursor has moved on. */
  readonly save: (state: AgentState) => void;
  readonly acceptance: Acceptance;
  readonly script: readonly ScriptRule[];
  /** What services on this machine may do. */
  readonly services: ServiceOptions;
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly words: AgentWords;
}

const TICK_MS = 1_000;

/** Where there is no terminal to count down on, a line is written when so many seconds are left. */
const MARKS_S = [60, 30, 10];

/** An event that arrives this long after it happened, in ms, was missed at first: the time is shown with its words. */
const LATE_MS = 5_000;

/** The device at work: it is online, shows what comes in, and takes answers, until somebody quits. */
export class Live {
  readonly #options: LiveOptions;
  readonly #client: BeckonClient;
  readonly #inbox: Inbox;
  readonly #terminal: Terminal;
  readonly #autopilot: Autopilot;
  readonly #services: ServiceWorker;
  readonly #words: AgentWords;
  readonly #done = Promise.withResolvers<void>();
  #state: AgentState;
  /** Retry moment (local ms) while the connection is lost; null while it is not. */
  #retryAt: number | null = null;
  #wasOnline = false;
  /** Settles with the command that was typed last. */
  #acted: Promise<void> = Promise.resolve();
  #quitting = false;
  /** What the countdown of each waiting number showed last, where lines are written instead. */
  readonly #secondsLeft = new Map<number, number>();
  /** The cursor up to which events happened before this start; null once they have been told. */
  #present: string | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#words = options.words;
    this.#inbox = new Inbox(options.state.address);
    this.#client = createBeckonClient({
      url: options.state.server,
      token: options.state.credential,
      language: options.words.language,
      onConnection: (state) => this.#connection(state),
    });
    this.#autopilot = new Autopilot({
      ...options,
      inbox: this.#inbox,
      type: (command, target, why) => {
        this.#say(paint('magenta', this.#words.live[why](command)));
        void this.#typed(command, target);
      },
    });
    const { names, all } = options.words.services;
    this.#services = new ServiceWorker(this.#client, options.services, (service, line) => {
      this.#say(`${paint('blue', service === null ? all : names[service])} ${line}`);
    });
    this.#terminal = new Terminal(
      options,
      (line) => void this.#typed(line),
      () => this.quit(),
    );
  }

  /** Resolves when somebody quits. @throws BeckonError where the server does not know the device any more. */
  async run(): Promise<void> {
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    try {
      const device = await this.#whenReachable(() => this.#load());
      this.#terminal.say(...greeting(device, this.#state, this.#options, this.#words));
      this.#present = this.#state.cursor === null ? null : device.eventCursor;
      if (this.#state.cursor === null) this.#remember(device.eventCursor);
      if (this.#present === this.#state.cursor) this.#caughtUp();
      this.#autopilot.start();
      this.#services.start();
      await Promise.race([this.#follow(), this.#done.promise]);
    } catch (error) {
      if (!this.#quitting) throw error;
    } finally {
      clearInterval(ticking);
      this.#autopilot.stop();
      this.#services.stop();
      this.#terminal.close();
      this.#client.close();
    }
  }

  quit(): void {
    this.#quitting = true;
    this.#done.resolve();
  }

  async #follow(): Promise<void> {
    try {
      for await (const event of this.#client.deviceEvents({ after: this.#state.cursor })) {
        await this.#event(event);
        this.#remember(event.cursor);
      }
    } catch (error) {
      const code = error instanceof BeckonError ? error.code : null;
      if (code === 'CLOSED') return;
      // The cursor is of another database than the server has now: what it missed is not to be had.
      if (code !== 'BAD_USER_INPUT') throw error;
      const device = await this.#whenReachable(() => this.#load());
      this.#say(paint('yellow', this.#words.live.connection.cursorUnknown));
      this.#remember(device.eventCursor);
      this.#caughtUp();
      return this.#follow();
    }
  }

  /** Reads how things stand. */
  async #load(): Promise<DeviceNow> {
    const device = await readDevice(this.#client);
    fillInbox(this.#inbox, device);
    return device;
  }

  /** Tries until the server answers: it may be starting just now. */
  async #whenReachable<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof BeckonError && error.retryable) || this.#quitting) throw error;
        const seconds = Math.min(15, error.retryAfterSeconds ?? 2 ** Math.min(attempt, 4));
        const again = paint('yellow', this.#words.live.connection.willTryAgain(seconds));
        this.#say(`${messageOf(error, this.#words)} ${again}`);
        let timer: ReturnType<typeof setTimeout> | undefined;
        await Promise.race([
          this.#done.promise,
          new Promise((resolve) => {
            timer = setTimeout(resolve, seconds * 1000);
          }),
        ]);
        clearTimeout(timer);
      }
    }
  }

  /** All that was missed has been told: what waits since before is shown, and answered where a rule says so. */
  #caughtUp(): void {
    this.#present = null;
    for (const [number, waiting] of this.#inbox.waiting) {
      if (!this.#terminal.interactive) this.#say(...this.#liveLines(new Map([[number, waiting]]), new Map()));
      this.#autopilot.answer(number, waiting);
    }
    this.#show();
  }

  async #event(event: DeviceEvent): Promise<void> {
    this.#services.event(event);
    const happening = this.#inbox.apply(event);
    const missed = this.#present !== null;
    if (happening) {
      const said = tell(happening, this.#words);
      const late = missed || this.#client.serverNow() - Date.parse(event.occurredAt) > LATE_MS;
      if (said) this.#sayAt(event.occurredAt, late, said.lines);
      if (said?.calls && !missed) this.#terminal.ring();
      if (happening.kind === 'reset') await this.#whenReachable(() => this.#load());
    }
    if (missed && event.cursor === this.#present) this.#caughtUp();
    else if (happening && !missed) this.#autopilot.react(happening);
    this.#show();
  }

  async #typed(line: string, target: Target = {}): Promise<void> {
    // Somebody is here and waits: there is no reason to wait longer.
    if (this.#retryAt !== null) this.#client.retryNow();
    try {
      const command = readCommand(line);
      if (command) await this.#do(command, target);
    } catch (error) {
      const [first = '', ...more] = problemInWords(error, this.#words);
      this.#say(paint('red', `✗ ${first}`), ...more.map((next) => `  ${next}`));
    }
  }

  async #do(command: TypedCommand, target: Target): Promise<void> {
    switch (command.verb) {
      case 'help':
        this.#terminal.say(...this.#words.runHelp.prompt.split('\n'));
        return;
      case 'quit':
        this.quit();
        return;
      case 'status':
        this.#status();
        return;
      case 'permissions': {
        const { permissions, hosting } = sessionOf(this.#inbox, command.session ?? target.session, null);
        const { otherSideMay, youMay } = this.#words.events.session;
        this.#say((hosting ? otherSideMay : youMay)(permissionsInWords(permissions, this.#words)));
        return;
      }
      default: {
        // One after another, as they were typed: what the next one is about may come of this one.
        const acted = this.#acted.then(() => act(this.#client, this.#inbox, command, target));
        this.#acted = acted.catch(() => {});
        await acted;
      }
    }
  }

  #status(): void {
    const { connection, status: say } = this.#words.live;
    const lines = this.#liveLines();
    const connected = this.#client.connection.status === 'connected';
    const online = connected ? paint('green', connection.online) : paint('red', connection.notConnected);
    this.#say((lines.length === 0 ? say.nothing : say.something)(online), ...lines);
  }

  #liveLines(waiting = this.#inbox.waiting, sessions = this.#inbox.sessions): string[] {
    return liveLines(waiting, sessions, this.#client.serverNow(), this.#words);
  }

  #connection(state: ConnectionState): void {
    const lostBefore = this.#retryAt !== null;
    if (state.status === 'waiting') this.#retryAt = Date.now() + state.retryInMs;
    else if (state.status !== 'connecting') this.#retryAt = null;
    // On a terminal the live line below counts down to each further try.
    const counted = state.status === 'waiting' && lostBefore && this.#terminal.interactive;
    const text = counted ? null : tellConnection(state, this.#wasOnline, this.#words);
    if (state.status === 'connected') this.#wasOnline = true;
    if (text !== null) this.#say(text);
    this.#show();
  }

  #tick(): void {
    const now = this.#client.serverNow();
    if (this.#terminal.interactive) {
      this.#show();
      return;
    }
    for (const [number, waiting] of this.#inbox.waiting) {
      const deadline = deadlineOf(waiting);
      if (deadline === null) continue;
      const left = Math.ceil((deadline - now) / 1000);
      const before = this.#secondsLeft.get(number) ?? left;
      this.#secondsLeft.set(number, left);
      if (MARKS_S.some((mark) => left <= mark && before > mark)) {
        this.#say(`[${number}] ${this.#words.live.waiting.left(duration(left))}`);
      }
    }
  }

  #show(): void {
    if (this.#present !== null) return;
    const { offline: offlineFor, offlineTrying } = this.#words.live.connection;
    const lines = this.#liveLines();
    const wait = this.#retryAt === null ? null : Math.max(0, Math.ceil((this.#retryAt - Date.now()) / 1000));
    const offline = wait === null ? [] : [paint('red', wait > 0 ? offlineFor(wait) : offlineTrying)];
    const ruler = lines.length + offline.length === 0 ? [] : [paint('dim', '─'.repeat(40))];
    this.#terminal.live([...ruler, ...lines, ...offline]);
  }

  #remember(cursor: string): void {
    this.#state = { ...this.#state, cursor };
    this.#options.save(this.#state);
  }

  #say(...lines: readonly string[]): void {
    this.#sayAt(Date.now(), false, lines);
  }

  #sayAt(instant: string | number, late: boolean, [first = '', ...more]: readonly string[]): void {
    const time = paint('dim', `${timeOfDay(instant)}${late ? ` ${this.#words.live.missed}` : ''}`);
    this.#terminal.say(`${time} ${first}`, ...more.map((line) => `         ${line}`));
  }
}
