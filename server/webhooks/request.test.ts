import { expect, it } from 'vitest';
import { receiver } from '../testing/receivers.ts';
import { post, signatureOf } from './request.ts';

const attempt = (url: string, signal = new AbortController().signal, allowPrivate = false) =>
  post({ url, secret: 's', now: 0, body: '{}', headers: {}, allowPrivate, signal });

it('the signature is over instant and body, so that neither can be exchanged', () => {
  const signature = signatureOf('secret', 1_700_000_000_123, '{}');
  expect(signature).toMatch(/^t=1700000000,v1=[0-9a-f]{64}$/);
  expect(signatureOf('secret', 1_700_000_001_000, '{}').slice(-64)).not.toBe(signature.slice(-64));
  expect(signatureOf('secret', 1_700_000_000_123, '{ }')).not.toBe(signature);
  expect(signatureOf('other', 1_700_000_000_123, '{}')).not.toBe(signature);
});

it('a name is judged by the addresses that it leads to, where the connection is made', async () => {
  const target = await receiver();
  const byName = target.url.replace('127.0.0.1', 'localhost');
  const refused = { status: null, error: 'PRIVATE_ADDRESS' };
  expect(await attempt(byName)).toEqual(refused);
  expect(await attempt(target.url)).toEqual(refused);
  expect(await attempt(target.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'))).toEqual(refused);
  expect(await attempt(target.url.replace('127.0.0.1', '2130706433'))).toEqual(refused);
  expect(target.received).toEqual([]);
  expect(await attempt(byName, undefined, true)).toEqual({ status: 204 });
});

it('who does not answer is left, and who is not there is told by a word', async () => {
  const target = await receiver();
  target.answer = null;
  expect(await attempt(target.url, AbortSignal.timeout(50), true)).toEqual({ status: null, error: 'TIMEOUT' });
  expect(await attempt('http://127.0.0.1:9/', undefined, true)).toEqual({ status: null, error: 'ECONNREFUSED' });
});
