/** The pages that mails lead to with a token, `/activate?token=bkn_lnk_…`. */
export type LinkedPage = 'activate' | 'join' | 'reset-password' | 'verify';
const LINKED: readonly string[] = ['activate', 'join', 'reset-password', 'verify'] satisfies LinkedPage[];

/** Where a token waits while its page deals with it: for this tab only, and until it is closed. */
const keyOf = (page: string): string => `beckon.link.${page}`;

/**
 * Takes the token of a mailed link out of the address bar, where it would be read over a shoulder, bookmarked and kept in the
 * history. To be called before anything else of the page runs.
 */
export function takeLinkToken(): void {
  const url = new URL(window.location.href);
  const page = url.pathname.slice(1);
  const token = url.searchParams.get('token');
  if (token === null || !LINKED.includes(page)) return;
  sessionStorage.setItem(keyOf(page), token);
  url.searchParams.delete('token');
  window.history.replaceState(window.history.state, '', url);
}

/** The token that the page was opened with in this tab, also before a reload; null where there is none. */
export function linkToken(page: LinkedPage): string | null {
  return sessionStorage.getItem(keyOf(page));
}

/** Forgets it, when it was used or cannot be. */
export function dropLinkToken(page: LinkedPage): void {
  sessionStorage.removeItem(keyOf(page));
}
