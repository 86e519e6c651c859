import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** How far each address was scrolled when it was left. */
const places = new Map<string, number>();
/** Of so many addresses: who goes back further begins at the top. */
const MOST_PLACES = 100;

let address = window.location.href;
/** Where to scroll to as soon as the page is long enough; null: nowhere, whoever reads scrolls. */
let wanted: number | null = null;
let traversed = false;

/** Whether the present page was come to by going back or forward in the browser: it is to be as it was left. */
export function cameBack(): boolean {
  // The browser changes the address some time before it tells of that; the router's own changes are told of at once.
  return traversed || window.location.href !== address;
}

function go(back: boolean): void {
  const [from, to] = [new URL(address), window.location];
  address = to.href;
  // A filter that changed is no other page.
  if (!back && from.pathname === to.pathname) return;
  traversed = back;
  wanted = back ? (places.get(address) ?? 0) : 0;
  // The page may be there already.
  if (back) scroll();
}

function scroll(): void {
  if (wanted === null) return;
  window.scrollTo(0, wanted);
  if (Math.abs(window.scrollY - wanted) < 2) wanted = null;
}

function remember(): void {
  if (wanted !== null) return;
  places.delete(address);
  places.set(address, window.scrollY);
  const [oldest] = places.keys();
  if (places.size > MOST_PLACES && oldest !== undefined) places.delete(oldest);
}

/** Begins another page at its top, and shows one that was gone back to where it was left, as soon as it is long enough. */
export function useScrollPlace(): void {
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is what it is about
  useEffect(scroll, [path]);
  useEffect(() => {
    window.history.scrollRestoration = 'manual';
    address = window.location.href;
    const away = new AbortController();
    const on = (type: string, listen: () => void): void =>
      window.addEventListener(type, listen, { passive: true, signal: away.signal });
    on('popstate', () => go(true));
    on('pushState', () => go(false));
    on('replaceState', () => go(false));
    on('scroll', remember);
    const give = (): void => {
      wanted = null;
    };
    for (const own of ['wheel', 'touchmove', 'keydown', 'pointerdown']) on(own, give);
    const observer = new ResizeObserver(scroll);
    observer.observe(document.body);
    return () => {
      away.abort();
      observer.disconnect();
    };
  }, []);
}
