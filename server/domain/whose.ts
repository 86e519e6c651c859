import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Device, devices } from '../db/tables/devices.ts';
import { actsFor } from './devices.ts';
import type { AccountPrincipal, DevicePrincipal } from './principal.ts';

/** Whose list is read: that of one device, or that over all devices that an account is signed in on. */
export type Whose =
  | { readonly kind: 'DEVICE'; readonly device: Pick<Device, 'id' | 'accountId'> }
  | { readonly kind: 'ACCOUNT'; readonly accountId: string };

export type WhoseKind = Whose['kind'];

/** Whether the list is the caller's to read: who acts for the device; the account itself. */
export function mayRead(principal: AccountPrincipal | DevicePrincipal, whose: Whose): boolean {
  return whose.kind === 'DEVICE'
    ? actsFor(principal, whose.device)
    : principal.kind === 'account' && principal.accountId === whose.accountId;
}

/** What the placeholder of `belongsTo` is filled with. */
export function ownerId(whose: Whose): string {
  return whose.kind === 'DEVICE' ? whose.device.id : whose.accountId;
}

/** The column is the device, or one of the account's devices; for prepared statements, with the placeholder `owner`. */
export function belongsTo(column: SQLWrapper, kind: WhoseKind): SQL {
  const owner = sql.placeholder('owner');
  return kind === 'DEVICE'
    ? eq(column, owner)
    : sql`${column} in (select ${devices.id} from ${devices} where ${devices.accountId} = ${owner} and ${devices.removedAt} is null)`;
}
