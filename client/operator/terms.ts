import type { LicenceEdition, NewLicenceInput, Service } from '../graphql/graphql.ts';
import { UsageError } from './problems.ts';

export const PRODUCTS: readonly Service[] = [
  'MONITORING',
  'ASSET_MANAGEMENT',
  'PATCH_MANAGEMENT',
  'ENDPOINT_PROTECTION',
  'BACKUP',
  'WEB_MONITORING',
];

export const EDITIONS: readonly LicenceEdition[] = ['BUSINESS', 'PREMIUM', 'CORPORATE'];

/** One of the names, however it is written: case, and `-` for `_`, do not matter. @throws UsageError */
export function oneOf<T extends string>(names: readonly T[], text: string, what: 'product' | 'edition' | 'status'): T {
  const wanted = text.trim().toUpperCase().replaceAll('-', '_');
  const found = names.find((name) => name === wanted);
  if (found) return found;
  throw new UsageError(({ problems }) => problems.noSuch[what](text, names.join(', ').toLowerCase()));
}

/** A term: `12m` for calendar months, or the day that it ends on (at its start, in UTC). @throws UsageError */
export function termOf(text: string): { months: number } | { expiresAt: string } {
  const [, months] = /^(\d{1,4})m$/i.exec(text) ?? [];
  if (months) return { months: Number(months) };
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const end = new Date(`${text}T00:00:00Z`);
    // 2026-02-30 would be read as a day in March.
    if (!Number.isNaN(end.getTime()) && end.toISOString().startsWith(text)) return { expiresAt: end.toISOString() };
  }
  throw new UsageError(({ problems }) => problems.noTerm(text));
}

/** A licence as it is written on the command line: product:seats:term, and :edition where it is another one. */
export function licenceOf(text: string, edition: LicenceEdition): NewLicenceInput {
  const [product = '', seats = '', term = '', own, ...rest] = text.split(':');
  if (rest.length > 0 || !/^\d{1,9}$/.test(seats)) {
    throw new UsageError(({ problems }) => problems.noLicence(text));
  }
  return {
    product: oneOf(PRODUCTS, product, 'product'),
    seats: Number(seats),
    edition: own === undefined ? edition : oneOf(EDITIONS, own, 'edition'),
    ...termOf(term),
  };
}
