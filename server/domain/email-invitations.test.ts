import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { mailsTo } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { groupDigits } from './addresses.ts';
import {
  emailInvitationText,
  getEmailInvitation,
  mailtoLink,
  prepareEmailInvitation,
  sendEmailInvitation,
} from './email-invitations.ts';
import { streamOf } from './event-log.ts';
import { HOUR_MS } from './rate-limits.ts';
import { requestSession } from './session-requests.ts';

/** What a mail program takes out of the link. */
function opened(link: string): { to: string; subject: string | null; body: string | null } {
  const url = new URL(link);
  expect(url.protocol).toBe('mailto:');
  return {
    to: decodeURIComponent(url.pathname),
    subject: url.searchParams.get('subject'),
    body: url.searchParams.get('body'),
  };
}

const prepare = async (app: TestApp) => {
  const device = await buildDevice(app);
  const { invitation } = await prepareEmailInvitation(device.ctx, { origin: 'OWN_ID' });
  return { device, invitation };
};

describe('the template', () => {
  it('INV-06 the mail holds the ID in groups of three, where there is no alias, and the product’s web address', async () => {
    const app = await testApp();
    const { device, invitation } = await prepare(app);
    const { body } = emailInvitationText(app.config, invitation);
    expect(body).toContain(groupDigits(device.device.address));
    expect(body).toContain('http://beckon.test');
  });

  it('INV-06 the mail holds the alias where there is one, and not the ID', async () => {
    const app = await testApp();
    const device = await setDevice(app, await buildDevice(app), { alias: 'Desk.1@Acme' });
    const { invitation } = await prepareEmailInvitation(device.ctx, { origin: 'OWN_ID' });
    const { body } = emailInvitationText(app.config, invitation);
    expect(body).toContain('Desk.1@Acme');
    expect(body).not.toContain(groupDigits(device.device.address));
  });

  it('INV-07 the mail is in French or English: as asked for, else in the language of the request', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const french = app.as(device.principal, { language: 'fr' });
    const subjectOf = async (language: 'en' | 'fr' | null) => {
      const { invitation } = await prepareEmailInvitation(french, { origin: 'OWN_ID', language });
      return emailInvitationText(app.config, invitation).subject;
    };
    expect(await subjectOf(null)).toBe('Invitation à une session à distance');
    expect(await subjectOf('fr')).toBe('Invitation à une session à distance');
    expect(await subjectOf('en')).toBe('Invitation to a remote session');
  });

  it('INV-07 the mailto link gives a mail program exactly the subject and the body, with CRLF line breaks', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const { invitation, mailto } = await prepareEmailInvitation(device.ctx, { origin: 'OWN_ID', language: 'fr' });
    const { subject, body } = emailInvitationText(app.config, invitation);
    expect(mailto).toMatch(/^mailto:\?subject=[\w.~%-]+&body=[\w.~%-]+$/);
    expect(mailto).toContain('%0D%0A');
    expect(mailto.replaceAll('%0D%0A', '')).not.toMatch(/%0[AD]/);
    expect(opened(mailto)).toEqual({ to: '', subject, body: body.replaceAll('\n', '\r\n') });
  });

  it('INV-07 the mailto link is addressed to the recipient, whose characters cannot add headers to it', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const recipient = 'o&cc=x?y%z+tag@example.test';
    const { mailto } = await prepareEmailInvitation(device.ctx, { origin: 'OWN_ID', recipient });
    expect([...new URL(mailto).searchParams.keys()]).toEqual(['subject', 'body']);
    expect(opened(mailto).to).toBe(recipient);
  });

  it('INV-07 reserved characters of the text itself are encoded too', () => {
    const link = mailtoLink({ subject: 'a+b & c?', body: "it's (1)!\n*" }, null);
    expect(link).toBe('mailto:?subject=a%2Bb%20%26%20c%3F&body=it%27s%20%281%29%21%0D%0A%2A');
  });

  it.each(['nobody', 'a@b\r\nBcc: c@d', ''.padEnd(250, 'a').concat('@b.de')])(
    'INV-07 %j is refused as a recipient',
    async (recipient) => {
      const app = await testApp();
      const device = await buildDevice(app);
      const operation = prepareEmailInvitation(device.ctx, { origin: 'OWN_ID', recipient });
      expect(await operation.catch((error) => error)).toMatchObject({ type: 'InvalidInput', path: ['recipient'] });
    },
  );
});

describe('who can prepare one', () => {
  it.each(['0.1', '1', '6.3.2', '7.1.4', '12'])(
    'INV-05 an e-mail invitation works for version %s of the client',
    async (clientVersion) => {
      const app = await testApp();
      const device = await buildDevice(app, { clientVersion });
      const { invitation } = await prepareEmailInvitation(device.ctx, { origin: 'CONTEXT_MENU' });
      expect(invitation).toMatchObject({ origin: 'CONTEXT_MENU', inviterDeviceId: device.device.id });
    },
  );

  it('INV-01 an e-mail invitation from a device that is not on Windows is refused, naming the side', async () => {
    const app = await testApp();
    const device = await buildDevice(app, { platform: 'ANDROID' });
    const refusal = await refusalOf(prepareEmailInvitation(device.ctx, { origin: 'OWN_ID' }), 'PLATFORM_NOT_SUPPORTED');
    expect(refusal.details).toMatchObject({ side: 'INVITER', platform: 'ANDROID' });
  });

  it('INV-08 an e-mail invitation records where it was started and by whom', async () => {
    const app = await testApp();
    const person = await buildAccount(app);
    const device = await setDevice(app, await buildDevice(app), { accountId: person.account.id });
    const { invitation } = await prepareEmailInvitation(person.ctx, {
      deviceId: device.device.id,
      origin: 'ADDRESS_BOOK',
    });
    expect(invitation).toMatchObject({ origin: 'ADDRESS_BOOK', createdBy: person.account.id });
    expect(await getEmailInvitation(device.ctx, invitation.id)).toEqual(invitation);
  });

  it('INV-10 nobody prepares, sees or sends an e-mail invitation of a device that they do not act for', async () => {
    const app = await testApp();
    const { device, invitation } = await prepare(app);
    const stranger = await buildAccount(app);
    const other = await buildDevice(app);
    const deviceId = device.device.id;
    for (const { ctx } of [stranger, other]) {
      await denialOf(prepareEmailInvitation(ctx, { deviceId, origin: 'OWN_ID' }), 'NOT_FOUND');
      await denialOf(getEmailInvitation(ctx, invitation.id), 'NOT_FOUND');
      await denialOf(sendEmailInvitation(ctx, { id: invitation.id, to: 'a@example.test' }), 'NOT_FOUND');
    }
    await denialOf(prepareEmailInvitation(app.as({ kind: 'anonymous' }), { origin: 'OWN_ID' }), 'UNAUTHENTICATED');
    expect(await mailsTo(app, 'a@example.test')).toEqual([]);
  });
});

describe('sending it through the server', () => {
  it('INV-07 nothing is sent by preparing; sending is a second choice, and mails exactly the template', async () => {
    const app = await testApp();
    const { device, invitation } = await prepare(app);
    const stream = await listenTo(device.ctx, streamOf.device(device.device.id));
    expect(await mailsTo(app, 'guest@example.test')).toEqual([]);
    await sendEmailInvitation(device.ctx, { id: invitation.id, to: 'guest@example.test' });
    expect(await mailsTo(app, 'guest@example.test')).toMatchObject([emailInvitationText(app.config, invitation)]);
    expect(await stream.changes(1)).toEqual(['emailInvitation SENT']);
  });

  it('API-02 sending again with the same idempotency key mails once', async () => {
    const app = await testApp();
    const { device, invitation } = await prepare(app);
    const input = { id: invitation.id, to: 'guest@example.test', idempotencyKey: 'once' };
    await sendEmailInvitation(device.ctx, input);
    expect(await sendEmailInvitation(device.ctx, input)).toEqual(invitation);
    expect(await mailsTo(app, 'guest@example.test')).toHaveLength(1);
  });

  it('INV-07 an address that is none is refused, and nothing is mailed', async () => {
    const app = await testApp();
    const { device, invitation } = await prepare(app);
    const refusal = await refusalOf(
      sendEmailInvitation(device.ctx, { id: invitation.id, to: 'nobody' }),
      'INVALID_EMAIL',
    );
    expect(refusal.path).toEqual(['to']);
  });

  it('INV-07 an account sends at most INVITATION_MAILS_PER_HOUR, from all its devices together', async () => {
    const app = await testApp({ INVITATION_MAILS_PER_HOUR: '2' });
    const person = await buildAccount(app);
    const send = async (to: string) => {
      const device = await setDevice(app, await buildDevice(app), { accountId: person.account.id });
      const { invitation } = await prepareEmailInvitation(device.ctx, { origin: 'OWN_ID' });
      await sendEmailInvitation(device.ctx, { id: invitation.id, to });
    };
    await send('a@example.test');
    await send('b@example.test');
    await denialOf(send('c@example.test'), 'TOO_MANY_REQUESTS');
    expect(await mailsTo(app, 'c@example.test')).toEqual([]);
    app.clock.advance(HOUR_MS);
    await send('c@example.test');
    expect(await mailsTo(app, 'c@example.test')).toHaveLength(1);
  });

  it('INV-07 devices that nobody is signed in on are counted by their network address', async () => {
    const app = await testApp({ INVITATION_MAILS_PER_HOUR: '1' });
    const send = async (address: string) => {
      const { device, invitation } = await prepare(app);
      await sendEmailInvitation(app.as(device.principal, { address }), { id: invitation.id, to: 'a@example.test' });
    };
    await send('192.0.2.7');
    await denialOf(send('192.0.2.7'), 'TOO_MANY_REQUESTS');
    await send('192.0.2.8');
  });

  it('INV-09 who types the address as the mail has it, blanks and all, asks the inviting device', async () => {
    const app = await testApp();
    const { device, invitation } = await prepare(app);
    const guest = await buildDevice(app);
    const request = await requestSession(guest.ctx, { address: invitation.addressShown });
    expect(request).toMatchObject({ hostDeviceId: device.device.id, status: 'PENDING', sessionId: null });
  });
});
