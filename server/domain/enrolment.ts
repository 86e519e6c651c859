import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
import { companies } from '../db/tables/companies.ts';
import { type Device, deviceGroupMembers, devices } from '../db/tables/devices.ts';
import { type EnrolmentCode, enrolmentCodes } from '../db/tables/enrolment-codes.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { lockDevice } from './device-access.ts';
import { type EnrolmentCodeStatus, enrolmentCodeStatusAt, hashOfCode } from './enrolment-codes.ts';
import { deviceStreams } from './event-log.ts';
import { lockMember, memberOf } from './members.ts';
import { authorize } from './principal.ts';
import { Refusal, type RefusalCode } from './refusals.ts';

/**
 * The calling device redeems an enrolment code and is a managed device of the code's company from then on (PRE-02).
 * Only the device itself can: there is no way to name another, and no person is let in here, whatever their role
 * (PRE-03). A code serves as often as it says, however many devices come at once.
 * Event: device ENROLLED, to the device, the company, and the account that it is assigned to.
 * @throws Refusal EnrolmentRefused CODE_UNKNOWN, CODE_SPENT, CODE_EXPIRED, CODE_REVOKED (also where who made it has left
 * the company) or ALREADY_MANAGED. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function enrolDevice(ctx: Context, input: Repeatable & { code: string }): Promise<Device> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  return change(ctx, 'enrolDevice', input, async (tx) => {
    const before = await lockDevice(tx.q, deviceId);
    if (!before) throw notFound('deviceId');
    if (before.companyId) throw new Refusal('EnrolmentRefused', 'ALREADY_MANAGED');
    const code = await useCode(tx, hashOfCode(input.code));
    const { companyId } = code;
    // Whoever left the company meanwhile gets no more devices of it.
    const accountId = code.assignTo && (await lockMember(tx.q, companyId, code.assignTo)) ? code.assignTo : null;
    const [device] = await tx.q
      .update(devices)
      .set({ companyId, accountId, enrolledAt: tx.now })
      .where(and(eq(devices.id, deviceId), isNull(devices.companyId), isNull(devices.removedAt)))
      .returning();
    if (!device) throw new Refusal('EnrolmentRefused', 'ALREADY_MANAGED');
    if (code.groupId) await tx.q.insert(deviceGroupMembers).values({ groupId: code.groupId, deviceId });
    await tx.q
      .update(companies)
      .set({ deviceCount: sql`${companies.deviceCount} + 1` })
      .where(eq(companies.id, companyId));
    tx.emit({
      concept: 'device',
      change: 'ENROLLED',
      subject: deviceId,
      before: { companyId: null, accountId: before.accountId },
      after: { companyId, accountId, groupId: code.groupId, enrolmentCodeId: code.id, address: device.address },
      streams: [...deviceStreams(before), ...deviceStreams(device)],
    });
    return device;
  });
}

const codeByHash = prepared('enrolment_code_by_hash', (q) =>
  q
    .select()
    .from(enrolmentCodes)
    .where(eq(enrolmentCodes.hash, sql.placeholder('hash'))),
);

const REFUSED: Readonly<Record<Exclude<EnrolmentCodeStatus, 'USABLE'>, RefusalCode<'EnrolmentRefused'>>> = {
  SPENT: 'CODE_SPENT',
  EXPIRED: 'CODE_EXPIRED',
  REVOKED: 'CODE_REVOKED',
};

/** Takes one use of the code by one conditional UPDATE: the last use has one taker. @throws Refusal EnrolmentRefused. */
async function useCode(tx: Change, hash: string): Promise<EnrolmentCode> {
  const [used] = await tx.q
    .update(enrolmentCodes)
    .set({ uses: sql`${enrolmentCodes.uses} + 1` })
    .where(
      and(
        eq(enrolmentCodes.hash, hash),
        isNull(enrolmentCodes.revokedAt),
        gt(enrolmentCodes.expiresAt, tx.now),
        lt(enrolmentCodes.uses, enrolmentCodes.maxUses),
      ),
    )
    .returning();
  if (!used) {
    const [code] = await codeByHash(tx.q, { hash });
    if (!code) throw new Refusal('EnrolmentRefused', 'CODE_UNKNOWN', ['code']);
    const status = enrolmentCodeStatusAt(code, tx.now);
    throw new Refusal('EnrolmentRefused', REFUSED[status === 'USABLE' ? 'SPENT' : status], ['code']);
  }
  const maker = await memberOf(tx.q, used.createdBy);
  if (maker?.companyId !== used.companyId) throw new Refusal('EnrolmentRefused', 'CODE_REVOKED', ['code']);
  return used;
}
