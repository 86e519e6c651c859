import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { testApp } from '../../server/testing/app.ts';
import { buildDevice } from '../../server/testing/builders.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { startProxy } from '../testing/proxy.ts';
import { type BeckonClient, type BeckonClientOptions, createBeckonClient, graphqlAddress } from './client.ts';
import { BeckonError } from './errors.ts';
import { DeviceProfiles, DeviceSessions } from './operations/devices.ts';
import { CancelInvitation, InviteDevice } from './operations/invitations.ts';
import { isRefusal, RefusalError, unwrap } from './results.ts';

function clientAt(port: number, options: Omit<BeckonClientOptions, 'url'> = {}): BeckonClient {
  const client = createBeckonClient({ url: `http://127.0.0.1:${port}`, ...options });
  closeAfterTest(() => client.close());
  return client;
}

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('the typed client', () => {
  it('API-07 asks and changes as the device whose credential it has', async () => {
    const app = await testApp();
    const port = await app.listen();
    const ana = await buildDevice(app);
    const ben = await buildDevice(app);
    const client = clientAt(port, { token: ana.credential });
    const { viewer } = await client.query(DeviceProfiles, {});
    expect(viewer.device?.permissionProfiles.map(({ name }) => name)).toContain('Default');
    const { inviteDevice } = await client.mutate(InviteDevice, {
      input: { recipient: ben.device.address, origin: 'OWN_ID' },
    });
    expect(unwrap(inviteDevice).invitation.recipient.address).toBe(ben.device.address);
  });

  it('a refusal is an answer: told apart by isRefusal, thrown by unwrap, in the language asked for', async () => {
    const app = await testApp();
    const port = await app.listen();
    const ana = await buildDevice(app);
    const client = clientAt(port, { token: ana.credential, language: 'fr' });
    const input = { recipient: ana.device.address, origin: 'OWN_ID' as const };
    const { inviteDevice } = await client.mutate(InviteDevice, { input });
    expect(isRefusal(inviteDevice) && inviteDevice).toMatchObject({ code: 'OWN_DEVICE', path: ['recipient'] });
    expect(() => unwrap(inviteDevice)).toThrow(RefusalError);
    expect(() => unwrap(inviteDevice)).toThrow('C’est le même appareil.');
  });

  it('API-08 what the client says itself is there in both languages, what the server said in one', async () => {
    const app = await testApp();
    const port = await app.listen();
    const nobody = await thrownBy(clientAt(1, { language: 'fr' }).mutate(CancelInvitation, { input: { id: 'inv_x' } }));
    const own = nobody as BeckonError;
    expect(own.message).toBe(own.messageIn('en'));
    expect(own.messageIn('en')).toContain('cannot be reached');
    expect(own.messageIn('fr')).toContain('est injoignable');
    const device = await buildDevice(app);
    const french = clientAt(port, { token: device.credential, language: 'fr' });
    const told = (await thrownBy(french.mutate(CancelInvitation, { input: { id: 'inv_x' } }))) as BeckonError;
    expect(told.messageIn('en')).toBe(told.messageIn('fr'));
    expect(told.message).toContain('visible pour vous');
  });

  it('top-level errors are thrown with their code, and say whether trying again is of use', async () => {
    const app = await testApp();
    const port = await app.listen();
    const ana = await buildDevice(app);
    const unknown = await thrownBy(
      clientAt(port, { token: ana.credential }).mutate(CancelInvitation, { input: { id: 'inv_x' } }),
    );
    expect(unknown).toBeInstanceOf(BeckonError);
    expect(unknown).toMatchObject({ code: 'NOT_FOUND', retryable: false });
    const lost: string[] = [];
    const stranger = clientAt(port, { token: 'bkn_dev_nobody', onAuthenticationLost: ({ code }) => lost.push(code) });
    expect(await thrownBy(stranger.query(DeviceSessions, { first: 1 }))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(lost).toEqual(['UNAUTHENTICATED']);
  });

  it('a server that cannot be reached is NETWORK, what is no Beckon server is PROTOCOL', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end('<h1>Not here</h1>'));
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const strange = await thrownBy(clientAt(port).query(DeviceProfiles, {}));
    await new Promise((resolve) => other.close(resolve));
    other.closeAllConnections();
    expect(strange).toMatchObject({ code: 'PROTOCOL', retryable: false });
    const gone = await thrownBy(clientAt(port).query(DeviceProfiles, {}));
    expect(gone).toMatchObject({ code: 'NETWORK', retryable: true });
  });

  it('API-02 a mutation with an idempotency key takes effect once, although its answer was lost', async () => {
    const app = await testApp();
    const proxy = await startProxy(await app.listen());
    closeAfterTest(() => proxy.close());
    const ana = await buildDevice(app);
    const ben = await buildDevice(app);
    let answers = 0;
    const client = clientAt(proxy.port, {
      token: ana.credential,
      // The first answer is on its way back when the network breaks.
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        answers += 1;
        if (answers > 1) return response;
        proxy.cut();
        throw new TypeError('fetch failed');
      },
    });
    const input = { recipient: ben.device.address, origin: 'OWN_ID' as const, idempotencyKey: 'once' };
    const { invitation } = unwrap((await client.mutate(InviteDevice, { input })).inviteDevice);
    expect(answers).toBe(2);
    const again = unwrap((await client.mutate(InviteDevice, { input })).inviteDevice);
    expect(again.invitation.id).toBe(invitation.id);
    const without = { recipient: ben.device.address, origin: 'OWN_ID' as const };
    answers = 0;
    expect(await thrownBy(client.mutate(InviteDevice, { input: without }))).toMatchObject({ code: 'NETWORK' });
  });

  it('takes the address of the server or of its API, and nothing but http and https', () => {
    expect(graphqlAddress('https://beckon.example.org')).toBe('https://beckon.example.org/graphql');
    expect(graphqlAddress('http://localhost:4000/api/graphql#x')).toBe('http://localhost:4000/api/graphql');
    expect(() => graphqlAddress('ws://localhost')).toThrow('has to start with http');
    expect(() => graphqlAddress('localhost')).toThrow(TypeError);
  });
});
