import { expect, it } from 'vitest';
import { readEvents, streamOf } from '../domain/event-log.ts';
import { decodeCursor } from '../domain/event-stream.ts';
import { inviteDevice } from '../domain/invitations.ts';
import { changeSessionPermissions } from '../domain/sessions.ts';
import { typeOfId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';

const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  ... on AcceptInvitationPayload { invitation { status session { id permissions endedAt eventCursor } } }
} }`;

it('INV-21, API-01 who accepts is given the session as it started, and the cursor after which all else of it is told', async () => {
  const app = await testApp();
  const [host, guest] = [await buildDevice(app), await buildDevice(app)];
  const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  const input = { id, revision: 1, idempotencyKey: crypto.randomUUID() };
  const { acceptInvitation } = await dataOf(guest.ctx, ACCEPT, { input });
  const { session } = acceptInvitation.invitation;
  expect(acceptInvitation.invitation.status).toBe('ACCEPTED');
  expect(session).toMatchObject({ endedAt: null });
  expect(typeOfId(session.id)).toBe('SupportSession');

  await changeSessionPermissions(host.ctx, { id: session.id, revoke: ['INPUT'] });
  // The answer that got lost is given again as it was: what has happened since is after its cursor, too.
  const again = (await dataOf(guest.ctx, ACCEPT, { input })).acceptInvitation.invitation.session;
  expect(again).toEqual(session);
  const stream = streamOf.session(session.id);
  const since = await readEvents(app.services.db.read, stream, decodeCursor(stream, again.eventCursor));
  expect(since.map(({ change }) => change)).toEqual(['PERMISSIONS_CHANGED']);
});
