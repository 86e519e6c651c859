import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type Device, devices, notRemoved } from '../db/tables/devices.ts';
import { Refusal } from './refusals.ts';

/** Longest alias, `name@namespace` as a whole (requirements, INV). */
export const ALIAS_LENGTH = 25;

const ALIAS = /^[A-Za-z0-9._-]+@[A-Za-z0-9._-]+$/;
const BARE_NAME = /^[A-Za-z0-9._-]*[A-Za-z][A-Za-z0-9._-]*$/;
const DEVICE_ID = /^[1-9]\d{8,9}$/;
// What people put between the digits when they copy or read out an ID: blanks of every kind.
const BLANKS = /[\s ]+/g;

/** `123456789` as people read it: `123 456 789`; with ten digits `1 234 567 890`. */
export function groupDigits(address: string): string {
  return address.replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** The public ID that somebody wrote, without the blanks between its digits; null where it has not the form of one. */
export function publicIdOf(written: string): string | null {
  const digits = written.replace(BLANKS, '');
  return DEVICE_ID.test(digits) ? digits : null;
}

export function isAlias(text: string): boolean {
  return text.length <= ALIAS_LENGTH && ALIAS.test(text);
}

const byAddress = prepared('device_by_address', (q) =>
  q
    .select()
    .from(devices)
    .where(and(eq(devices.address, sql.placeholder('address')), notRemoved)),
);

const byAlias = prepared('device_by_alias', (q) =>
  q
    .select()
    .from(devices)
    .where(and(eq(devices.aliasKey, sql.placeholder('aliasKey')), notRemoved)),
);

/**
 * The device that somebody named by ID (blanks ignored) or alias (case ignored) (INV-11).
 * @throws Refusal AddressRefused: INVALID_ADDRESS where it is neither; AMBIGUOUS_ADDRESS where it is a name without
 * its namespace; UNKNOWN_ADDRESS where no device has it.
 */
export async function deviceAt(q: Queries, written: string, path: readonly string[]): Promise<Device> {
  const text = written.trim();
  const publicId = publicIdOf(text);
  let found: readonly Device[];
  if (publicId) {
    found = await byAddress(q, { address: publicId });
  } else if (isAlias(text)) {
    found = await byAlias(q, { aliasKey: text.toLowerCase() });
  } else if (text.length <= ALIAS_LENGTH && BARE_NAME.test(text)) {
    throw new Refusal('AddressRefused', 'AMBIGUOUS_ADDRESS', path);
  } else {
    throw new Refusal('AddressRefused', 'INVALID_ADDRESS', path);
  }
  const [device] = found;
  if (!device) throw new Refusal('AddressRefused', 'UNKNOWN_ADDRESS', path);
  return device;
}
