import type { ConnectionState } from '../api/connection.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
import { deadlineOf, type Happening, type Running, type Waiting } from './inbox.ts';
import { paint } from './terminal.ts';
import { countdown, duration, peerName, permissionDifference, permissionsInWords } from './words.ts';

/** What is said of something that happened: a first line, and more of it below. */
export interface Said {
  readonly lines: readonly string[];
  /** Whether somebody is wanted at the terminal. */
  readonly calls: boolean;
}

/** In brackets: beside an ID it would read like one of its groups. */
const label = (at: number | null): string => (at === null ? '' : `${paint('bold', `[${at}]`)} `);
const sessionLabel = (at: number | null): string => (at === null ? '' : `${paint('bold', `[s${at}]`)} `);

const said = (...lines: readonly string[]): Said => ({ lines, calls: false });
const calling = (...lines: readonly string[]): Said => ({ lines, calls: true });

const title = (text: string): string => paint(['green', 'bold'], text);

/** Null for what nobody has to be told. */
export function tell(happening: Happening, words: AgentWords): Said | null {
  switch (happening.kind) {
    case 'invitation':
      return tellInvitation(happening, words);
    case 'request':
      return tellRequest(happening, words);
    case 'session':
      return tellSession(happening, words);
    case 'permissions':
      return tellWish(happening, words.events);
    case 'device':
      return tellDevice(happening, words.events);
    case 'reset':
      return said(paint('yellow', words.events.eventsForgotten));
  }
}

function tellInvitation(
  { change, number: at, incoming, invitation, before, permissions }: Extract<Happening, { kind: 'invitation' }>,
  words: AgentWords,
): Said {
  const { events } = words;
  const say = events.invitation;
  const inviter = paint('bold', peerName(invitation.inviter));
  const recipient = paint('bold', peerName(invitation.recipient));
  const since = at === null ? meanwhile(invitation.status, words) : '';
  const offer = events.offer(invitation.profileName, permissionsInWords(permissions, words));
  const quoted = invitation.note === null ? null : events.quoted(invitation.note);
  const note = quoted === null ? [] : [`  ${quoted}`];
  switch (change) {
    case 'CREATED':
      if (!incoming) return said(`${label(at)}${say.sent(recipient, offer)}${since}`);
      if (at === null) return said(`${say.was(inviter, offer)}${since}`, ...note);
      return calling(
        `${label(at)}${say.from(title(say.title), inviter)}`,
        `  ${offer}`,
        ...note,
        `  ${paint('dim', events.howTo.connect(at))}`,
      );
    case 'MODIFIED': {
      const difference = before === null ? '' : permissionDifference(before, permissions);
      const what = `${difference || offer}${quoted === null ? '' : ` ${quoted}`}`;
      const who = incoming ? say.changedByInviter(inviter, what) : say.changed(recipient, what);
      const text = `${label(at)}${who}${since}`;
      return incoming && at !== null ? calling(text, `  ${paint('dim', events.howTo.connect(at))}`) : said(text);
    }
    case 'ACCEPTED':
      return said(incoming ? say.connected(inviter) : paint('green', say.recipientConnected(recipient)));
    case 'REJECTED':
      return said(incoming ? say.rejected(inviter) : paint('yellow', say.recipientRejected(recipient)));
    case 'CANCELLED':
      return said(incoming ? paint('yellow', say.inviterTookBack(inviter)) : say.takenBack(recipient));
    case 'EXPIRED':
      return said(paint('yellow', incoming ? say.expiredFrom(inviter) : say.expiredTo(recipient)));
  }
}

function tellRequest(
  { change, number: at, incoming, request }: Extract<Happening, { kind: 'request' }>,
  words: AgentWords,
): Said {
  const { events } = words;
  const say = events.request;
  const guest = paint('bold', peerName(request.guest));
  const host = paint('bold', peerName(request.host));
  const since = at === null ? meanwhile(request.status, words) : '';
  switch (change) {
    case 'CREATED':
      if (!incoming) return said(`${label(at)}${say.sent(host)}${since}`);
      if (at === null) return said(`${say.was(guest)}${since}`);
      return calling(`${label(at)}${say.from(title(say.title), guest)}`, `  ${paint('dim', events.howTo.accept(at))}`);
    case 'ACCEPTED':
      return said(incoming ? say.letIn(guest) : paint('green', say.hostLetIn(host)));
    case 'DISMISSED':
      return said(incoming ? say.dismissed(guest) : paint('yellow', say.hostDismissed(host)));
    case 'WITHDRAWN':
      return said(incoming ? paint('yellow', say.guestWithdrew(guest)) : say.withdrawn(host));
    case 'EXPIRED':
      return said(paint('yellow', incoming ? say.expiredFrom(guest) : say.expiredTo(host)));
  }
}

/** What became of something that does not wait any more, though an event says that it began. */
function meanwhile(status: keyof AgentWords['events']['meanwhile'] | 'PENDING', { events }: AgentWords): string {
  return status === 'PENDING' ? '' : paint('dim', ` ${events.meanwhile[status]}`);
}

function tellSession(
  { change, number: at, hosting, session, before, permissions }: Extract<Happening, { kind: 'session' }>,
  words: AgentWords,
): Said {
  const say = words.events.session;
  const peer = paint('bold', peerName(hosting ? session.guest : session.host));
  const all = permissionsInWords(permissions, words);
  switch (change) {
    case 'STARTED':
      return said(
        `${sessionLabel(at)}${(hosting ? say.hosting : say.visiting)(title(say.title), peer)}`,
        `  ${hosting ? say.guestMay(all) : say.youMay(all)}`,
      );
    case 'PERMISSIONS_CHANGED': {
      const now = `${before === null ? '' : `${permissionDifference(before, permissions)} — `}${all}`;
      return said(`${sessionLabel(at)}${hosting ? say.guestMayNow(peer, now) : say.youMayNow(now)}`);
    }
    case 'ENDED': {
      const why = { HOST_ENDED: hosting, GUEST_ENDED: !hosting, DEVICE_REMOVED: null }[
        session.endReason ?? 'HOST_ENDED'
      ];
      const by = why === null ? say.deviceRemoved : why ? say.byYou : say.byTheOther;
      return said(`${say.ended(peer)} ${paint('dim', say.endedWhy(by, duration(session.durationSeconds)))}`);
    }
  }
}

function tellWish(
  { change, number: at, incoming, session, permissions }: Extract<Happening, { kind: 'permissions' }>,
  { wish: say, howTo }: AgentWords['events'],
): Said {
  const guest = paint('bold', peerName(session.guest));
  const host = paint('bold', peerName(session.host));
  const what = permissions.join(', ');
  switch (change) {
    case 'PERMISSIONS_REQUESTED':
      if (!incoming) return said(say.sent(what));
      if (at === null) return said(say.was(guest, what));
      return calling(`${label(at)}${say.from(title(say.title), guest, what)}`, `  ${paint('dim', howTo.grant(at))}`);
    case 'PERMISSION_REQUEST_GRANTED':
      return said(incoming ? say.granted(guest, what) : paint('green', say.hostGranted(host, what)));
    case 'PERMISSION_REQUEST_REFUSED':
      return said(incoming ? say.refused(guest, what) : paint('yellow', say.hostRefused(host, what)));
  }
}

function tellDevice(
  { change, alias }: Extract<Happening, { kind: 'device' }>,
  { device: say }: AgentWords['events'],
): Said | null {
  switch (change) {
    case 'ENROLLED':
      return said(say.enrolled);
    case 'ALIAS_CHANGED':
      return said(alias === null ? say.noAlias : say.alias(paint('bold', alias)));
    case 'REMOVED':
      return said(paint('red', say.removed));
    // Our own coming and going, and what is not seen at a terminal.
    default:
      return null;
  }
}

/** The live lines: what waits, with its countdown; what runs. `now` is the server's time. */
export function liveLines(
  waiting: ReadonlyMap<number, Waiting>,
  sessions: ReadonlyMap<number, Running>,
  now: number,
  words: AgentWords,
): string[] {
  const { running } = words.live;
  const lines = [...waiting].map(([at, what]) => `${label(at)}${left(what, now)} ${waitingLine(what, words)}`);
  for (const [at, { session, hosting, permissions }] of sessions) {
    const time = duration((now - Date.parse(session.startedAt)) / 1000);
    const what = permissionsInWords(permissions, words);
    const line = hosting
      ? running.hosting(peerName(session.guest), what)
      : running.visiting(peerName(session.host), what);
    lines.push(`${sessionLabel(at)}${paint('green', '●')} ${time} ${line}`);
  }
  return lines;
}

function waitingLine(waiting: Waiting, words: AgentWords): string {
  const say = words.live.waiting;
  switch (waiting.kind) {
    case 'invitation': {
      const { inviter, recipient, profileName, permissions } = waiting.invitation;
      const offer = words.events.offer(profileName, permissionsInWords(permissions, words));
      return waiting.incoming
        ? say.invitationFrom(peerName(inviter), offer)
        : say.invitationTo(peerName(recipient), offer);
    }
    case 'request':
      return waiting.incoming
        ? say.requestFrom(peerName(waiting.request.guest))
        : say.requestTo(peerName(waiting.request.host));
    case 'permissions': {
      const what = waiting.permissions.join(', ');
      return waiting.incoming ? say.wishFrom(peerName(waiting.session.guest), what) : say.wish(what);
    }
  }
}

/** Seconds left from which on the countdown is shown as urgent. */
const URGENT_MS = 20_000;

function left(waiting: Waiting, now: number): string {
  const deadline = deadlineOf(waiting);
  if (deadline === null) return '    ';
  const text = countdown(deadline - now);
  return paint(deadline - now <= URGENT_MS ? ['red', 'bold'] : 'yellow', text);
}

/** What the connection does, for people. Null for what needs no words. */
export function tellConnection(
  state: ConnectionState,
  wasOnline: boolean,
  { live: { connection: say } }: AgentWords,
): string | null {
  switch (state.status) {
    case 'waiting': {
      const seconds = Math.max(1, Math.round(state.retryInMs / 1000));
      return say.tryingAgain(paint('red', state.attempt === 1 ? say.lost : say.noAnswer), seconds);
    }
    case 'connected':
      return (wasOnline ? say.again : say.canBeInvited)(paint('green', say.online));
    default:
      return null;
  }
}
