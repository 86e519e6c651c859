import type { LicenceFieldsFragment, OperatorAuditLogQuery } from '../graphql/graphql.ts';

/** One licence in two lines: what it is, and where it stands. */
export function licenceInWords(licence: LicenceFieldsFragment): string {
  const { product, edition, seats, seatsUsed, status, expiresAt, holder, purchaseEmail, activationLink } = licence;
  const link = activationLink ? `, link ${activationLink.status.toLowerCase()}` : '';
  const who = holder ? `held by ${holder.name} <${holder.email}>` : `bought by ${purchaseEmail}${link}`;
  return [
    `${licence.id}  ${product} ${edition}  ${seatsUsed}/${seats} seats`,
    `  ${status.toLowerCase()}, until ${expiresAt.slice(0, 10)}, ${who}`,
  ].join('\n');
}

/** One record of the operator's log: when and what, and a line for each part with what was there before and after. */
export function recordInWords(record: OperatorAuditLogQuery['operatorAuditLog']['nodes'][number]): string {
  const { number, occurredAt, concept, change, subject, address, fields } = record;
  const parts = fields.map(({ field, before, after }) => `${field} ${before ?? '–'} → ${after ?? '–'}`);
  return [`${number}  ${occurredAt}  ${concept} ${change}  ${subject}  ${address ?? 'on the server'}`, ...parts].join(
    '\n    ',
  );
}
