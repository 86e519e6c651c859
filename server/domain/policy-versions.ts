import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
import { type PolicyVersion, policyVersions } from '../db/tables/policies.ts';
import type { Service } from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { getPolicy } from './policies.ts';
import { type SettingDifference, settingDifferences } from './policy-settings/services.ts';

/** A version, and the service that its settings are of. */
export interface PolicyVersionOf extends PolicyVersion {
  readonly service: Service;
}

const LIST = 'policyVersions';

/** The versions of a policy, the newest first; for who may see it. @throws Denial NOT_FOUND, BAD_USER_INPUT. */
export async function listPolicyVersions(
  ctx: Context,
  policyId: string,
  args: PageArgs,
): Promise<Page<PolicyVersionOf>> {
  const { service } = await getPolicy(ctx, policyId);
  const q = ctx.db.read;
  const after = keyAfter<readonly [number]>(LIST, args, [0]);
  const own = eq(policyVersions.policyId, policyId);
  const rows = await q
    .select()
    .from(policyVersions)
    .where(after ? and(own, lt(policyVersions.version, after[0])) : own)
    .orderBy(desc(policyVersions.version))
    .limit(pageSize(args) + 1);
  return pageOf(
    LIST,
    args,
    rows.map((row) => ({ ...row, service })),
    ({ version }) => [version],
    () => q.$count(policyVersions, own),
  );
}

const byNumber = prepared('policy_version', (q) =>
  q
    .select()
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.policyId, sql.placeholder('policyId')),
        eq(policyVersions.version, sql.placeholder('version')),
      ),
    ),
);

/**
 * What differs between two versions of a policy, from the first to the second; for who may see it.
 * @throws Denial NOT_FOUND, also for a version that there is not.
 */
export async function policyDifferences(
  ctx: Context,
  policyId: string,
  versions: { from: number; to: number },
): Promise<SettingDifference[]> {
  const { service } = await getPolicy(ctx, policyId);
  const [before] = await byNumber(ctx.db.read, { policyId, version: versions.from });
  if (!before) throw notFound('from');
  const [after] = await byNumber(ctx.db.read, { policyId, version: versions.to });
  if (!after) throw notFound('to');
  return settingDifferences(service, before.settings, after.settings);
}
