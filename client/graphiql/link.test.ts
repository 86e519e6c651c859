import { expect, test } from 'vitest';
import { headersWithToken, readLink } from './link.ts';

test('API-06 a ready link carries its token in the fragment, beside the example to open on', () => {
  expect(readLink('#token=bkn_aB-9_&example=InviteDevice&variables=%7B%22a%22%3A1%7D')).toEqual({
    token: 'bkn_aB-9_',
    example: 'InviteDevice',
    variables: '{"a":1}',
  });
});

test.each(['', '#', '#other=1', '#token'])('a fragment without them asks for nothing: «%s»', (fragment) => {
  const { token, example, variables } = readLink(fragment);
  expect([token || null, example, variables]).toEqual([null, null, null]);
});

test('the token becomes an Authorization header that stays JSON whatever the token holds', () => {
  expect(JSON.parse(headersWithToken('a"b\\'))).toEqual({ Authorization: 'Bearer a"b\\' });
});
