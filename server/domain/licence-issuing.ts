import type { Language } from '../db/tables/accounts.ts';
import { type Licence, type LicenceEdition, licences } from '../db/tables/licences.ts';
import type { Service } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { countOf, emailOf } from './input.ts';
import { mailLicenceLink } from './licence-links.ts';
import { emitByOperator } from './licences.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/** Licences that one purchase has at most: as many as there are products, three times over. */
export const LICENCES_PER_PURCHASE = 20;

/** Endpoints that one licence covers at most: as many as one installation is measured with. */
export const LICENCE_SEATS = { min: 1, max: 1_000_000 } as const;

/** Months that a licence can run from now on: ten years. */
export const LICENCE_MONTHS = { min: 1, max: 120 } as const;

/** The end of a term: so many calendar months from now on, or an instant. One of the two. */
export interface TermInput {
  months?: number | null | undefined;
  expiresAt?: number | null | undefined;
}

export interface IssueLicencesInput extends Repeatable {
  /** The address that bought them; the mails go there. */
  purchaseEmail: string;
  /** Of the mails; that of the buyer's account, else of the request, where absent. */
  language?: Language | null | undefined;
  licences: readonly (TermInput & { product: Service; edition: LicenceEdition; seats: number })[];
}

/**
 * Issues the licences of one purchase and mails an activation link for each (LIC-01, LIC-02). For the operator.
 * Event: licence ISSUED for each, to the operator's log.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function issueLicences(ctx: Context, input: IssueLicencesInput): Promise<Licence[]> {
  authorize(ctx, 'COMPANY', 'operator');
  const purchaseEmail = emailOf(input.purchaseEmail, ['purchaseEmail']);
  const wanted = input.licences;
  if (wanted.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['licences']);
  if (wanted.length > LICENCES_PER_PURCHASE) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['licences'], { limit: LICENCES_PER_PURCHASE });
  }
  for (const [i, { seats }] of wanted.entries()) countOf(seats, ['licences', String(i), 'seats'], LICENCE_SEATS);
  return change(ctx, 'issueLicences', input, async (tx) => {
    const issued: Licence[] = [];
    for (const [i, { product, edition, seats, ...term }] of wanted.entries()) {
      const expiresAt = endOfTerm(term, tx.now, tx.now, ['licences', String(i)]);
      const [licence] = await tx.q
        .insert(licences)
        .values({ id: newId('Licence'), product, edition, seats, purchaseEmail, issuedAt: tx.now, expiresAt })
        .returning();
      if (!licence) throw new Error('a row that was just written is missing');
      await mailLicenceLink(ctx, tx, licence, input.language);
      emitByOperator(tx, 'ISSUED', licence, { after: { product, edition, seats, purchaseEmail, expiresAt } });
      issued.push(licence);
    }
    return issued;
  });
}

/**
 * When a term ends that starts at `from`.
 * @throws Refusal InvalidInput REQUIRED, CONTRADICTION, OUT_OF_RANGE; INVALID_TIME for an end that is not after now, or
 * further away than the longest term.
 */
export function endOfTerm(
  { months, expiresAt }: TermInput,
  from: number,
  now: number,
  path: readonly string[],
): number {
  const hasMonths = months !== null && months !== undefined;
  const hasEnd = expiresAt !== null && expiresAt !== undefined;
  if (hasMonths && hasEnd)
    throw new Refusal('InvalidInput', 'CONTRADICTION', [...path, 'expiresAt'], { oneOf: ['months', 'expiresAt'] });
  if (!hasMonths && !hasEnd) throw new Refusal('InvalidInput', 'REQUIRED', [...path, 'months']);
  const end = hasMonths ? addMonths(from, countOf(months, [...path, 'months'], LICENCE_MONTHS)) : Number(expiresAt);
  if (end <= now || end > addMonths(now, LICENCE_MONTHS.max)) {
    throw new Refusal('InvalidInput', 'INVALID_TIME', [...path, hasMonths ? 'months' : 'expiresAt']);
  }
  return end;
}

/** The same day and time, so many calendar months later in UTC; the month's last day where it has no such day. */
export function addMonths(instant: number, months: number): number {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
}
