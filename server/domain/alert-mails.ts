import { and, asc, count, desc, eq, gte, isNotNull, lte, min, not, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { accounts, type Language } from '../db/tables/accounts.ts';
import { type Alert, type AlertMailWish, type AlertSeverity, alertMailings, alerts } from '../db/tables/alerts.ts';
import { members } from '../db/tables/companies.ts';
import { devices } from '../db/tables/devices.ts';
import { alertTitle } from './alert-titles.ts';
import { alertSight, isVisible, seesAlertsOf } from './alerts.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { DEADLINES } from './deadlines.ts';
import { notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { queueMail } from './mail-outbox.ts';
import { type MailText, render, type Template } from './mail-templates.ts';
import { authorize } from './principal.ts';
import { MINUTE_MS } from './rate-limits.ts';
import { lacksSecondFactor } from './second-factor-gate.ts';
import { SERVICE_NAMES } from './service-names.ts';

/** The least time between two mails about alerts to one person: what is raised meanwhile is told together. */
export const ALERT_MAILS_APART_MS = 15 * MINUTE_MS;

/** Alerts that one mail names; of the others it tells how many they are. */
const NAMED = 20;

export type AlertMails = 'NONE' | AlertMailWish;

/** What the account wishes. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for others. */
export async function getAlertMails(ctx: Context, accountId: string): Promise<AlertMails> {
  const principal = authorize(ctx, 'READ', 'account');
  if (principal.accountId !== accountId) throw notFound('id');
  return readWish(ctx.db.read, accountId);
}

async function readWish(q: Queries, accountId: string): Promise<AlertMails> {
  const [row] = await q.select().from(alertMailings).where(eq(alertMailings.accountId, accountId));
  return row?.wish ?? 'NONE';
}

/**
 * Says which alerts the caller wishes to be told of by mail: of what its permissions show all, or those of devices
 * that it is signed in on. Event: account UPDATED, where it is another wish.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function setAlertMails(ctx: Context, input: Repeatable & { wish: AlertMails }): Promise<AlertMails> {
  const { accountId } = authorize(ctx, 'ACCOUNT', 'account');
  const { wish } = input;
  return change(ctx, 'setAlertMails', input, async (tx) => {
    const before = await readWish(tx.q, accountId);
    if (before === wish) return wish;
    if (wish === 'NONE') await tx.q.delete(alertMailings).where(eq(alertMailings.accountId, accountId));
    else {
      await tx.q
        .insert(alertMailings)
        .values({ accountId, wish })
        .onConflictDoUpdate({ target: alertMailings.accountId, set: { wish } });
    }
    tx.emit({
      concept: 'account',
      change: 'UPDATED',
      subject: accountId,
      before: { alertMails: before },
      after: { alertMails: wish },
      streams: [streamOf.account(accountId)],
    });
    return wish;
  });
}

/** Sees to it that whoever wishes is told of the alert by mail: at once, or with others a while after the mail before. */
export async function mailAlert(tx: Change, alert: Alert): Promise<void> {
  const [device] = await tx.q
    .select({ accountId: devices.accountId })
    .from(devices)
    .where(eq(devices.id, alert.deviceId));
  const wishes = await tx.q
    .select({ accountId: alertMailings.accountId, wish: alertMailings.wish })
    .from(alertMailings)
    .innerJoin(members, eq(members.accountId, alertMailings.accountId))
    .where(and(eq(members.companyId, alert.companyId), not(lacksSecondFactor(alertMailings.accountId))))
    .orderBy(asc(alertMailings.accountId));
  for (const { accountId, wish } of wishes) {
    if (wish === 'OWN' && device?.accountId !== accountId) continue;
    const sight = await alertSight(tx.q, accountId, tx.now);
    if (!sight || !(await seesAlertsOf(tx.q, sight, alert.service, alert.deviceId))) continue;
    // Written even where one is due already: whoever sends that waits for this alert, or has let go of the row before.
    const earliest = sql`coalesce(${alertMailings.mailedAt} + ${ALERT_MAILS_APART_MS}, 0)`;
    const next = sql`case when ${earliest} > ${tx.now} then ${earliest} else ${tx.now} end`;
    const { since } = alertMailings;
    await tx.q
      .update(alertMailings)
      .set({
        dueAt: sql`coalesce(${alertMailings.dueAt}, ${next})`,
        since: sql`case when ${since} < ${alert.lastRaisedAt} then ${since} else ${alert.lastRaisedAt} end`,
      })
      .where(eq(alertMailings.accountId, accountId));
    tx.wake(DEADLINES);
  }
}

/** When the next mail about alerts is due; null where none is. */
export async function nearestAlertMail(q: Queries): Promise<number | null> {
  const [next] = await q.select({ at: min(alertMailings.dueAt) }).from(alertMailings);
  return next?.at ?? null;
}

/**
 * Writes the mails about alerts that are due, at most so many: each names what is open now, and was raised since the
 * one before. What was dealt with meanwhile needs no mail. Returns how many were due.
 */
export async function sendAlertMails(tx: Change, link: string, most: number): Promise<number> {
  const due = await tx.q
    .select()
    .from(alertMailings)
    .where(lte(alertMailings.dueAt, tx.now))
    .orderBy(asc(alertMailings.accountId))
    .limit(most);
  for (const { accountId } of due) {
    const own = eq(alertMailings.accountId, accountId);
    // Waits for the alerts that are being noted on it; whatever is noted later has another mail.
    await tx.q.update(alertMailings).set({ mailedAt: tx.now }).where(own);
    // Whom the company keeps out for want of a second factor is told nothing of it by mail either.
    const [taken] = await tx.q
      .select()
      .from(alertMailings)
      .where(and(own, isNotNull(alertMailings.dueAt), not(lacksSecondFactor(alertMailings.accountId))));
    await tx.q.update(alertMailings).set({ dueAt: null, since: null }).where(own);
    const sight = taken && (await alertSight(tx.q, accountId, tx.now));
    if (!sight) continue;
    const { wish, since } = taken;
    const mine = sql`${alerts.deviceId} in (select ${devices.id} from ${devices} where ${devices.accountId} = ${accountId}
      and ${devices.removedAt} is null)`;
    const wanted = and(
      isVisible(sight),
      eq(alerts.state, 'OPEN'),
      gte(alerts.lastRaisedAt, since ?? tx.now),
      wish === 'OWN' ? mine : undefined,
    );
    const [all] = await tx.q.select({ count: count() }).from(alerts).where(wanted);
    const rows = await tx.q
      .select({ alert: alerts, device: devices.name })
      .from(alerts)
      .innerJoin(devices, eq(devices.id, alerts.deviceId))
      .where(wanted)
      .orderBy(desc(alerts.lastRaisedAt), desc(alerts.id))
      .limit(NAMED);
    const [account] = await tx.q.select().from(accounts).where(eq(accounts.id, accountId));
    if (!account || rows.length === 0) continue;
    const { email, language, name } = account;
    const lines = rows.map(({ alert, device }) => lineOf(language, alert, device));
    const told = rows.map(({ alert }, i) => withOwnWords(language, alert, lines[i] ?? ''));
    const text = alertMail(language, { name, first: lines[0] ?? '', told, total: all?.count ?? rows.length, link });
    await queueMail(tx, { ...text, recipient: email });
  }
  return due.length;
}

const SEVERITIES: Readonly<Record<AlertSeverity, Readonly<Record<Language, string>>>> = {
  INFORMATION: { en: 'Information', fr: 'Information' },
  WARNING: { en: 'Warning', fr: 'Avertissement' },
  CRITICAL: { en: 'Critical', fr: 'Critique' },
};

function lineOf(language: Language, alert: Alert, device: string): string {
  const { severity, service, message } = alert;
  const colon = language === 'fr' ? ' :' : ':';
  const what = alertTitle(language, alert) ?? message;
  return `${SEVERITIES[severity][language]} · ${device} · ${SERVICE_NAMES[service][language]}${colon} ${what}`;
}

/** The line, and below it what the device says where that is more. */
function withOwnWords(language: Language, alert: Alert, line: string): string {
  return alertTitle(language, alert) === null ? line : `${line}\n  ${alert.message}`;
}

interface Digest {
  readonly name: string;
  /** The newest alert in one line. */
  readonly first: string;
  /** Each alert that is named, in one or two lines. */
  readonly told: readonly string[];
  readonly total: number;
  readonly link: string;
}

const ALERTS: Template<Digest> = {
  en: ({ name, first, told, total, link }) => ({
    subject: total === 1 ? `Alert: ${first}` : `${total} alerts on your devices`,
    body: `Hello ${name},

your devices raised ${total === 1 ? 'an alert' : `${total} alerts`}:

${told.join('\n')}
${total > told.length ? `… and ${total - told.length} more\n` : ''}
See and acknowledge them: ${link}

Which alerts you get by mail is a setting of your account.`,
  }),
  fr: ({ name, first, told, total, link }) => ({
    subject: total === 1 ? `Alerte : ${first}` : `${total} alertes sur vos appareils`,
    body: `Bonjour ${name},

vos appareils ont signalé ${total === 1 ? 'une alerte' : `${total} alertes`} :

${told.join('\n')}
${total > told.length ? `… et ${total - told.length} autres\n` : ''}
Les consulter et en accuser réception : ${link}

Les alertes que vous recevez par e-mail se règlent dans votre compte.`,
  }),
};

function alertMail(language: Language, digest: Digest): MailText {
  return render(ALERTS, language, digest);
}
