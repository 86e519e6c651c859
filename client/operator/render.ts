import type { LicenceFieldsFragment, OperatorAuditLogQuery } from '../graphql/graphql.ts';
import type { OperatorWords } from './catalogue/catalogue.ts';

/** One licence in two lines: what it is, and where it stands. */
export function licenceInWords(licence: LicenceFieldsFragment, { licence: say, formats }: OperatorWords): string {
  const { id, product, edition, seats, seatsUsed, status, expiresAt, holder, purchaseEmail, activationLink } = licence;
  const buyer = purchaseEmail === null ? [] : [say.buyer(purchaseEmail)];
  const link = activationLink ? [say.links[activationLink.status]] : [];
  const who = holder ? say.holder(holder.name, holder.email) : [...buyer, ...link].join(', ');
  return [
    say.title(id, product, edition, seatsUsed, seats),
    `  ${say.standing(say.statuses[status], formats.day(expiresAt), who)}`,
  ].join('\n');
}

/** One record of the operator's log: when and what, and a line for each part with what was there before and after. */
export function recordInWords(
  record: OperatorAuditLogQuery['operatorAuditLog']['nodes'][number],
  { formats, onTheServer }: OperatorWords,
): string {
  const { number, occurredAt, concept, change, subject, address, fields } = record;
  const parts = fields.map(({ field, before, after }) => {
    const [was, is] = [before, after].map((json) => partInWords(field, json ?? null, formats));
    return `${field} ${was} → ${is}`;
  });
  const when = formats.instant(occurredAt);
  return [`${number}  ${when}  ${concept} ${change}  ${subject}  ${address ?? onTheServer}`, ...parts].join('\n    ');
}

/** One value of a part: instants, which the log has in milliseconds, as people write them; all else as it stands there. */
function partInWords(field: string, json: string | null, formats: OperatorWords['formats']): string {
  if (json === null) return '–';
  const value: unknown = JSON.parse(json);
  return field.endsWith('At') && typeof value === 'number' ? formats.instant(value) : json;
}
