import { and, asc, desc, eq, gt, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import { countOf } from '../db/counters.ts';
import type { Queries } from '../db/database.ts';
import { type EventRow, events, IN_AUDIT_LOG } from '../db/tables/events.ts';
import { numbersBetween } from './audit-instants.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { type ChainCheck, streamOf, verifyChain } from './event-log.ts';
import { UNFIT } from './input.ts';
import { requireAdministrator } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';
import { authorize } from './principal.ts';

/**
 * Whose audit log: that of a company, with every change of what belongs to it, for its administrators; or that of an
 * account (sign-ins, tokens, favourites …), for its owner alone; or what the installation's operator did, for the operator. They are the streams that events are told from, so
 * that nothing can be announced without standing in the log.
 */
export type AuditedBy =
  | { readonly kind: 'COMPANY'; readonly companyId: string }
  | { readonly kind: 'ACCOUNT'; readonly accountId: string }
  | { readonly kind: 'OPERATOR' };

/** The log of the company that is named, or else the caller's own: of the account, or the operator's. @throws Denial as `listAuditLog`. */
export function auditedBy(ctx: Context, companyId: string | null | undefined): AuditedBy {
  const principal = authorize(ctx, 'READ', 'account', 'operator');
  if (companyId) return { kind: 'COMPANY', companyId };
  return principal.kind === 'operator' ? { kind: 'OPERATOR' } : { kind: 'ACCOUNT', accountId: principal.accountId };
}

export interface AuditFilter {
  /** The concept, such as `device`. */
  concept?: string | null | undefined;
  /** What happened, such as `ENROLLED`. */
  change?: string | null | undefined;
  /** The id of what it happened to. */
  subject?: string | null | undefined;
  /** The account or device that did it. */
  actorId?: string | null | undefined;
  /** From this instant on, in milliseconds since 1970. */
  from?: number | null | undefined;
  /** Until before this instant. */
  until?: number | null | undefined;
}

export type AuditOrder = 'NEWEST_FIRST' | 'OLDEST_FIRST';

export interface AuditArgs extends AuditFilter, PageArgs {
  order?: AuditOrder | null | undefined;
}

/**
 * A page of an audit log (API-04): every record is reached, however many there are. Records carry the number that puts
 * them in order, so that a page costs the same wherever it is.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND where it is not the caller's; BAD_USER_INPUT.
 */
export async function listAuditLog(ctx: Context, whose: AuditedBy, args: AuditArgs): Promise<Page<EventRow>> {
  const stream = await auditedStream(ctx, whose);
  const size = pageSize(args);
  const list = `audit ${stream}`;
  const after = keyAfter<readonly [number]>(list, args, [0]);
  const newestFirst = args.order !== 'OLDEST_FIRST';
  const matching = await matches(ctx.db.read, stream, args);
  const rows = await ctx.db.read
    .select()
    .from(events)
    .where(and(matching, after ? (newestFirst ? lt : gt)(events.number, after[0]) : undefined))
    .orderBy(newestFirst ? desc(events.number) : asc(events.number))
    .limit(size + 1);
  return pageOf(
    list,
    args,
    rows,
    (row) => [row.number],
    async () => {
      const { subject, actorId, from, until } = args;
      if (
        whose.kind === 'COMPANY' &&
        [subject, actorId, from, until].every((one) => one === undefined || one === null)
      ) {
        return countOf(ctx.db.read, 'EVENTS', stream, [args.concept, args.change]);
      }
      const [all] = await countUpTo(ctx.db.read, events, matching);
      return totalOf(all?.count ?? 0);
    },
  );
}

/** Records read at one go by an export: enough to be fast, few enough to hold in memory for each of many readers. */
const EXPORT_BATCH = 500;

/**
 * A whole audit log, the oldest record first, batch by batch as the reader takes them. Whether the caller may still
 * read it is asked again before each batch.
 * @throws Denial as `listAuditLog`, also between two batches.
 */
export async function* exportAuditLog(
  ctx: Context,
  whose: AuditedBy,
  filter: AuditFilter,
): AsyncGenerator<readonly EventRow[], void, void> {
  let after = 0;
  for (;;) {
    const stream = await auditedStream(ctx, whose);
    const batch = await ctx.db.read
      .select()
      .from(events)
      .where(and(await matches(ctx.db.read, stream, filter), gt(events.number, after)))
      .orderBy(asc(events.number))
      .limit(EXPORT_BATCH);
    yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < EXPORT_BATCH) return;
    after = last.number;
    await ctx.reauthenticate();
  }
}

/**
 * Recomputes the hash chain of an audit log, from its oldest kept record to its newest: a record that was changed,
 * removed or added past this server shows.
 * @throws Denial as `listAuditLog`.
 */
export async function verifyAuditLog(ctx: Context, whose: AuditedBy): Promise<ChainCheck> {
  return verifyChain(ctx.db.read, await auditedStream(ctx, whose));
}

/** The stream of a log that the caller may read; the gate of all that is done with logs. @throws Denial as `listAuditLog`. */
async function auditedStream(ctx: Context, whose: AuditedBy): Promise<string> {
  if (whose.kind === 'OPERATOR') {
    authorize(ctx, 'READ', 'operator');
    return streamOf.operator();
  }
  const principal = authorize(ctx, 'READ', 'account');
  if (whose.kind === 'ACCOUNT') {
    if (whose.accountId !== principal.accountId) throw notFound('accountId');
    return streamOf.account(whose.accountId);
  }
  await requireAdministrator(ctx.db.read, principal, whose.companyId);
  return streamOf.company(whose.companyId);
}

async function matches(q: Queries, stream: string, filter: AuditFilter): Promise<SQL | undefined> {
  const { concept, change, subject, actorId, from, until } = filter;
  for (const [argument, text] of Object.entries({ concept, change, subject, actorId })) {
    // PostgreSQL takes no such parameter, and no record has it.
    if (text && UNFIT.test(text)) throw new Denial('BAD_USER_INPUT', { argument });
  }
  const numbers = await numbersBetween(q, stream, from, until);
  return and(
    eq(events.stream, stream),
    IN_AUDIT_LOG,
    given(numbers.least, (number) => gte(events.number, number)),
    given(numbers.most, (number) => lte(events.number, number)),
    given(concept, (name) => eq(events.concept, name)),
    given(change, (name) => eq(events.change, name)),
    given(subject, (id) => eq(events.subject, id)),
    // Both engines have the operator, for the JSON that each of them keeps.
    given(actorId, (id) => sql`(${events.actor} ->> 'id') = ${id}`),
    given(from, (instant) => gte(events.at, instant)),
    given(until, (instant) => lte(events.at, instant - 1)),
  );
}

const given = <T>(value: T | null | undefined, condition: (value: T) => SQL): SQL | undefined =>
  value === null || value === undefined ? undefined : condition(value);
