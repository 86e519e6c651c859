import DataLoader from 'dataloader';
import type { Account } from '../db/tables/accounts.ts';
import type { Device } from '../db/tables/devices.ts';
import { findAccounts } from '../domain/accounts.ts';
import type { Services } from '../domain/context.ts';
import { findDevices } from '../domain/devices.ts';

/**
 * Rows by id, one statement for all that one operation asks for. The fallback where a page did not load its children
 * by look-ahead. They judge nothing: what hands out an id has been judged.
 */
export interface Loaders {
  readonly account: DataLoader<string, Account>;
  /** Devices, removed ones too. */
  readonly device: DataLoader<string, Device>;
}

/** A fresh set: one for each operation, and one for each event of a subscription. */
export function createLoaders({ db }: Pick<Services, 'db'>): Loaders {
  return {
    account: new DataLoader((ids) => findAccounts(db.read, ids)),
    device: new DataLoader((ids) => findDevices(db.read, ids)),
  };
}
