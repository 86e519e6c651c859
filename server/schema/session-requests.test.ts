import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildDevice, setDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';

const REQUEST = `mutation ($address: String!) { requestSession(input: { address: $address }) {
  __typename
  ... on RequestSessionPayload { request { id status guest { address } host { address alias } session { id } } }
  ... on UserError { code }
} }`;

const settle = (verb: string) => `mutation ($id: ID!) { ${verb}SessionRequest(input: { id: $id }) {
  __typename
  ... on ${verb[0]?.toUpperCase()}${verb.slice(1)}SessionRequestPayload {
    request { status settledAt session { permissions host { address } } }
  }
  ... on NotPending { code status }
} }`;

it('INV-09 asking makes a request that the device side accepts, choosing what it grants; nothing starts before', async () => {
  const app = await testApp();
  const guest = await buildDevice(app);
  const host = await setDevice(app, await buildDevice(app), { alias: 'desk@acme' });
  const { requestSession } = await dataOf(guest.ctx, REQUEST, { address: ' DESK@acme ' });
  const { request } = requestSession;
  expect(request).toMatchObject({
    status: 'PENDING',
    guest: { address: guest.device.address },
    host: { address: host.device.address, alias: 'desk@acme' },
    session: null,
  });
  const { acceptSessionRequest } = await dataOf(
    host.ctx,
    `mutation ($id: ID!) { acceptSessionRequest(input: { id: $id, grant: [VPN], revoke: [INPUT] }) {
      ... on AcceptSessionRequestPayload { request { status session { permissions } } }
    } }`,
    { id: request.id },
  );
  const { status, session } = acceptSessionRequest.request;
  expect(status).toBe('ACCEPTED');
  expect(session.permissions).toContain('VPN');
  expect(session.permissions).not.toContain('INPUT');
});

it.each([
  ['dismiss', 'DISMISSED'],
  ['withdraw', 'WITHDRAWN'],
] as const)(
  'INV-09 one that was %sed waits no more, and each further answer is told its state',
  async (verb, status) => {
    const app = await testApp();
    const [guest, host] = [await buildDevice(app), await buildDevice(app)];
    const { requestSession } = await dataOf(guest.ctx, REQUEST, { address: host.device.address });
    const { id } = requestSession.request;
    const side = verb === 'dismiss' ? host : guest;
    const settled = await dataOf(side.ctx, settle(verb), { id });
    expect(settled[`${verb}SessionRequest`].request).toMatchObject({ status, session: null });
    for (const [other, who] of [
      ['accept', host],
      ['dismiss', host],
      ['withdraw', guest],
    ] as const) {
      const answer = await dataOf(who.ctx, settle(other), { id });
      expect(answer[`${other}SessionRequest`]).toEqual({ __typename: 'NotPending', code: 'NOT_PENDING', status });
    }
  },
);

it('INV-09 a request for oneself or for nobody is refused', async () => {
  const app = await testApp();
  const device = await buildDevice(app);
  for (const [address, code] of [
    [device.device.address, 'OWN_DEVICE'],
    ['100000000', 'UNKNOWN_ADDRESS'],
  ]) {
    const { requestSession } = await dataOf(device.ctx, REQUEST, { address });
    expect(requestSession).toEqual({ __typename: 'AddressRefused', code });
  }
});
