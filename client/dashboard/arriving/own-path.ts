/** A place of our own to go to: what another site wrote into the link is not followed. */
export function ownPath(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

/** Another page of arriving, which leads on to the same place: `/sign-up?next=%2Factivate`. */
export function withNext(path: string, next: string | null): string {
  const own = ownPath(next);
  return own === '/' ? path : `${path}?next=${encodeURIComponent(own)}`;
}
