import { randomUUID } from 'node:crypto';
import type { BeckonClient } from '../api/client.ts';
import {
  AcceptInvitation,
  CancelInvitation,
  InviteDevice,
  ModifyInvitation,
  RejectInvitation,
} from '../api/operations/invitations.ts';
import {
  AcceptSessionRequest,
  DismissSessionRequest,
  RequestSession,
  WithdrawSessionRequest,
} from '../api/operations/session-requests.ts';
import {
  AnswerPermissionRequest,
  ChangeSessionPermissions,
  EndSession,
  RequestSessionPermissions,
} from '../api/operations/sessions.ts';
import { unwrap } from '../api/results.ts';
import type { InvitationOrigin } from '../graphql/graphql.ts';
import type { Inbox, Running, Waiting } from './inbox.ts';
import { UsageError } from './problems.ts';
import { profileId } from './profiles.ts';
import type { Offer, TypedCommand } from './typed-commands.ts';

/** Commands that reach the server. */
export type Action = Exclude<TypedCommand, { verb: 'status' | 'help' | 'quit' | 'permissions' }>;

/** What a command without a number is about, where a script says it. */
export interface Target {
  readonly number?: number | undefined;
  readonly session?: number | undefined;
}

/**
 * Does what was typed. What it leads to is told by the events that follow, to both sides alike.
 * @throws RefusalError, BeckonError, UsageError.
 */
export async function act(client: BeckonClient, inbox: Inbox, action: Action, target: Target = {}): Promise<void> {
  const idempotencyKey = randomUUID();
  switch (action.verb) {
    case 'invite':
      // At once, so that it can be modified and cancelled before the event of it has come.
      inbox.addInvitation(await invite(client, action.address, action.offer));
      return;
    case 'request': {
      const input = { address: action.address, idempotencyKey };
      inbox.addRequest(unwrap((await client.mutate(RequestSession, { input })).requestSession).request);
      return;
    }
    case 'modify': {
      const { id } = invitationOf(pick(inbox, action.number ?? target.number, false, 'invitation'));
      const { note, ...offer } = action.offer;
      // An empty note takes the old one away; none at all leaves it.
      const noteInput = note === undefined ? {} : { note: note === '' ? null : note };
      const input = { id, ...noteInput, ...(await choiceOf(client, offer)), idempotencyKey };
      unwrap((await client.mutate(ModifyInvitation, { input })).modifyInvitation);
      return;
    }
    case 'cancel':
      await cancel(client, pick(inbox, action.number ?? target.number, false));
      return;
    case 'connect':
      await connect(client, pick(inbox, action.number ?? target.number, true), action.offer);
      return;
    case 'reject':
      await reject(client, pick(inbox, action.number ?? target.number, true));
      return;
    case 'grant':
    case 'revoke': {
      const { id } = sessionOf(inbox, action.session ?? target.session, true).session;
      const input = { id, [action.verb]: [...action.permissions], idempotencyKey };
      unwrap((await client.mutate(ChangeSessionPermissions, { input })).changeSessionPermissions);
      return;
    }
    case 'ask': {
      const { id: sessionId } = sessionOf(inbox, action.session ?? target.session, false).session;
      const input = { sessionId, permissions: [...action.permissions], idempotencyKey };
      unwrap((await client.mutate(RequestSessionPermissions, { input })).requestSessionPermissions);
      return;
    }
    case 'end': {
      const { id } = sessionOf(inbox, action.session ?? target.session, null).session;
      unwrap((await client.mutate(EndSession, { input: { id, idempotencyKey } })).endSession);
      return;
    }
  }
}

/** Invites a device to this one. @throws RefusalError, BeckonError, UsageError for a profile that is not there. */
export async function invite(
  client: BeckonClient,
  recipient: string,
  offer: Offer,
  origin: InvitationOrigin = 'OWN_ID',
) {
  const note = offer.note ? { note: offer.note } : {};
  const input = { recipient, origin, ...note, ...(await choiceOf(client, offer)), idempotencyKey: randomUUID() };
  return unwrap((await client.mutate(InviteDevice, { input })).inviteDevice).invitation;
}

async function choiceOf(client: BeckonClient, offer: Offer) {
  return {
    ...(offer.profile === undefined ? {} : { profileId: await profileId(client, offer.profile) }),
    ...(offer.grant === undefined ? {} : { grant: [...offer.grant] }),
    ...(offer.revoke === undefined ? {} : { revoke: [...offer.revoke] }),
  };
}

async function connect(client: BeckonClient, waiting: Waiting, offer: Offer): Promise<void> {
  const idempotencyKey = randomUUID();
  if (waiting.kind !== 'request' && Object.keys(offer).length > 0) {
    throw new UsageError(({ problems }) => problems.connectAlone);
  }
  switch (waiting.kind) {
    case 'invitation': {
      // The revision that was shown: what was modified since is not accepted unseen (INV-16).
      const { id, revision } = waiting.invitation;
      unwrap((await client.mutate(AcceptInvitation, { input: { id, revision, idempotencyKey } })).acceptInvitation);
      return;
    }
    case 'request': {
      const input = { id: waiting.request.id, ...(await choiceOf(client, offer)), idempotencyKey };
      unwrap((await client.mutate(AcceptSessionRequest, { input })).acceptSessionRequest);
      return;
    }
    case 'permissions':
      await answer(client, waiting.requestId, true);
  }
}

async function reject(client: BeckonClient, waiting: Waiting): Promise<void> {
  const idempotencyKey = randomUUID();
  switch (waiting.kind) {
    case 'invitation': {
      const input = { id: waiting.invitation.id, idempotencyKey };
      unwrap((await client.mutate(RejectInvitation, { input })).rejectInvitation);
      return;
    }
    case 'request': {
      const input = { id: waiting.request.id, idempotencyKey };
      unwrap((await client.mutate(DismissSessionRequest, { input })).dismissSessionRequest);
      return;
    }
    case 'permissions':
      await answer(client, waiting.requestId, false);
  }
}

async function answer(client: BeckonClient, id: string, grant: boolean): Promise<void> {
  const input = { id, grant, idempotencyKey: randomUUID() };
  unwrap((await client.mutate(AnswerPermissionRequest, { input })).answerPermissionRequest);
}

/** Takes back what this device sent. */
export async function cancel(client: BeckonClient, waiting: Waiting): Promise<void> {
  const idempotencyKey = randomUUID();
  switch (waiting.kind) {
    case 'invitation': {
      const input = { id: waiting.invitation.id, idempotencyKey };
      unwrap((await client.mutate(CancelInvitation, { input })).cancelInvitation);
      return;
    }
    case 'request': {
      const input = { id: waiting.request.id, idempotencyKey };
      unwrap((await client.mutate(WithdrawSessionRequest, { input })).withdrawSessionRequest);
      return;
    }
    case 'permissions':
      throw new UsageError(({ problems }) => problems.wishStays);
  }
}

/** What waits under the number, or the only thing that waits on this side. @throws UsageError */
function pick(inbox: Inbox, number: number | null | undefined, incoming: boolean, kind?: Waiting['kind']): Waiting {
  const all = [...inbox.waiting].filter(
    ([, waiting]) => waiting.incoming === incoming && (kind === undefined || waiting.kind === kind),
  );
  if (number !== null && number !== undefined) {
    const found = all.find(([at]) => at === number);
    if (found) return found[1];
    const there = inbox.waiting.has(number);
    throw new UsageError(({ problems: { theirsToAnswer, yoursToAnswer, nothingUnder } }) => {
      return (there ? (incoming ? theirsToAnswer : yoursToAnswer) : nothingUnder)(number);
    });
  }
  const [first, ...others] = all;
  if (!first) throw new UsageError(({ problems }) => problems[incoming ? 'nothingForYou' : 'nothingOfYours']);
  if (others.length === 0) return first[1];
  throw new UsageError(({ problems: { whichOne, kinds } }) => {
    return whichOne(all.map(([at, { kind: what }]) => `${at} (${kinds[what]})`).join(', '));
  });
}

function invitationOf(waiting: Waiting): { id: string } {
  if (waiting.kind !== 'invitation') throw new UsageError(({ problems }) => problems.onlyInvitations);
  return waiting.invitation;
}

/** @param hosting True: only one on this device; false: only one on another; null: either. @throws UsageError */
export function sessionOf(inbox: Inbox, number: number | null | undefined, hosting: boolean | null): Running {
  if (number !== null && number !== undefined) {
    const found = inbox.sessions.get(number);
    if (!found) throw new UsageError(({ problems }) => problems.noSuchSession(number));
    if (hosting !== null && found.hosting !== hosting) throw wrongSide(hosting);
    return found;
  }
  const all = [...inbox.sessions].filter(([, running]) => hosting === null || running.hosting === hosting);
  const [first, ...others] = all;
  if (!first) {
    if (inbox.sessions.size > 0 && hosting !== null) throw wrongSide(hosting);
    throw new UsageError(({ problems }) => problems.noSession);
  }
  if (others.length > 0) {
    throw new UsageError(({ problems }) => problems.whichOne(all.map(([at]) => `s${at}`).join(', ')));
  }
  return first[1];
}

function wrongSide(hosting: boolean): UsageError {
  return new UsageError(({ problems }) => problems[hosting ? 'hostGrants' : 'hostNeedsNotAsk']);
}
