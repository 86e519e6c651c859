import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

async function follow(path: string): Promise<{ status: number; fragment: URLSearchParams }> {
  const app = await testApp();
  const response = await fetch(`http://127.0.0.1:${await app.listen()}${path}`, { redirect: 'manual' });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, fragment: new URLSearchParams(location.split('#')[1] ?? '') };
}

it.each([
  ['/verify?token=bkn_lnk_abc-DEF_1', 'VerifyEmail', { input: { token: 'bkn_lnk_abc-DEF_1' } }],
  ['/reset-password?token=bkn_lnk_x', 'ResetPassword', { input: { token: 'bkn_lnk_x', password: '' } }],
  ['/activate?token=bkn_lnk_x', 'ActivateLicence', { input: { token: 'bkn_lnk_x' } }],
  ['/join?token=bkn_lnk_x', 'AcceptMemberInvitation', { input: { token: 'bkn_lnk_x' } }],
])(
  'LIC-08 the link %s of a mail leads to its operation, with the token filled in',
  async (path, example, variables) => {
    const { status, fragment } = await follow(path);
    expect(status).toBe(302);
    expect(fragment.get('example')).toBe(example);
    expect(JSON.parse(fragment.get('variables') ?? '')).toEqual(variables);
  },
);

it.each(['/verify?token=%22%3E%3Cscript%3E', '/verify?token=a%0d%0aSet-Cookie:x', '/verify'])(
  'what is no token of ours does not go on: %s',
  async (path) => {
    const { status, fragment } = await follow(path);
    expect(status).toBe(302);
    expect([...fragment.keys()]).toEqual(['example']);
  },
);
