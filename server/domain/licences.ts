import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { type Licence, type LicenceEdition, licences } from '../db/tables/licences.ts';
import { links } from '../db/tables/links.ts';
import type { Service } from '../db/tables/roles.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { type EventDraft, streamOf } from './event-log.ts';
import { type LicenceStatus, withLicenceStatus } from './licence-status.ts';
import { memberOf, requireMember } from './members.ts';
import { newestFirst } from './newest-first.ts';
import type { Page, PageArgs } from './page.ts';
import { authorize } from './principal.ts';

/** What happens to a licence, as its events call it. */
export type LicenceChange = 'ACTIVATED' | 'SUSPENDED' | 'RESUMED' | 'RENEWED' | 'EXPIRED';

/**
 * What the operator does to licences. What is not among a licence's own changes happens only before anybody holds it, so
 * that the operator's log alone tells of it.
 */
export type OperatorLicenceChange = 'ISSUED' | 'LINK_SENT' | 'LINK_REVOKED' | 'SUSPENDED' | 'RESUMED' | 'RENEWED';

/** What a licence was and is, as far as it changed. */
type LicenceFacts = Pick<EventDraft, 'before' | 'after'>;

const byId = prepared('licence_by_id', (q) =>
  q
    .select()
    .from(licences)
    .where(eq(licences.id, sql.placeholder('id'))),
);

/** The licence, whoever asks: for operations that judge by themselves. */
export async function findLicence(q: Queries, id: string): Promise<Licence | null> {
  const [licence] = await byId(q, { id });
  return licence ?? null;
}

/**
 * The licence, which nobody else changes until the caller's transaction is through: what is judged of it, of its links and of
 * who holds it stays so. Null where there is none.
 */
export async function lockLicence(tx: Change, id: string): Promise<Licence | null> {
  const [licence] = await locked(tx.q.select().from(licences).where(eq(licences.id, id)), licences);
  return licence ?? null;
}

/** Logs what happened to a licence, for its company and its holder; for nobody before it is activated. */
export function emitLicence(tx: Change, what: LicenceChange, licence: Licence, parts: LicenceFacts): void {
  tx.emit({ concept: 'licence', change: what, subject: licence.id, ...parts, streams: partiesOf(licence) });
}

/** Logs what the operator did to a licence: in the operator's own log, and for its company and its holder. */
export function emitByOperator(tx: Change, what: OperatorLicenceChange, licence: Licence, parts: LicenceFacts): void {
  const streams = [streamOf.operator(), ...partiesOf(licence)];
  tx.emit({ concept: 'licence', change: what, subject: licence.id, ...parts, streams });
}

function partiesOf(licence: Licence): string[] {
  return [
    ...(licence.companyId === null ? [] : [streamOf.company(licence.companyId)]),
    ...(licence.holderId === null ? [] : [streamOf.account(licence.holderId)]),
  ];
}

/**
 * A licence, for the operator and for the members of the company that it belongs to.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getLicence(ctx: Context, id: string): Promise<Licence> {
  const principal = authorize(ctx, 'READ', 'account', 'operator');
  const licence = await findLicence(ctx.db.read, id);
  const member = principal.kind === 'account' ? await memberOf(ctx.db.read, principal.accountId) : null;
  if (!licence) throw notFound('id');
  if (principal.kind === 'operator') return licence;
  if (licence.companyId === null || member?.companyId !== licence.companyId) throw notFound('id');
  return licence;
}

/** The address that bought it, for the operator and its holder; null for others. */
export function purchaseEmailFor({ principal }: Pick<Context, 'principal'>, licence: Licence): string | null {
  const holder = principal.kind === 'account' && principal.accountId === licence.holderId;
  return holder || principal.kind === 'operator' ? licence.purchaseEmail : null;
}

export interface LicenceFilter {
  status?: LicenceStatus | null | undefined;
  product?: Service | null | undefined;
  edition?: LicenceEdition | null | undefined;
  /** The whole address; case is ignored. */
  purchaseEmail?: string | null | undefined;
  companyId?: string | null | undefined;
}

/**
 * All licences of the installation, the last issued first; for the operator.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function listLicences(ctx: Context, args: PageArgs & { filter?: LicenceFilter | null | undefined }) {
  authorize(ctx, 'READ', 'operator');
  const { status, product, edition, purchaseEmail, companyId } = args.filter ?? {};
  return pageOfLicences(ctx, args, [
    status ? withLicenceStatus(status, ctx.clock.now()) : undefined,
    product ? eq(licences.product, product) : undefined,
    edition ? eq(licences.edition, edition) : undefined,
    purchaseEmail ? eq(sql`lower(${licences.purchaseEmail})`, purchaseEmail.trim().toLowerCase()) : undefined,
    companyId ? eq(licences.companyId, companyId) : undefined,
  ]);
}

/**
 * The licences that belong to a company, the last issued first; for its members.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listCompanyLicences(ctx: Context, args: PageArgs & { companyId: string }) {
  const principal = authorize(ctx, 'READ', 'account');
  await requireMember(ctx.db.read, principal, args.companyId);
  return pageOfLicences(ctx, args, [eq(licences.companyId, args.companyId)]);
}

function pageOfLicences(ctx: Context, args: PageArgs, conditions: (SQL | undefined)[]): Promise<Page<Licence>> {
  const wanted = and(...conditions);
  const source = {
    rows: async ({ at, id, limit }: { at: number; id: string; limit: number }) =>
      ctx.db.read
        .select()
        .from(licences)
        .where(and(wanted, sql`(${licences.issuedAt}, ${licences.id}) < (${at}, ${id})`))
        .orderBy(sql`${licences.issuedAt} desc, ${licences.id} desc`)
        .limit(limit),
    count: async () => {
      const [all] = await countUpTo(ctx.db.read, licences, wanted);
      return all?.count ?? 0;
    },
  };
  return newestFirst('licences', args, [source], ({ issuedAt, id }) => ({ at: issuedAt, id }));
}

/**
 * The licences that the caller's sign-up carried on and that wait for the confirming step: `activateLicence` by their
 * id (LIC-09, LIC-10). @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function listCarriedLicences(ctx: Context): Promise<Licence[]> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  const carried = ctx.db.read.select({ id: links.licenceId }).from(links).where(eq(links.accountId, accountId));
  return ctx.db.read
    .select()
    .from(licences)
    .where(and(inArray(licences.id, carried), withLicenceStatus('ISSUED', ctx.clock.now())))
    .orderBy(asc(licences.id));
}
