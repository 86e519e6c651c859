import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../api/client.ts';
import type {
  InvitationFieldsFragment as Invitation,
  SessionFieldsFragment as Session,
  SessionPermission,
} from '../graphql/graphql.ts';
import { EN } from './catalogue/catalogue.ts';
import { Inbox } from './inbox.ts';
import { liveLines, tell } from './render.ts';

const ANA = { __typename: 'Peer', address: '111111111', addressGrouped: '111 111 111', alias: 'ana@acme' } as const;
const BEN = { __typename: 'Peer', address: '222222222', addressGrouped: '222 222 222', alias: null } as const;
const SENT = '2026-01-01T00:00:00.000Z';

const invitation = (values: Partial<Invitation> = {}): Invitation => ({
  __typename: 'DirectInvitation',
  id: 'inv_1',
  inviter: ANA,
  recipient: BEN,
  profileName: 'Default',
  permissions: ['AUDIO', 'INPUT'],
  note: null,
  revision: 1,
  status: 'PENDING',
  createdAt: SENT,
  expiresAt: '2026-01-01T00:02:00.000Z',
  session: null,
  ...values,
});

const session = (values: Partial<Session> = {}): Session => ({
  __typename: 'SupportSession',
  id: 'ses_1',
  host: ANA,
  guest: BEN,
  permissions: ['AUDIO'],
  startedAt: SENT,
  endedAt: null,
  endReason: null,
  durationSeconds: 0,
  ...values,
});

const base = { cursor: 'c', occurredAt: SENT, actor: 'DEVICE' } as const;

function invited(
  invitationChange: Extract<DeviceEvent, { __typename: 'InvitationEvent' }>['invitationChange'],
  of: Invitation,
  then: { revision?: number; permissions?: SessionPermission[] } = {},
): DeviceEvent {
  const { revision = of.revision, permissions = of.permissions } = then;
  return { __typename: 'InvitationEvent', ...base, invitationChange, revision, permissions, invitation: of };
}

function inSession(
  sessionChange: Extract<DeviceEvent, { __typename: 'SessionEvent' }>['sessionChange'],
  of: Session,
  permissions: SessionPermission[] = of.permissions,
  requestId: string | null = null,
): DeviceEvent {
  return { __typename: 'SessionEvent', ...base, sessionChange, permissions, requestId, session: of };
}

const words = (inbox: Inbox, event: DeviceEvent): string => {
  const happening = inbox.apply(event);
  return (happening && tell(happening, EN)?.lines.join('\n')) ?? '';
};

describe('the inbox of the agent', () => {
  it('INV-13 INV-14 an invitation waits for the recipient, with ID, alias, permissions and deadline', () => {
    const inbox = new Inbox(BEN.address);
    const said = words(inbox, invited('CREATED', invitation({ note: 'the printer' })));
    expect(said).toContain('[1] INVITATION from ana@acme (111 111 111)');
    expect(said).toContain('Default: AUDIO, INPUT');
    expect(said).toContain('“the printer”');
    expect(liveLines(inbox.waiting, inbox.sessions, Date.parse(SENT) + 1_000, EN)[0]).toContain('[1] 1:59');
  });

  it('INV-16 what is accepted is the revision that was shown, though the server is ahead of the events', () => {
    const inbox = new Inbox(BEN.address);
    const now = invitation({ revision: 2, permissions: ['AUDIO'] });
    inbox.apply(invited('CREATED', now, { revision: 1, permissions: ['AUDIO', 'INPUT'] }));
    expect(inbox.waiting.get(1)).toMatchObject({ invitation: { revision: 1, permissions: ['AUDIO', 'INPUT'] } });
    expect(words(inbox, invited('MODIFIED', now))).toContain('−INPUT');
    expect(inbox.waiting.get(1)).toMatchObject({ invitation: { revision: 2 } });
  });

  it.each(['ACCEPTED', 'REJECTED', 'CANCELLED', 'EXPIRED'] as const)(
    'INV-17 INV-22 an invitation that is %s does not wait any more',
    (status) => {
      const inbox = new Inbox(BEN.address);
      inbox.apply(invited('CREATED', invitation()));
      expect(words(inbox, invited(status, invitation({ status })))).not.toBe('');
      expect(inbox.waiting.size).toBe(0);
    },
  );

  it('what was settled while nobody listened is told as past, and never waits', () => {
    const inbox = new Inbox(BEN.address);
    expect(words(inbox, invited('CREATED', invitation({ status: 'CANCELLED' })))).toContain('(cancelled meanwhile)');
    expect(inbox.waiting.size).toBe(0);
  });

  it('numbers stay with their things and are not given again', () => {
    const inbox = new Inbox(BEN.address);
    inbox.apply(invited('CREATED', invitation()));
    inbox.apply(invited('CREATED', invitation({ id: 'inv_2' })));
    inbox.apply(invited('EXPIRED', invitation({ status: 'EXPIRED' })));
    inbox.apply(invited('CREATED', invitation({ id: 'inv_3' })));
    expect([...inbox.waiting.keys()]).toEqual([2, 3]);
  });

  it('INV-23 a change of permissions is told by what it grants and revokes, on both sides', () => {
    for (const { address } of [ANA, BEN]) {
      const inbox = new Inbox(address);
      inbox.apply(inSession('STARTED', session({ permissions: ['VPN'] }), ['AUDIO', 'INPUT']));
      expect(
        words(inbox, inSession('PERMISSIONS_CHANGED', session({ permissions: ['VPN'] }), ['AUDIO', 'VPN'])),
      ).toContain('+VPN −INPUT');
    }
  });

  it('INV-29 a wish waits for the host only, and goes with its session', () => {
    const host = new Inbox(ANA.address);
    const guest = new Inbox(BEN.address);
    for (const inbox of [host, guest]) {
      inbox.apply(inSession('STARTED', session()));
      inbox.apply(inSession('PERMISSIONS_REQUESTED', session(), ['VPN'], 'prq_1'));
    }
    expect(host.waiting.get(1)).toMatchObject({ kind: 'permissions', incoming: true });
    expect(guest.waiting.get(1)).toMatchObject({ kind: 'permissions', incoming: false });
    host.apply(inSession('ENDED', session({ endedAt: SENT, endReason: 'GUEST_ENDED' })));
    expect(host.waiting.size).toBe(0);
    expect(host.sessions.size).toBe(0);
  });
});
