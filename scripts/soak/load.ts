import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Example, PASSWORD } from '../../bench/example.ts';
import { Inbox } from './inbox.ts';

const DEVICE =
  '{ viewer { device { name addressGrouped online eventCursor invitations(first: 10) { nodes { id ... on DirectInvitation { status } } } } } }';
const COMPANY =
  '{ viewer { account { company { name devices(first: 20) { nodes { name online lastSeenAt services { service state } } } } } } }';
const invitation = (
  verb: string,
  field: string,
) => `mutation ($input: ${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input!) {
  ${verb}(input: $input) { __typename ... on UserError { code } ${field} }
}`;
const INVITE = invitation('inviteDevice', '... on InviteDevicePayload { invitation { id revision } }');
const ACCEPT = invitation('acceptInvitation', '... on AcceptInvitationPayload { invitation { session { id } } }');
const REJECT = invitation('rejectInvitation', '');
const CANCEL = invitation('cancelInvitation', '');
const END = invitation('endSession', '');
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const SIGN_OUT = 'mutation { signOut(input: {}) { __typename } }';
/** Large, so that a reader that does not read is noticed soon. */
const LARGE = '{ __schema { types { name description fields { name description } } } }';

/** How often each happens, in parts of all: signing in costs 30 ms of a core by design. */
const SHARES: readonly (readonly [name: keyof Activities, share: number])[] = [
  ['readDevice', 0.35],
  ['readCompany', 0.2],
  ['invite', 0.25],
  ['drop', 0.12],
  ['eventStream', 0.04],
  ['signIn', 0.02],
  ['wrongSignIn', 0.01],
  ['slowReader', 0.01],
];

/** More at a time than any of it takes: a server that answers no more is found out by latencies, not by our memory. */
const MOST_UNDER_WAY = 200;
const PATIENCE_MS = 10_000;

type Activities = Pick<
  Load,
  'readDevice' | 'readCompany' | 'invite' | 'drop' | 'eventStream' | 'signIn' | 'wrongSignIn' | 'slowReader'
>;

type Answer = Readonly<
  Record<string, { readonly __typename?: string; readonly code?: string } & Record<string, never>>
>;

/**
 * Activities in turn, each by its share, spread as evenly as shares allow: what one window costs is what the next one does.
 * Drawn by lot, a window may have three of the dearest and the next one none, which looks like a server that gets slower.
 */
export function* inTurn(): Generator<keyof Activities, never> {
  const due = SHARES.map(([name, share]) => ({ name, share, owed: 0 }));
  while (true) {
    for (const activity of due) activity.owed += activity.share;
    const next = due.reduce((most, activity) => (activity.owed > most.owed ? activity : most));
    next.owed -= 1;
    yield next.name;
  }
}

/** Everything that clients do, mixed, at a steady rate, until it is stopped. */
export class Load {
  readonly #url: string;
  readonly #port: number;
  readonly #example: Example;
  readonly #inboxes: Inbox[] = [];
  readonly #sent = new Map<string, Inbox>();
  readonly #turns = inTurn();
  #timer: NodeJS.Timeout | null = null;
  #underWay = 0;
  #skipped = 0;
  reads: number[] = [];
  writes: number[] = [];
  operations = 0;
  /** How often each was done, and how often it was refused, by code. */
  readonly counts: Record<string, number> = {};
  readonly failures: string[] = [];

  constructor(port: number, example: Example) {
    this.#port = port;
    this.#url = `http://127.0.0.1:${port}/graphql`;
    this.#example = example;
  }

  /** Brings every device online. */
  async connect(): Promise<void> {
    for (const { credential } of this.#example.devices) {
      const { viewer } = await this.#ask('{ viewer { device { eventCursor } } }', {}, credential);
      const { device } = viewer as unknown as { device: { eventCursor: string } };
      this.#inboxes.push(new Inbox(this.#port, credential, device.eventCursor));
    }
  }

  /** @param rate Activities a second. */
  start(rate: number): void {
    this.#timer = setInterval(() => this.#one(), 1000 / rate);
  }

  /** Ends the load; what was sent to a device and not heard by it, resumed as often as it was, is a failure. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    const until = performance.now() + PATIENCE_MS;
    const missing = () => [...this.#sent].filter(([id, inbox]) => !inbox.heard.has(id)).length;
    while ((this.#underWay > 0 || missing() > 0) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (missing() > 0) this.failures.push(`${missing()} of ${this.#sent.size} invitations were never heard of`);
    if (this.#skipped > 0) this.failures.push(`${this.#skipped} activities found ${MOST_UNDER_WAY} others under way`);
    this.counts['invitations heard of'] = this.#sent.size;
    this.counts['connections'] = this.#inboxes.reduce((sum, { connections }) => sum + connections, 0);
    for (const inbox of this.#inboxes) inbox.close();
  }

  #one(): void {
    if (this.#underWay >= MOST_UNDER_WAY) {
      this.#skipped += 1;
      return;
    }
    const name = this.#turns.next().value;
    this.#underWay += 1;
    this.#count(name);
    this[name]()
      .catch((error: Error) => this.failures.push(`${name}: ${error.message}`))
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  async readDevice(): Promise<void> {
    await this.#timed(this.reads, DEVICE, {}, this.#device().credential);
  }

  async readCompany(): Promise<void> {
    await this.#timed(this.reads, COMPANY, {}, this.#example.token);
  }

  /** From the invitation to whatever becomes of it; a few lapse. */
  async invite(): Promise<void> {
    const [host, guest] = [this.#device(), this.#device()];
    if (host === guest) return;
    const created = await this.#write(INVITE, { recipient: guest.address, origin: 'OWN_ID' }, host.credential);
    if (!created) return;
    const { id, revision } = created['invitation'] as unknown as { id: string; revision: number };
    this.#sent.set(id, this.#inboxes[this.#example.devices.indexOf(guest)] as Inbox);
    const chance = Math.random();
    if (chance < 0.05) return;
    if (chance < 0.35) await this.#write(CANCEL, { id }, host.credential);
    else if (chance < 0.6) await this.#write(REJECT, { id }, guest.credential);
    else {
      const accepted = await this.#write(ACCEPT, { id, revision }, guest.credential);
      const session = accepted?.['invitation'] as unknown as { session: { id: string } } | undefined;
      if (session) await this.#write(END, { id: session.session.id }, host.credential);
    }
  }

  /** A device's connection ends, and it comes back by itself. */
  async drop(): Promise<void> {
    this.#inboxes[Math.floor(Math.random() * this.#inboxes.length)]?.drop(Math.random() < 0.5);
  }

  /** A browser that follows its device for a moment, over server-sent events. */
  async eventStream(): Promise<void> {
    const going = new AbortController();
    const response = await fetch(this.#url, {
      ...this.#post('subscription { deviceEvents { __typename } }', {}, this.#device().credential),
      signal: going.signal,
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error(await response.text());
    setTimeout(() => going.abort(), 500);
    await response.text().catch(() => {});
  }

  async signIn(): Promise<void> {
    const input = { email: 'ada.administrator@example.test', password: PASSWORD };
    const { headers } = await this.#send(SIGN_IN, { input });
    const cookie = headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error('no cookie was set');
    await this.#send(SIGN_OUT, {}, { cookie });
  }

  async wrongSignIn(): Promise<void> {
    const input = { email: `nobody${Math.floor(Math.random() * 1e6)}@example.test`, password: 'not the password' };
    await this.#send(SIGN_IN, { input });
  }

  /** Asks for a lot, reads nothing of it, and goes when it is sent away, or after a while. */
  async slowReader(): Promise<void> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => {});
    await once(socket, 'open');
    const { credential } = this.#device();
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${credential}` } }));
    await once(socket, 'message');
    socket.pause();
    for (let i = 0; i < 20; i++) {
      socket.send(JSON.stringify({ type: 'subscribe', id: String(i), payload: { query: LARGE } }));
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    socket.terminate();
  }

  #device(): Example['devices'][number] {
    const { devices } = this.#example;
    return devices[Math.floor(Math.random() * devices.length)] as Example['devices'][number];
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** The payload; null where it was refused, as two that meet are. */
  async #write(query: string, input: object, bearer: string): Promise<Record<string, never> | null> {
    const [answer] = Object.values(await this.#timed(this.writes, query, { input }, bearer));
    if (!answer?.code) return answer ?? null;
    this.#count(`refused: ${answer.code}`);
    return null;
  }

  async #timed(into: number[], query: string, variables: object, bearer: string): Promise<Answer> {
    const start = performance.now();
    const answer = await this.#ask(query, variables, bearer);
    into.push(performance.now() - start);
    return answer;
  }

  async #ask(query: string, variables: object, bearer: string): Promise<Answer> {
    const { data } = await this.#send(query, variables, { authorization: `Bearer ${bearer}` });
    return data;
  }

  async #send(query: string, variables: object, headers: Record<string, string> = {}) {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    this.operations += 1;
    const { data, errors } = JSON.parse(text) as { data: Answer; errors?: unknown };
    if (errors) throw new Error(text.slice(0, 300));
    return { data, headers: response.headers };
  }

  #post(query: string, variables: object, bearer: string) {
    return {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${bearer}`,
      },
      body: JSON.stringify({ query, variables }),
    };
  }
}
