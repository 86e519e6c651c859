import { and, desc, eq } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { accounts } from '../db/tables/accounts.ts';
import { memberInvitations, members } from '../db/tables/companies.ts';
import { type Device, deviceGroups, devices } from '../db/tables/devices.ts';
import { enrolmentCodes } from '../db/tables/enrolment-codes.ts';
import { type EventRow, events, IN_AUDIT_LOG } from '../db/tables/events.ts';
import { licences } from '../db/tables/licences.ts';
import { policies } from '../db/tables/policies.ts';
import { type BuiltInRole, roles, type Service } from '../db/tables/roles.ts';
import { type IdType, typeOfId } from '../lib/ids.ts';
import { streamOf } from './event-log.ts';

/** What something is called; a built-in role and a licence by what they are, to be put in the reader's language. */
export interface AuditName {
  readonly id: string;
  readonly name: string;
  readonly builtIn?: BuiltInRole | null;
  readonly product?: Service;
  /** Whose it is; null for people, and for what is no company's. */
  readonly companyId: string | null;
}

type Find = (q: Queries, ids: readonly string[]) => PromiseLike<AuditName[]>;

const FINDS: Partial<Record<IdType, Find>> = {
  Account: async (q, ids) =>
    (await q.select({ id: accounts.id, name: accounts.name }).from(accounts).where(anyOf(accounts.id, ids))).map(
      (row) => ({ ...row, companyId: null }),
    ),
  Device: (q, ids) =>
    q
      .select({ id: devices.id, name: devices.name, companyId: devices.companyId })
      .from(devices)
      .where(anyOf(devices.id, ids)),
  DeviceGroup: (q, ids) =>
    q
      .select({ id: deviceGroups.id, name: deviceGroups.name, companyId: deviceGroups.companyId })
      .from(deviceGroups)
      .where(anyOf(deviceGroups.id, ids)),
  EnrolmentCode: (q, ids) =>
    q
      .select({ id: enrolmentCodes.id, name: enrolmentCodes.label, companyId: enrolmentCodes.companyId })
      .from(enrolmentCodes)
      .where(anyOf(enrolmentCodes.id, ids)),
  Licence: (q, ids) =>
    q
      .select({ id: licences.id, name: licences.product, product: licences.product, companyId: licences.companyId })
      .from(licences)
      .where(anyOf(licences.id, ids)),
  Member: (q, ids) =>
    q
      .select({ id: members.id, name: accounts.name, companyId: members.companyId })
      .from(members)
      .innerJoin(accounts, eq(accounts.id, members.accountId))
      .where(anyOf(members.id, ids)),
  MemberInvitation: (q, ids) =>
    q
      .select({ id: memberInvitations.id, name: memberInvitations.email, companyId: memberInvitations.companyId })
      .from(memberInvitations)
      .where(anyOf(memberInvitations.id, ids)),
  Policy: (q, ids) =>
    q
      .select({ id: policies.id, name: policies.name, companyId: policies.companyId })
      .from(policies)
      .where(anyOf(policies.id, ids)),
  Role: (q, ids) =>
    q
      .select({ id: roles.id, name: roles.name, builtIn: roles.builtIn, companyId: roles.companyId })
      .from(roles)
      .where(anyOf(roles.id, ids)),
};

/** What things are called now, one statement for each kind; null for what is gone for good (`lastAuditNames`), or has no name. */
export async function findAuditNames(q: Queries, ids: readonly string[]): Promise<(AuditName | null)[]> {
  const byType = new Map<IdType, string[]>();
  for (const id of ids) {
    const type = typeOfId(id);
    if (type) byType.set(type, [...(byType.get(type) ?? []), id]);
  }
  const found = await Promise.all([...byType].map(async ([type, some]) => (await FINDS[type]?.(q, some)) ?? []));
  const byId = new Map(found.flat().map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Something that a log tells of. */
export interface LoggedId {
  readonly stream: string;
  readonly id: string;
}

/** The parts of a record that say what its subject is called. */
const NAMING = ['name', 'label', 'email'] as const;

/**
 * What things that are gone were called last, as their newest record in the log itself tells; null where it does not. Read one by one,
 * each by its index: few are gone.
 */
export function lastAuditNames(q: Queries, logged: readonly LoggedId[]): Promise<(AuditName | null)[]> {
  return Promise.all(
    logged.map(async ({ stream, id }) => {
      const type = typeOfId(id);
      if (!type || !FINDS[type]) return null;
      const [newest] = await q
        .select({ before: events.before, after: events.after })
        .from(events)
        .where(and(eq(events.stream, stream), eq(events.subject, id), IN_AUDIT_LOG))
        .orderBy(desc(events.number))
        .limit(1);
      const facts = { ...newest?.before, ...newest?.after };
      const name = NAMING.map((part) => facts[part]).find((value) => typeof value === 'string');
      return name === undefined ? null : { id, name, companyId: null };
    }),
  );
}

/** The ids that a record of a log has in it: its subject, and those among its parts. */
export function idsIn({ subject, before, after }: Pick<EventRow, 'subject' | 'before' | 'after'>): string[] {
  const values = [before, after].flatMap((facts) => Object.values(facts ?? {})).flat();
  const ids = values.filter((value): value is string => typeof value === 'string' && typeOfId(value) !== null);
  return [...new Set([subject, ...ids])];
}

/**
 * Whether readers of a log may be told a name: those of people who took part, of what belongs to the company whose log it
 * is, and, the operator, those of licences, which are theirs. Of anything else, such as a stranger's device in somebody's favourites, no name was ever shown to them.
 */
export function mayBeNamed({ stream }: Pick<EventRow, 'stream'>, { id, companyId }: AuditName): boolean {
  const type = typeOfId(id);
  if (type === 'Account' || (type === 'Licence' && stream === streamOf.operator())) return true;
  return companyId !== null && stream === streamOf.company(companyId);
}

/** As `mayBeNamed`, for a device that did something: those of the company or account whose log it is. */
export function mayNameDevice(
  stream: string,
  { companyId, accountId }: Pick<Device, 'companyId' | 'accountId'>,
): boolean {
  return (
    (companyId !== null && stream === streamOf.company(companyId)) ||
    (accountId !== null && stream === streamOf.account(accountId))
  );
}
