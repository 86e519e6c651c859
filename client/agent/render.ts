import type { ConnectionState } from '../api/connection.ts';
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

/** Null for what nobody has to be told. */
export function tell(happening: Happening): Said | null {
  switch (happening.kind) {
    case 'invitation':
      return tellInvitation(happening);
    case 'request':
      return tellRequest(happening);
    case 'session':
      return tellSession(happening);
    case 'permissions':
      return tellPermissions(happening);
    case 'device':
      return tellDevice(happening);
    case 'reset':
      return said(paint('yellow', 'Some events are not kept any more; this is how things stand now.'));
  }
}

function tellInvitation({
  change,
  number: at,
  incoming,
  invitation,
  before,
  permissions,
}: Extract<Happening, { kind: 'invitation' }>): Said {
  const inviter = paint('bold', peerName(invitation.inviter));
  const recipient = paint('bold', peerName(invitation.recipient));
  const past = at === null && (change === 'CREATED' || change === 'MODIFIED');
  const since = past ? paint('dim', ` (${invitation.status.toLowerCase()} meanwhile)`) : '';
  switch (change) {
    case 'CREATED': {
      const offer = `${invitation.profileName}: ${permissionsInWords(permissions)}`;
      const note = invitation.note === null ? [] : [`  “${invitation.note}”`];
      if (!incoming) return said(`${label(at)}invited ${recipient} — ${offer}${since}`);
      if (at === null) return said(`${inviter} invited you — ${offer}${since}`, ...note);
      return calling(
        `${label(at)}${paint(['green', 'bold'], 'INVITATION')} from ${inviter}`,
        `  ${offer}`,
        ...note,
        `  ${howTo('connect', at)}`,
      );
    }
    case 'MODIFIED': {
      const difference = before === null ? '' : permissionDifference(before, permissions);
      const what = difference || `${invitation.profileName}: ${permissionsInWords(permissions)}`;
      const note = invitation.note === null ? '' : ` “${invitation.note}”`;
      const who = incoming ? `${inviter} changed the invitation` : `changed the invitation to ${recipient}`;
      const text = `${label(at)}${who}: ${what}${note}${since}`;
      return incoming && at !== null ? calling(text, `  ${howTo('connect', at)}`) : said(text);
    }
    case 'ACCEPTED':
      return said(incoming ? `connected to ${inviter}` : paint('green', `${recipient} connected`));
    case 'REJECTED':
      return said(incoming ? `rejected the invitation from ${inviter}` : paint('yellow', `${recipient} rejected it`));
    case 'CANCELLED':
      return said(
        incoming ? paint('yellow', `${inviter} took the invitation back`) : `took back the invitation to ${recipient}`,
      );
    case 'EXPIRED':
      return said(
        paint(
          'yellow',
          `the invitation ${incoming ? `from ${inviter}` : `to ${recipient}`} has expired: nobody answered within 2 minutes`,
        ),
      );
  }
}

function tellRequest({ change, number: at, incoming, request }: Extract<Happening, { kind: 'request' }>): Said {
  const guest = paint('bold', peerName(request.guest));
  const host = paint('bold', peerName(request.host));
  const since = at === null && change === 'CREATED' ? paint('dim', ` (${request.status.toLowerCase()} meanwhile)`) : '';
  switch (change) {
    case 'CREATED':
      if (!incoming) return said(`${label(at)}asked ${host} to be let in${since}`);
      if (at === null) return said(`${guest} asked to be let in${since}`);
      return calling(
        `${label(at)}${paint(['green', 'bold'], 'REQUEST')}: ${guest} asks to be let in to this device`,
        `  ${howTo('accept (--profile NAME)', at)}`,
      );
    case 'ACCEPTED':
      return said(incoming ? `let ${guest} in` : paint('green', `${host} let you in`));
    case 'DISMISSED':
      return said(incoming ? `did not let ${guest} in` : paint('yellow', `${host} did not let you in`));
    case 'WITHDRAWN':
      return said(incoming ? paint('yellow', `${guest} does not ask any more`) : `took back the request to ${host}`);
    case 'EXPIRED':
      return said(
        paint(
          'yellow',
          `the request ${incoming ? `of ${guest}` : `to ${host}`} has lapsed: nobody answered within 2 minutes`,
        ),
      );
  }
}

function tellSession({
  change,
  number: at,
  hosting,
  session,
  before,
  permissions,
}: Extract<Happening, { kind: 'session' }>): Said {
  const peer = paint('bold', peerName(hosting ? session.guest : session.host));
  switch (change) {
    case 'STARTED':
      return said(
        `${sessionLabel(at)}${paint(['green', 'bold'], 'SESSION')} ${hosting ? `started: ${peer} works on this device` : `started on ${peer}`}`,
        `  ${hosting ? 'may do' : 'you may do'}: ${permissionsInWords(permissions)}`,
      );
    case 'PERMISSIONS_CHANGED': {
      const difference = before === null ? '' : `${permissionDifference(before, permissions)} — `;
      const who = hosting ? `${peer} may now do` : 'you may now do';
      return said(`${sessionLabel(at)}${who}: ${difference}${permissionsInWords(permissions)}`);
    }
    case 'ENDED': {
      const why = { HOST_ENDED: hosting, GUEST_ENDED: !hosting, DEVICE_REMOVED: null }[
        session.endReason ?? 'HOST_ENDED'
      ];
      const by = why === null ? 'a device was removed' : why ? 'by you' : 'by the other side';
      return said(`session with ${peer} ended ${paint('dim', `(${by}, after ${duration(session.durationSeconds)})`)}`);
    }
  }
}

function tellPermissions({
  change,
  number: at,
  incoming,
  session,
  permissions,
}: Extract<Happening, { kind: 'permissions' }>): Said {
  const guest = paint('bold', peerName(session.guest));
  const host = paint('bold', peerName(session.host));
  const what = permissions.join(', ');
  switch (change) {
    case 'PERMISSIONS_REQUESTED':
      if (!incoming || at === null) return said(`${incoming ? guest : 'you'} asked for ${what}`);
      return calling(
        `${label(at)}${paint(['green', 'bold'], 'WISH')}: ${guest} asks for ${what}`,
        `  ${howTo('grant', at)}`,
      );
    case 'PERMISSION_REQUEST_GRANTED':
      return said(incoming ? `granted ${what} to ${guest}` : paint('green', `${host} granted ${what}`));
    case 'PERMISSION_REQUEST_REFUSED':
      return said(incoming ? `refused ${what} to ${guest}` : paint('yellow', `${host} refused ${what}`));
  }
}

function tellDevice({ change, alias }: Extract<Happening, { kind: 'device' }>): Said | null {
  switch (change) {
    case 'ENROLLED':
      return said('this device is managed by a company now');
    case 'ALIAS_CHANGED':
      return said(
        alias === null ? 'this device has no alias any more' : `this device’s alias is ${paint('bold', alias)}`,
      );
    case 'REMOVED':
      return said(paint('red', 'this device was removed'));
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
): string[] {
  const lines = [...waiting].map(([at, what]) => `${label(at)}${left(what, now)} ${waitingLine(what)}`);
  for (const [at, { session, hosting, permissions }] of sessions) {
    const peer = peerName(hosting ? session.guest : session.host);
    const time = duration((now - Date.parse(session.startedAt)) / 1000);
    const what = `${hosting ? `${peer} works here` : `on ${peer}`}: ${permissionsInWords(permissions)}`;
    lines.push(`${sessionLabel(at)}${paint('green', '●')} ${time} ${what}`);
  }
  return lines;
}

function waitingLine(waiting: Waiting): string {
  switch (waiting.kind) {
    case 'invitation': {
      const { inviter, recipient, profileName, permissions } = waiting.invitation;
      const who = waiting.incoming ? `from ${peerName(inviter)}` : `to ${peerName(recipient)}`;
      return `invitation ${who} · ${profileName}: ${permissionsInWords(permissions)}`;
    }
    case 'request':
      return waiting.incoming
        ? `${peerName(waiting.request.guest)} asks to be let in`
        : `request to ${peerName(waiting.request.host)}`;
    case 'permissions':
      return waiting.incoming
        ? `${peerName(waiting.session.guest)} asks for ${waiting.permissions.join(', ')}`
        : `asked for ${waiting.permissions.join(', ')}`;
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
export function tellConnection(state: ConnectionState, wasOnline: boolean): string | null {
  switch (state.status) {
    case 'waiting': {
      const seconds = Math.max(1, Math.round(state.retryInMs / 1000));
      const what = state.attempt === 1 ? 'connection lost' : 'the server does not answer';
      return `${paint('red', what)}, trying again in ${seconds} s`;
    }
    case 'connected':
      return paint('green', 'online') + (wasOnline ? ' again; nothing is lost' : ': this device can be invited');
    default:
      return null;
  }
}

function howTo(answer: string, at: number): string {
  return paint('dim', `c ${at} to ${answer}, r ${at} to refuse`);
}
