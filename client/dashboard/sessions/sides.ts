import type { PeerFieldsFragment, SessionSide } from '../../graphql/graphql.ts';

/** A session as this side sees it. Between two own devices this side is the host, which decides. */
export function sidesOf({ host, guest }: { host: PeerFieldsFragment; guest: PeerFieldsFragment }): {
  readonly side: SessionSide;
  readonly own: PeerFieldsFragment;
  readonly other: PeerFieldsFragment;
} {
  return host.viewerActsFor ? { side: 'HOST', own: host, other: guest } : { side: 'GUEST', own: guest, other: host };
}
