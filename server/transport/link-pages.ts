import type { LinkedPage } from '../domain/links.ts';
import type { Pages } from './http.ts';

/** The operation of GraphiQL that each page in a mail stands for, until the dashboard has pages of its own. */
const OPERATIONS: Readonly<Partial<Record<LinkedPage, string>>> = {
  activate: 'ActivateLicence',
  verify: 'VerifyEmail',
  'reset-password': 'ResetPassword',
  join: 'AcceptMemberInvitation',
  'sign-in': 'SignIn',
  'forgot-password': 'RequestPasswordReset',
};

/** Our own secrets are made of these characters; anything else was never in a mail of ours. */
const TOKEN = /^[\w-]{1,100}$/;

/** Leads from a link in a mail to the operation that it is for. The token goes on in the fragment, which no log sees. */
export const linkPages: Pages = async (req, res, pathname) => {
  const operation = OPERATIONS[pathname.slice(1) as LinkedPage];
  if (!operation || (req.method !== 'GET' && req.method !== 'HEAD')) return false;
  const token = new URL(req.url ?? '/', 'http://host').searchParams.get('token') ?? '';
  const fields = new URLSearchParams({ example: operation });
  if (TOKEN.test(token)) {
    const input = operation === 'ResetPassword' ? { token, password: '' } : { token };
    fields.set('variables', JSON.stringify({ input }, null, 2));
  }
  // URLSearchParams writes blanks as +; so does what reads it.
  res.writeHead(302, {
    location: `/graphiql/#${fields}`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  res.end();
  return true;
};
