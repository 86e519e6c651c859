import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { followCompany } from './company-inbox.ts';
import { updateDevice } from './device-changes.ts';
import { streamOf } from './event-log.ts';
import { encodeCursor, type Followed } from './event-stream.ts';
import { acceptInvitation, inviteDevice } from './invitations.ts';
import { endSession } from './sessions.ts';

it('PER-11 a member hears in the company’s stream what every member may see; of sessions and the like administrators do', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const managed = () => buildDevice(app).then((device) => setDevice(app, device, { companyId }));
  const [host, guest] = [await managed(), await managed()];
  const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  const accepted = await acceptInvitation(guest.ctx, { id, revision: 1 });
  await endSession(host.ctx, { id: accepted.sessionId ?? '' });
  await updateDevice(host.ctx, { deviceId: host.device.id, name: 'The last' });

  const heardBy = async (who: typeof admin): Promise<string[]> => {
    const events = await followCompany(who.ctx, encodeCursor(streamOf.company(companyId), 0));
    const names: string[] = [];
    for await (const event of events) {
      names.push(named(event));
      if (names.at(-1) === 'device UPDATED') break;
    }
    return names;
  };
  const sides = ['invitation CREATED', 'invitation ACCEPTED', 'session STARTED', 'session ENDED'];
  expect(await heardBy(admin)).toEqual([...sides, 'device UPDATED']);
  expect(await heardBy(user)).toEqual(['device UPDATED']);
});

const named = (event: Followed) => ('change' in event ? `${event.concept} ${event.change}` : event.concept);
