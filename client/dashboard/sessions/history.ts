import type { SessionEndReason, SessionPermission, SessionQuery } from '../../graphql/graphql.ts';

export type ShownSession = Extract<NonNullable<SessionQuery['node']>, { __typename: 'SupportSession' }>;

/** What happened in a session, as its timeline tells it. */
export type Happening =
  | { readonly kind: 'STARTED'; readonly at: string; readonly permissions: readonly SessionPermission[] }
  | {
      readonly kind: 'CHANGED';
      readonly at: string;
      readonly added: readonly SessionPermission[];
      readonly removed: readonly SessionPermission[];
    }
  | {
      readonly kind: 'ASKED' | 'GRANTED' | 'REFUSED' | 'LAPSED';
      readonly at: string;
      readonly permissions: readonly SessionPermission[];
    }
  | { readonly kind: 'ENDED'; readonly at: string; readonly reason: SessionEndReason };

type Recorded = Pick<ShownSession, 'endedAt' | 'endReason' | 'permissionTimeline' | 'permissionRequests'>;

/** Where several things bear the same instant: what comes of something comes after it. */
const ORDER: readonly Happening['kind'][] = ['STARTED', 'ASKED', 'GRANTED', 'REFUSED', 'CHANGED', 'ENDED', 'LAPSED'];

/** All that happened in a session, in order (INV-28): what changed, and not only what held then. */
export function happeningsOf({ permissionTimeline, permissionRequests, endedAt, endReason }: Recorded): Happening[] {
  const changes = permissionTimeline.map(({ permissions, changedAt: at }, index): Happening => {
    const before = permissionTimeline[index - 1]?.permissions;
    if (!before) return { kind: 'STARTED', at, permissions };
    return {
      kind: 'CHANGED',
      at,
      added: permissions.filter((permission) => !before.includes(permission)),
      removed: before.filter((permission) => !permissions.includes(permission)),
    };
  });
  const requests = permissionRequests.flatMap(({ permissions, status, createdAt, settledAt }): Happening[] => [
    { kind: 'ASKED', at: createdAt, permissions },
    ...(status !== 'PENDING' && settledAt ? [{ kind: status, at: settledAt, permissions }] : []),
  ]);
  const end: Happening[] = endedAt && endReason ? [{ kind: 'ENDED', at: endedAt, reason: endReason }] : [];
  return [...changes.filter((change) => !isGrant(change, requests)), ...requests, ...end].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
}

/** Whether a change is nothing but what a wish was granted, which the timeline tells already. */
function isGrant(change: Happening, requests: readonly Happening[]): boolean {
  if (change.kind !== 'CHANGED' || change.removed.length > 0) return false;
  return requests.some(
    (request) =>
      request.kind === 'GRANTED' &&
      request.at === change.at &&
      change.added.every((permission) => request.permissions.includes(permission)),
  );
}
