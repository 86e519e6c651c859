/** The fields of mutations that answer with another cookie, and make the one before worthless. */
export const COOKIE_FIELDS: readonly string[] = [
  'signIn',
  'completeSignIn',
  'signOut',
  'changePassword',
  'confirmSecondFactor',
  'disableSecondFactor',
];

const LOCK = 'beckon.cookie';

/**
 * As `fetch`, but what changes the cookie runs while no other request of this browser does, in any tab. Otherwise one that
 * set out with the cookie before – such as a page that heard of the change and asks anew – would be refused, and the
 * refusal takes the cookie away: the new one. Over plain http browsers have no locks, and it is `fetch`.
 */
export const fetchInOrder: typeof fetch = (input, init) => {
  // Whatever its type says: it is not there in insecure contexts.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return fetch(input, init);
  const mode = changesCookie(init?.body) ? 'exclusive' : 'shared';
  return locks.request(LOCK, { mode }, () => fetch(input, init));
};

const FIELD = new RegExp(`\\{\\s*(${COOKIE_FIELDS.join('|')})\\(`);

function changesCookie(body: RequestInit['body']): boolean {
  if (typeof body !== 'string') return false;
  const { query } = JSON.parse(body) as { query?: unknown };
  return typeof query === 'string' && query.startsWith('mutation') && FIELD.test(query);
}
