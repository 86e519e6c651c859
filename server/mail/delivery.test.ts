import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { type Mail, mails } from '../db/tables/mails.ts';
import { change } from '../domain/change.ts';
import { systemContext } from '../domain/context.ts';
import { prepareEmailInvitation, sendEmailInvitation } from '../domain/email-invitations.ts';
import { type OutgoingMail, queueMail } from '../domain/mail-outbox.ts';
import { memberInvitationMail, sessionInvitationMail } from '../domain/mail-templates.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildDevice, setDevice } from '../testing/builders.ts';
import { signUpAs } from '../testing/people.ts';
import { closeAfterTest } from '../testing/resources.ts';
import {
  deliverMails,
  FIRST_RETRY_MS,
  GIVEN_UP_AFTER_MS,
  LONGEST_RETRY_MS,
  type MailDelivery,
  retryAfter,
} from './delivery.ts';

interface Received {
  readonly recipients: readonly string[];
  readonly email: Email;
  readonly source: string;
}

interface MailServer {
  readonly url: string;
  readonly received: Received[];
  /** What it answers instead of taking mails; null: it takes them. */
  refusal: { code: number; text: string } | null;
  /** Resolves once it was asked to take so many mails in all, whatever it answered. */
  asked(times: number): Promise<void>;
}

/** A real SMTP server on a port of its own. */
async function mailServer(): Promise<MailServer> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let times = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, callback) {
      const { refusal } = mail;
      times += 1;
      for (const look of waiting) look();
      callback(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString('utf8');
        PostalMime.parse(source).then((email) => {
          received.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), email, source });
          callback();
        }, callback);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const asked = (least: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (times < least) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const mail: MailServer = { url: `smtp://127.0.0.1:${port}`, received, refusal: null, asked };
  return mail;
}

/** A delivery of the test's own: the app's own has no SMTP_URL. */
function deliver(app: TestApp, url: string): MailDelivery {
  const delivery = deliverMails({ ...app.services, config: { ...app.config, SMTP_URL: url } });
  closeAfterTest(() => delivery.stop());
  return delivery;
}

const queue = (app: TestApp, mail: Partial<OutgoingMail> = {}) =>
  change(systemContext(app.services), 'test', {}, (tx) =>
    queueMail(tx, { recipient: 'ana@example.test', subject: 'Hello', body: 'One line.\n', ...mail }),
  );

const outbox = async (app: TestApp): Promise<Mail[]> => await app.services.db.read.select().from(mails);

describe('delivery', () => {
  it('a mail leaves as soon as it is queued, in either language, with all its letters', async () => {
    const app = await testApp();
    const server = await mailServer();
    const delivery = deliver(app, server.url);
    const values = { inviter: 'Zoë Œuvrard', company: 'Café & Cie', link: 'http://beckon.test/join?token=1', days: 7 };
    await queue(app, memberInvitationMail('fr', values));
    await server.asked(1);
    await delivery.idle();
    await queue(app, memberInvitationMail('en', values));
    await server.asked(2);
    await delivery.idle();
    expect(server.received.map(({ email }) => email.subject)).toEqual([
      'Zoë Œuvrard vous invite à rejoindre Café & Cie',
      'Zoë Œuvrard invites you to Café & Cie',
    ]);
    expect(server.received[0]?.email.text).toContain('http://beckon.test/join?token=1');
    expect(server.received[0]?.email.from).toEqual({ name: 'Beckon', address: 'beckon@localhost' });
    expect(await outbox(app)).toMatchObject(
      [1, 2].map(() => ({ sentAt: app.clock.now(), nextAttemptAt: null, attempts: 1, body: '' })),
    );
  });

  it('what was queued while nothing ran is delivered at the start', async () => {
    const app = await testApp();
    await signUpAs(app);
    const server = await mailServer();
    await deliver(app, server.url).idle();
    expect(server.received.map(({ recipients }) => recipients)).toEqual([['ana@example.test']]);
    expect(server.received[0]?.email.text).toContain('http://beckon.test/verify?token=bkn_lnk_');
  });

  it('a mail of a transaction that failed never leaves', async () => {
    const app = await testApp();
    const server = await mailServer();
    const delivery = deliver(app, server.url);
    const failing = change(systemContext(app.services), 'test', {}, async (tx) => {
      await queueMail(tx, { recipient: 'ana@example.test', subject: 'Hello', body: 'Never.' });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    await queue(app);
    await server.asked(1);
    await delivery.idle();
    expect(server.received.map(({ email }) => email.text?.trim())).toEqual(['One line.']);
  });

  it('without SMTP_URL mails stay in the outbox', async () => {
    const app = await testApp();
    await queue(app);
    expect(await outbox(app)).toMatchObject([{ sentAt: null, attempts: 0, nextAttemptAt: app.clock.now() }]);
  });
});

describe('e-mail invitations', () => {
  it.each([
    ['en', /invites you|invitation/i],
    ['fr', /vous invite|invitation/i],
  ] as const)(
    'INV-06 INV-07 in %s: sent on a second, explicit choice, retried while the mail server fails, and received whole',
    async (language, subject) => {
      const app = await testApp();
      const server = await mailServer();
      const delivery = deliver(app, server.url);
      const device = await setDevice(app, await buildDevice(app), { alias: 'desk@acme' });
      const prepared = await prepareEmailInvitation(device.ctx, { origin: 'OWN_ID', language });
      await delivery.idle();
      expect(server.received).toEqual([]);

      server.refusal = { code: 451, text: 'try again later' };
      await sendEmailInvitation(device.ctx, { id: prepared.invitation.id, to: 'ben@example.test' });
      await server.asked(1);
      await delivery.idle();
      server.refusal = null;
      app.clock.advance(FIRST_RETRY_MS);
      await server.asked(2);
      await delivery.idle();
      const [mail] = server.received;
      expect(server.received).toHaveLength(1);
      expect(mail?.recipients).toEqual(['ben@example.test']);
      expect(mail?.email.subject).toMatch(subject);
      expect(mail?.email.text).toContain('desk@acme');
      expect(mail?.email.text).toContain('http://beckon.test');
    },
  );
});

describe('failing mail servers', () => {
  it('the waits double from one minute to four hours', () => {
    expect([1, 2, 3].map((attempts) => retryAfter(attempts) / FIRST_RETRY_MS)).toEqual([1, 2, 4]);
    expect([8, 9, 1000].map(retryAfter)).toEqual([128 * FIRST_RETRY_MS, LONGEST_RETRY_MS, LONGEST_RETRY_MS]);
  });

  it('a mail that is refused is tried again, later each time, and nothing is lost', async () => {
    const app = await testApp();
    const server = await mailServer();
    server.refusal = { code: 451, text: 'try again later' };
    const delivery = deliver(app, server.url);
    await queue(app, { subject: 'First' });
    await queue(app, { subject: 'Second' });
    await server.asked(2);
    await delivery.idle();
    expect(await outbox(app)).toMatchObject(
      [1, 2].map(() => ({ attempts: 1, nextAttemptAt: app.clock.now() + FIRST_RETRY_MS, sentAt: null })),
    );
    expect((await outbox(app))[0]?.lastError).toContain('try again later');
    app.clock.advance(FIRST_RETRY_MS - 1);
    await delivery.idle();
    expect((await outbox(app)).map(({ attempts }) => attempts)).toEqual([1, 1]);
    app.clock.advance(1);
    await delivery.idle();
    expect((await outbox(app)).map(({ attempts }) => attempts)).toEqual([2, 2]);
    server.refusal = null;
    app.clock.advance(2 * FIRST_RETRY_MS);
    await delivery.idle();
    expect(server.received.map(({ email }) => email.subject).sort()).toEqual(['First', 'Second']);
    expect(await outbox(app)).toMatchObject([1, 2].map(() => ({ attempts: 3, lastError: null, nextAttemptAt: null })));
  });

  it('a server that is not there is tried again too', async () => {
    const app = await testApp();
    const server = await mailServer();
    await queue(app);
    const nowhere = deliver(app, 'smtp://127.0.0.1:1');
    await nowhere.idle();
    await nowhere.stop();
    expect((await outbox(app))[0]).toMatchObject({ attempts: 1, sentAt: null });
    const delivery = deliver(app, server.url);
    await delivery.idle();
    app.clock.advance(FIRST_RETRY_MS);
    await delivery.idle();
    expect(server.received).toHaveLength(1);
  });

  it('one refused address holds up no other mail', async () => {
    const app = await testApp();
    const server = await mailServer();
    const delivery = deliver(app, server.url);
    server.refusal = { code: 550, text: 'no such person' };
    await queue(app, { recipient: 'nobody@example.test' });
    await server.asked(1);
    await delivery.idle();
    server.refusal = null;
    await queue(app);
    await server.asked(2);
    await delivery.idle();
    expect(server.received.map(({ recipients }) => recipients)).toEqual([['ana@example.test']]);
  });

  it('after five days it is given up, and stays in the outbox', async () => {
    const app = await testApp();
    const server = await mailServer();
    server.refusal = { code: 550, text: 'no such person' };
    await queue(app);
    const delivery = deliver(app, server.url);
    const start = app.clock.now();
    await delivery.idle();
    while (app.clock.now() < start + GIVEN_UP_AFTER_MS) {
      app.clock.advance(LONGEST_RETRY_MS);
      await delivery.idle();
    }
    const [mail] = await outbox(app);
    expect(mail).toMatchObject({
      sentAt: null,
      nextAttemptAt: null,
      lastError: expect.stringContaining('no such person'),
    });
    expect(mail?.attempts).toBeGreaterThan(30);
  });

  // On SQLite two nodes would be two processes: within one, they would hold up each other's event loop.
  it.runIf(databaseEngine() === 'postgres')('several nodes deliver each mail once', async () => {
    const app = await testApp();
    const server = await mailServer();
    const nodes = [app, await app.anotherNode(), await app.anotherNode()];
    for (let n = 0; n < 10; n++) await queue(app, { subject: `Mail ${n}` });
    const deliveries = nodes.map((node) => deliver(node, server.url));
    await Promise.all(deliveries.map((delivery) => delivery.idle()));
    const subjects = server.received.map(({ email }) => email.subject);
    expect(new Set(subjects).size).toBe(10);
    expect(subjects).toHaveLength(10);
  });
});

describe('what people write cannot add headers', () => {
  it('a subject with line breaks stays one line', async () => {
    const app = await testApp();
    const server = await mailServer();
    const delivery = deliver(app, server.url);
    await queue(app, { subject: 'Hello\r\nBcc: all@example.test\u2028X: 1' });
    await server.asked(1);
    await delivery.idle();
    const [mail] = server.received;
    expect(mail?.recipients).toEqual(['ana@example.test']);
    expect(mail?.email.subject).toBe('Hello Bcc: all@example.test X: 1');
    expect(mail?.email.headers.map(({ key }) => key)).not.toContain('bcc');
  });

  it('an address with line breaks is not queued at all', async () => {
    const app = await testApp();
    await expect(queue(app, { recipient: 'ana@example.test\r\nRCPT TO:<all@example.test>' })).rejects.toThrow();
    expect(await outbox(app)).toEqual([]);
  });

  it('an address that could be read as several goes to one mailbox', async () => {
    const app = await testApp();
    const server = await mailServer();
    const delivery = deliver(app, server.url);
    await queue(app, { recipient: "o'brien+x@example.test" });
    await server.asked(1);
    await delivery.idle();
    expect(server.received.map(({ recipients }) => recipients)).toEqual([["o'brien+x@example.test"]]);
  });
});

describe('the e-mail invitation', () => {
  it('INV-06 INV-07 names the address and the product’s web address, in French and in English', () => {
    const values = { address: '123 456 789', link: 'http://beckon.test' };
    for (const language of ['en', 'fr'] as const) {
      const { subject, body } = sessionInvitationMail(language, values);
      expect(body).toContain('123 456 789');
      expect(body).toContain('http://beckon.test');
      expect(subject).toMatch(language === 'fr' ? /session à distance/ : /remote session/);
    }
  });
});
