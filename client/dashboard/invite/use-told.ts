import { useCallback, useEffect, useRef, useState } from 'react';

/** What a person is told of something that waits for them. */
export interface Told {
  readonly id: string;
  /** Told again where it goes up. */
  readonly revision: number;
  readonly title: string;
  readonly body: string;
  /** In place of the title when it was changed. */
  readonly again: string;
  /** When it waits no more, and it was not answered here. */
  readonly over: string;
}

/** The number makes the same sentence another one, which is told again. */
export interface Spoken {
  readonly text: string;
  readonly number: number;
  /** How often something came in or was changed. */
  readonly arrivals: number;
}

/**
 * Tells of what comes in, changes and goes: to screen readers by the sentence returned, and by the browser where the
 * person allowed that and looks elsewhere.
 * @returns `answered`, to be called for what is answered here, so that its end is not told.
 */
export function useTold(waiting: readonly Told[]): { spoken: Spoken; answered(id: string): void } {
  const [spoken, setSpoken] = useState<Spoken>({ text: '', number: 0, arrivals: 0 });
  const known = useRef(new Map<string, Told>());
  const outside = useRef(new Map<string, Notification>());
  const quiet = useRef(new Set<string>());
  const answered = useCallback((id: string) => void quiet.current.add(id), []);

  useEffect(() => {
    const before = known.current;
    const after = new Map(waiting.map((told) => [told.id, told]));
    known.current = after;
    const sentences: string[] = [];
    let arrived = 0;
    for (const told of waiting) {
      const earlier = before.get(told.id);
      if (earlier && earlier.revision >= told.revision) continue;
      sentences.push(earlier ? told.again : `${told.title} ${told.body}`);
      arrived = 1;
      notify(outside.current, told);
    }
    for (const [id, told] of before) {
      if (after.has(id)) continue;
      if (!quiet.current.delete(id)) sentences.push(told.over);
      outside.current.get(id)?.close();
      outside.current.delete(id);
    }
    if (sentences.length === 0) return;
    setSpoken(({ number, arrivals }) => ({
      text: sentences.join(' '),
      number: number + 1,
      arrivals: arrivals + arrived,
    }));
  });

  useEffect(
    () => () => {
      for (const notification of outside.current.values()) notification.close();
    },
    [],
  );
  return { spoken, answered };
}

function notify(shown: Map<string, Notification>, { id, title, body }: Told): void {
  if (globalThis.Notification?.permission !== 'granted' || document.hasFocus()) return;
  try {
    // The same tag in several tabs: the browser shows it once.
    const notification = new Notification(title, { body, tag: id, requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    shown.set(id, notification);
  } catch {
    // Browsers on Android have no such constructor; there, the page itself has to do.
  }
}
