import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
  type TestDevice,
} from '../../server/testing/builders.ts';
import type { DashboardApp } from './dashboard.ts';

interface PersonAtADevice {
  readonly person: TestAccount;
  readonly device: TestDevice;
}

/** Ada at Reception, and Ben at Workshop, two devices of one company: each side of whatever goes on between the two. */
export async function twoPeople(
  app: DashboardApp,
): Promise<{ ada: PersonAtADevice; ben: PersonAtADevice; companyId: string; namespace: string }> {
  const { companyId, namespace, admin } = await buildCompany(app);
  const ben = await buildAccount(app, { name: 'Ben' });
  await addMember(app, companyId, ben, 'USER');
  const device = async (name: string, { account }: TestAccount): Promise<TestDevice> =>
    setDevice(app, await buildDevice(app, { name }), {
      companyId,
      accountId: account.id,
      enrolledAt: app.clock.now(),
      alias: `${name.toLowerCase()}@${namespace}`,
    });
  return {
    ada: { person: admin, device: await device('Reception', admin) },
    ben: { person: ben, device: await device('Workshop', ben) },
    companyId,
    namespace,
  };
}
