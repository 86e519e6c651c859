import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';
import { mailsTo } from '../testing/people.ts';

const PREPARE = `mutation ($input: PrepareEmailInvitationInput!) { prepareEmailInvitation(input: $input) {
  __typename
  ... on PrepareEmailInvitationPayload {
    mailto
    invitation { id method origin inviter { address } language address subject body mailto createdAt }
  }
  ... on UserError { code path }
} }`;

it('INV-07 a person prepares a mail, sees it in the history beside direct ones, and then has the server send it', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const desk = await setDevice(app, await buildDevice(app), { accountId: person.account.id, alias: 'desk@acme' });
  const { prepareEmailInvitation } = await dataOf(person.ctx, PREPARE, {
    input: { deviceId: desk.device.id, origin: 'CONTEXT_MENU', language: 'fr', recipient: 'guest@example.test' },
  });
  const { invitation, mailto } = prepareEmailInvitation;
  expect(invitation).toMatchObject({
    method: 'EMAIL',
    origin: 'CONTEXT_MENU',
    language: 'fr',
    address: 'desk@acme',
    subject: 'Invitation à une session à distance',
    inviter: { address: desk.device.address },
  });
  expect(mailto.startsWith('mailto:guest@example.test?subject=Invitation%20%C3%A0%20')).toBe(true);
  expect(invitation.mailto).toBe(mailto.replace('guest@example.test', ''));
  app.clock.advance(1);
  const guest = await buildDevice(app);
  await dataOf(person.ctx, 'mutation ($input: InviteDeviceInput!) { inviteDevice(input: $input) { __typename } }', {
    input: { deviceId: desk.device.id, recipient: guest.device.address, origin: 'OWN_ID' },
  });
  const { node } = await dataOf(
    person.ctx,
    `query ($id: ID!) { node(id: $id) { ... on Device {
      invitations { totalCount nodes { __typename method origin ... on DirectInvitation { status } } }
      pending: invitations(status: PENDING, direction: SENT) { nodes { __typename } }
    } } }`,
    { id: desk.device.id },
  );
  expect(node).toEqual({
    invitations: {
      totalCount: 2,
      nodes: [
        { __typename: 'DirectInvitation', method: 'DIRECT', origin: 'OWN_ID', status: 'PENDING' },
        { __typename: 'EmailInvitation', method: 'EMAIL', origin: 'CONTEXT_MENU' },
      ],
    },
    pending: { nodes: [{ __typename: 'DirectInvitation' }] },
  });
  expect(await mailsTo(app, 'guest@example.test')).toEqual([]);
  const { sendEmailInvitation } = await dataOf(
    person.ctx,
    `mutation ($input: SendEmailInvitationInput!) { sendEmailInvitation(input: $input) {
      ... on SendEmailInvitationPayload { invitation { id } }
    } }`,
    { input: { id: invitation.id, to: 'guest@example.test' } },
  );
  expect(sendEmailInvitation.invitation.id).toBe(invitation.id);
  expect(await mailsTo(app, 'guest@example.test')).toMatchObject([
    { subject: invitation.subject, body: invitation.body },
  ]);
});

it('INV-01 a platform without invitations is refused by name', async () => {
  const app = await testApp();
  const device = await buildDevice(app, { platform: 'LINUX' });
  const { prepareEmailInvitation } = await dataOf(device.ctx, PREPARE, { input: { origin: 'OWN_ID' } });
  expect(prepareEmailInvitation).toEqual({
    __typename: 'ClientNotSupported',
    code: 'PLATFORM_NOT_SUPPORTED',
    path: ['deviceId'],
  });
});
