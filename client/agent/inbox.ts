import type { DeviceEvent } from '../api/client.ts';
import type {
  InvitationFieldsFragment as Invitation,
  SessionFieldsFragment as Session,
  SessionPermission,
  SessionRequestFieldsFragment as SessionRequest,
} from '../graphql/graphql.ts';

/** Something that waits for an answer, ours or the other side's. */
export type Waiting =
  | { readonly kind: 'invitation'; readonly incoming: boolean; readonly invitation: Invitation }
  | { readonly kind: 'request'; readonly incoming: boolean; readonly request: SessionRequest }
  | {
      readonly kind: 'permissions';
      readonly incoming: boolean;
      readonly requestId: string;
      readonly permissions: readonly SessionPermission[];
      readonly session: Session;
    };

export interface Running {
  readonly session: Session;
  /** What the guest side may do, as it was last told: the session itself may be ahead of the events. */
  readonly permissions: readonly SessionPermission[];
  /** Whether this device is the one that is worked on. */
  readonly hosting: boolean;
}

/** What an event means for this device. `number` is what people type to name the thing; null where it is over. */
export type Happening =
  | {
      readonly kind: 'invitation';
      readonly change: 'CREATED' | 'MODIFIED' | 'ACCEPTED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED';
      readonly number: number | null;
      readonly incoming: boolean;
      readonly invitation: Invitation;
      /** What was offered before a modification, where it is known. */
      readonly before: readonly SessionPermission[] | null;
      readonly permissions: readonly SessionPermission[];
    }
  | {
      readonly kind: 'request';
      readonly change: 'CREATED' | 'ACCEPTED' | 'DISMISSED' | 'WITHDRAWN' | 'EXPIRED';
      readonly number: number | null;
      readonly incoming: boolean;
      readonly request: SessionRequest;
    }
  | {
      readonly kind: 'session';
      readonly change: 'STARTED' | 'PERMISSIONS_CHANGED' | 'ENDED';
      readonly number: number | null;
      readonly hosting: boolean;
      readonly session: Session;
      readonly before: readonly SessionPermission[] | null;
      readonly permissions: readonly SessionPermission[];
    }
  | {
      readonly kind: 'permissions';
      readonly change: 'PERMISSIONS_REQUESTED' | 'PERMISSION_REQUEST_GRANTED' | 'PERMISSION_REQUEST_REFUSED';
      readonly number: number | null;
      readonly incoming: boolean;
      readonly session: Session;
      readonly permissions: readonly SessionPermission[];
    }
  | { readonly kind: 'device'; readonly change: string; readonly alias: string | null }
  | { readonly kind: 'reset'; readonly reason: string };

/**
 * What waits and what runs on this device, as far as the events tell. Numbers stay with their things and are not given
 * again, so that nobody answers another one than they read.
 */
export class Inbox {
  readonly #address: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #sessions = new Map<number, Running>();
  #numbers = 0;
  #sessionNumbers = 0;

  /** @param address The public ID of this device: it tells the sides apart. */
  constructor(address: string) {
    this.#address = address;
  }

  get waiting(): ReadonlyMap<number, Waiting> {
    return this.#waiting;
  }

  get sessions(): ReadonlyMap<number, Running> {
    return this.#sessions;
  }

  /** Forgets everything: before the present state is read anew. */
  clear(): void {
    this.#waiting.clear();
    this.#sessions.clear();
  }

  /** Takes in what a query showed. Returns its number; null where it does not wait any more. */
  addInvitation(invitation: Invitation): number | null {
    const found = this.#numberOf('invitation', invitation.id);
    if (invitation.status !== 'PENDING') return this.#forget(found);
    const incoming = invitation.recipient.address === this.#address;
    return this.#put(found, { kind: 'invitation', incoming, invitation });
  }

  addRequest(request: SessionRequest): number | null {
    const found = this.#numberOf('request', request.id);
    if (request.status !== 'PENDING') return this.#forget(found);
    return this.#put(found, { kind: 'request', incoming: request.host.address === this.#address, request });
  }

  addSession(session: Session, permissions: readonly SessionPermission[] = session.permissions): number | null {
    const [found] = [...this.#sessions].find(([, running]) => running.session.id === session.id) ?? [];
    if (session.endedAt !== null) {
      if (found !== undefined) this.#sessions.delete(found);
      this.#forgetPermissionsOf(session.id);
      return null;
    }
    const number = found ?? ++this.#sessionNumbers;
    this.#sessions.set(number, { session, permissions, hosting: session.host.address === this.#address });
    return number;
  }

  addPermissionRequest(requestId: string, permissions: readonly SessionPermission[], session: Session): number {
    const incoming = session.host.address === this.#address;
    const found = this.#numberOf('permissions', requestId);
    return this.#put(found, { kind: 'permissions', incoming, requestId, permissions, session });
  }

  /** Takes in an event. Null where it is of no interest here, or about something that may not be seen any more. */
  apply(event: DeviceEvent): Happening | null {
    switch (event.__typename) {
      case 'InvitationEvent': {
        const { invitationChange: change, permissions, revision } = event;
        if (!event.invitation) return null;
        // As it was told by this event: whoever accepts names the revision that they were shown (INV-16).
        const invitation = { ...event.invitation, permissions, revision };
        const was = this.#waiting.get(this.#numberOf('invitation', invitation.id) ?? -1);
        const before = was?.kind === 'invitation' ? was.invitation.permissions : null;
        const incoming = invitation.recipient.address === this.#address;
        const number = this.addInvitation(invitation);
        return { kind: 'invitation', change, number, incoming, invitation, before, permissions };
      }
      case 'SessionRequestEvent': {
        const { request, requestChange: change } = event;
        if (!request) return null;
        const incoming = request.host.address === this.#address;
        return { kind: 'request', change, number: this.addRequest(request), incoming, request };
      }
      case 'SessionEvent':
        return this.#applySession(event);
      case 'DeviceEvent':
        return { kind: 'device', change: event.deviceChange, alias: event.device?.alias ?? null };
      case 'StreamResetEvent':
        return { kind: 'reset', reason: event.reason };
      default:
        return null;
    }
  }

  #applySession(event: Extract<DeviceEvent, { __typename: 'SessionEvent' }>): Happening | null {
    const { session, sessionChange: change, permissions, requestId } = event;
    if (!session) return null;
    const hosting = session.host.address === this.#address;
    const before = [...this.#sessions.values()].find((running) => running.session.id === session.id)?.permissions;
    const told = change === 'STARTED' || change === 'PERMISSIONS_CHANGED' ? permissions : before;
    const number = this.addSession(session, told);
    switch (change) {
      case 'PERMISSIONS_REQUESTED': {
        const waits = requestId !== null && session.endedAt === null;
        const asked = waits ? this.addPermissionRequest(requestId, permissions, session) : null;
        return { kind: 'permissions', change, number: asked, incoming: hosting, session, permissions };
      }
      case 'PERMISSION_REQUEST_GRANTED':
      case 'PERMISSION_REQUEST_REFUSED':
        this.#forget(requestId === null ? undefined : this.#numberOf('permissions', requestId));
        return { kind: 'permissions', change, number, incoming: hosting, session, permissions };
      default:
        return { kind: 'session', change, number, hosting, session, before: before ?? null, permissions };
    }
  }

  #put(found: number | undefined, waiting: Waiting): number {
    const number = found ?? ++this.#numbers;
    this.#waiting.set(number, waiting);
    return number;
  }

  #numberOf(kind: Waiting['kind'], id: string): number | undefined {
    for (const [number, waiting] of this.#waiting) {
      if (waiting.kind === kind && idOf(waiting) === id) return number;
    }
    return undefined;
  }

  #forget(number: number | undefined): null {
    if (number !== undefined) this.#waiting.delete(number);
    return null;
  }

  #forgetPermissionsOf(sessionId: string): void {
    for (const [number, waiting] of this.#waiting) {
      if (waiting.kind === 'permissions' && waiting.session.id === sessionId) this.#waiting.delete(number);
    }
  }
}

/** The id of what waits, for the API. */
export function idOf(waiting: Waiting): string {
  switch (waiting.kind) {
    case 'invitation':
      return waiting.invitation.id;
    case 'request':
      return waiting.request.id;
    default:
      return waiting.requestId;
  }
}

/** When it lapses, in ms since 1970; null for what waits as long as its session runs. */
export function deadlineOf(waiting: Waiting): number | null {
  switch (waiting.kind) {
    case 'invitation':
      return Date.parse(waiting.invitation.expiresAt);
    case 'request':
      return Date.parse(waiting.request.expiresAt);
    default:
      return null;
  }
}
