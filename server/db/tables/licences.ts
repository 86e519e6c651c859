import { index, instant, integer, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import type { Service } from './roles.ts';

/** BUSINESS: one holder. PREMIUM and CORPORATE: the company (LIC-13). */
export type LicenceEdition = 'BUSINESS' | 'PREMIUM' | 'CORPORATE';

/** Licences, issued by the operator for one product each (LIC-01, LIC-02). */
export const licences = table(
  'licences',
  {
    id: text('id').primaryKey(),
    product: text('product').$type<Service>().notNull(),
    edition: text('edition').$type<LicenceEdition>().notNull(),
    /** How many endpoints it covers. */
    seats: integer('seats').notNull(),
    /** How many are in use; raised and lowered by conditional updates only (LIC-12). */
    seatsUsed: integer('seats_used').notNull().default(0),
    /** The address that bought it, and that the activation mail goes to. */
    purchaseEmail: text('purchase_email').notNull(),
    issuedAt: instant('issued_at').notNull(),
    /** The end of its term. Judged by the clock, whether or not it was announced. */
    expiresAt: instant('expires_at').notNull(),
    /** When its end was announced; null before. */
    expiryAnnouncedAt: instant('expiry_announced_at'),
    suspendedAt: instant('suspended_at'),
    /** The account that activated it, and its company then; null until it is activated (LIC-11, LIC-13). */
    holderId: text('holder_id').references(() => accounts.id),
    companyId: text('company_id').references(() => companies.id),
    activatedAt: instant('activated_at'),
  },
  (t) => [
    index('licences_company').on(t.companyId, t.product),
    index('licences_holder').on(t.holderId),
    index('licences_issued').on(t.issuedAt, t.id),
    index('licences_expiry').on(t.expiresAt),
  ],
);

/** The single-purpose links in activation mails. Only the SHA-256 of the secret is stored. */
export const licenceLinks = table(
  'licence_links',
  {
    hash: text('hash').primaryKey(),
    licenceId: text('licence_id')
      .notNull()
      .references(() => licences.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('licence_links_licence').on(t.licenceId)],
);

export type Licence = typeof licences.$inferSelect;
export type LicenceLink = typeof licenceLinks.$inferSelect;
