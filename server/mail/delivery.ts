import { and, asc, eq, gt, isNotNull, lte } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import { type Mail, mails } from '../db/tables/mails.ts';
import type { Services } from '../domain/context.ts';
import { MAILS_TOPIC } from '../domain/mail-outbox.ts';
import { BACKLOG_COUNTED, type Backlog, backlogOf } from '../domain/meters.ts';
import type { Timer } from '../lib/clock.ts';
import { withoutSecrets } from '../lib/secrets.ts';

/** The wait after a first failed attempt; it doubles with each one after. */
export const FIRST_RETRY_MS = 60_000;

/** The longest wait between two attempts. */
export const LONGEST_RETRY_MS = 4 * 60 * 60 * 1000;

/** A mail that could not be delivered for so long is given up, and stays in the outbox (RFC 5321, 4.5.4.1: 4–5 days). */
export const GIVEN_UP_AFTER_MS = 5 * 24 * 60 * 60 * 1000;

/**
 * How long the mail server may take to answer. Together well below FIRST_RETRY_MS, because a mail that is being sent is
 * kept from the other nodes by its next attempt only.
 */
const SMTP_TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;

/** Mails read at one go. */
const BATCH = 20;

/** Longest error text that is kept with a mail, in characters. */
const ERROR_LENGTH = 500;

/** How long the next attempt waits after so many failed ones, in milliseconds. */
export function retryAfter(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1), LONGEST_RETRY_MS);
}

export interface MailDelivery {
  /** Resolves when nothing that is due is left to try. */
  idle(): Promise<void>;
  /** Lets the mail that is being sent finish, and takes up no other. May be repeated. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox over SMTP_URL: at once when a mail is queued on any node, and again by the clock after a failure,
 * each at least once. Any number of nodes may do so: a mail is claimed by moving its next attempt. Without SMTP_URL
 * mails stay in the outbox.
 */
export function deliverMails(services: Services): MailDelivery {
  const { SMTP_URL, MAIL_FROM } = services.config;
  if (SMTP_URL === null) return { idle: async () => {}, stop: async () => {} };
  const transport = createTransport({
    url: SMTP_URL,
    ...SMTP_TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let stopped = false;
  let woken = false;
  let running: Promise<void> | null = null;
  let timer: Timer | null = null;

  function wake(): void {
    woken = true;
    if (stopped || running) return;
    running = run().finally(() => {
      running = null;
      // Woken between the last look and here.
      if (woken && !stopped) wake();
    });
  }

  async function run(): Promise<void> {
    while (woken && !stopped) {
      woken = false;
      timer?.cancel();
      timer = null;
      let next: number | null;
      try {
        await deliverDue();
        next = await nextAttempt(services);
      } catch (error) {
        // The database, not the mail server: what is due stays due.
        services.log.error({ err: error }, 'the mail outbox could not be read or written');
        next = services.clock.now() + FIRST_RETRY_MS;
      }
      if (next !== null && !stopped) timer = services.clock.at(next, wake);
    }
  }

  async function deliverDue(): Promise<void> {
    let due = await dueMails(services);
    while (due.length > 0 && !stopped) {
      for (const mail of due) {
        if (stopped) return;
        const claimed = await claim(services, mail);
        if (claimed) await attempt(claimed);
      }
      due = await dueMails(services);
    }
  }

  async function attempt(mail: Mail): Promise<void> {
    const { id, recipient, subject, body } = mail;
    try {
      // As an object, not as a header line: no character of it is taken for a second address.
      await transport.sendMail({ from: MAIL_FROM, to: { name: '', address: recipient }, subject, text: body });
    } catch (error) {
      // What a mail server answers may repeat the mail: «blocked because of https://…», with the link's secret.
      const message = withoutSecrets((error as Error).message);
      services.log.warn({ mail: id, attempts: mail.attempts, reason: message }, 'a mail could not be delivered');
      const givenUp = await recordFailure(services, mail, message);
      services.meters.mails.of(givenUp ? 'given_up' : 'failed').add();
      return;
    }
    services.meters.mails.of('sent').add();
    await services.db.write(async ({ q }) => {
      await q
        .update(mails)
        // Its links are secrets, and nobody reads it here any more.
        .set({ sentAt: services.clock.now(), nextAttemptAt: null, lastError: null, body: '' })
        .where(eq(mails.id, id));
    });
  }

  const unregister = services.wakeUps.register([MAILS_TOPIC], wake);
  // What was queued while no process ran.
  wake();

  return {
    async idle() {
      while (running) await running;
    },
    async stop() {
      stopped = true;
      unregister();
      timer?.cancel();
      await running;
      transport.close();
    },
  };
}

async function dueMails({ db, clock }: Services): Promise<Mail[]> {
  return await db.read
    .select()
    .from(mails)
    .where(lte(mails.nextAttemptAt, clock.now()))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(BATCH);
}

/** When the next mail falls due; null where none waits. */
async function nextAttempt({ db, clock }: Services): Promise<number | null> {
  const [next] = await db.read
    .select({ at: mails.nextAttemptAt })
    .from(mails)
    .where(gt(mails.nextAttemptAt, clock.now()))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(1);
  return next?.at ?? null;
}

/** Takes the mail for one attempt: whoever moves its next attempt first has it. Null where another node was faster. */
async function claim({ db, clock }: Services, mail: Mail): Promise<Mail | null> {
  const { id, attempts, nextAttemptAt } = mail;
  if (nextAttemptAt === null) return null;
  const [claimed] = await db.write(({ q }) =>
    Promise.resolve(
      q
        .update(mails)
        .set({ attempts: attempts + 1, nextAttemptAt: clock.now() + retryAfter(attempts + 1) })
        .where(and(eq(mails.id, id), eq(mails.attempts, attempts), eq(mails.nextAttemptAt, nextAttemptAt)))
        .returning(),
    ),
  );
  return claimed ?? null;
}

/** Mails that wait to be sent. */
export async function mailBacklog({ db }: Services): Promise<Backlog> {
  const waiting = await db.read
    .select({ at: mails.createdAt })
    .from(mails)
    .where(isNotNull(mails.nextAttemptAt))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(BACKLOG_COUNTED);
  return backlogOf(waiting);
}

/** The next attempt was set when the mail was claimed; after five days there is none: true, it is given up. */
async function recordFailure({ db, clock }: Services, mail: Mail, message: string): Promise<boolean> {
  const givenUp = clock.now() - mail.createdAt >= GIVEN_UP_AFTER_MS;
  await db.write(async ({ q }) => {
    await q
      .update(mails)
      .set({ lastError: message.slice(0, ERROR_LENGTH), ...(givenUp ? { nextAttemptAt: null } : {}) })
      .where(eq(mails.id, mail.id));
  });
  return givenUp;
}
