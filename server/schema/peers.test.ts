import { expect, it } from 'vitest';
import { acceptInvitation, inviteDevice } from '../domain/invitations.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';

const SESSION = `query ($id: ID!) { node(id: $id) { ... on SupportSession {
  host { address viewerActsFor device { id name } }
  guest { address viewerActsFor device { id name } }
} } }`;

it('INV-10 each side of a session is told which one is its own, and sees the devices that it may see', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const colleague = await buildAccount(app);
  await addMember(app, companyId, colleague, 'USER');
  const stranger = await buildAccount(app);
  const host = await setDevice(app, await buildDevice(app), { accountId: colleague.account.id, companyId });
  const guest = await setDevice(app, await buildDevice(app), { accountId: admin.account.id, companyId });
  const strange = await setDevice(app, await buildDevice(app), { accountId: stranger.account.id });

  const sessionOf = async (from: typeof host, to: typeof host): Promise<string> => {
    const { id } = await inviteDevice(from.ctx, { recipient: to.device.address, origin: 'OWN_ID' });
    return (await acceptInvitation(to.ctx, { id, revision: 1 })).sessionId as string;
  };
  const seen = ({ id, name }: { id: string; name: string }) => ({ id, name });

  const within = await sessionOf(host, guest);
  for (const [ctx, actsForHost] of [
    [colleague.ctx, true],
    [admin.ctx, false],
  ] as const) {
    expect((await dataOf(ctx, SESSION, { id: within })).node).toMatchObject({
      host: { viewerActsFor: actsForHost, device: seen(host.device) },
      guest: { viewerActsFor: !actsForHost, device: seen(guest.device) },
    });
  }
  expect((await dataOf(guest.ctx, SESSION, { id: within })).node).toMatchObject({
    host: { address: host.device.address, viewerActsFor: false, device: null },
    guest: { viewerActsFor: true, device: seen(guest.device) },
  });

  const across = await sessionOf(host, strange);
  expect((await dataOf(stranger.ctx, SESSION, { id: across })).node).toMatchObject({
    host: { address: host.device.address, viewerActsFor: false, device: null },
    guest: { viewerActsFor: true, device: seen(strange.device) },
  });
  expect((await dataOf(colleague.ctx, SESSION, { id: across })).node).toMatchObject({
    host: { viewerActsFor: true },
    guest: { address: strange.device.address, viewerActsFor: false, device: null },
  });
});

it('a device that was removed is a side by its address still, and nothing more', async () => {
  const app = await testApp();
  const [host, guest] = [await buildDevice(app), await buildDevice(app)];
  const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  const { sessionId } = await acceptInvitation(guest.ctx, { id, revision: 1 });
  await dataOf(guest.ctx, 'mutation { removeDevice(input: {}) { deviceId } }');
  expect((await dataOf(host.ctx, SESSION, { id: sessionId })).node).toMatchObject({
    host: { viewerActsFor: true, device: { id: host.device.id } },
    guest: { address: guest.device.address, viewerActsFor: false, device: null },
  });
});
