import { useHotkeys } from '@mantine/hooks';
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

/** Handed to the element that holds the cards. */
interface Corner {
  readonly ref: RefObject<HTMLDivElement | null>;
  onFocus(event: FocusEvent): void;
  onBlur(event: FocusEvent): void;
  onKeyDown(event: KeyboardEvent): void;
}

/**
 * Alt+I goes to the first card in the corner and, from within, back to where one was; Escape goes back as well. When the
 * card that has the focus vanishes, the next one gets it, or the place where one was: never nothing.
 * @param count of the cards.
 */
export function useWayBack(count: number): Corner {
  const ref = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  const from = useRef<Element | null>(null);
  // The cards may have been put aside: then to the button that shows them.
  const firstCard = () => ref.current?.querySelector<HTMLElement>('article') ?? ref.current?.querySelector('button');
  const goBack = (): void => {
    if (from.current instanceof HTMLElement && from.current.isConnected) from.current.focus();
    else document.getElementById('content')?.focus();
  };
  // By the key's place, because Option+I writes an accent on a Mac; also out of fields that are being filled in.
  useHotkeys([['alt+I', () => (inside.current ? goBack() : firstCard()?.focus()), { usePhysicalKeys: true }]], []);

  const shown = useRef(count);
  useEffect(() => {
    const lost = count < shown.current && inside.current && document.activeElement === document.body;
    shown.current = count;
    if (!lost) return;
    const next = firstCard();
    if (next) {
      next.focus();
    } else {
      inside.current = false;
      goBack();
    }
  });
  return {
    ref,
    onFocus(event) {
      if (inside.current) return;
      inside.current = true;
      from.current = event.relatedTarget;
    },
    onBlur({ relatedTarget }) {
      // Without another element that has the focus now, the card itself may be gone: see above.
      if (relatedTarget instanceof Node && !ref.current?.contains(relatedTarget)) inside.current = false;
    },
    onKeyDown({ key }) {
      if (key === 'Escape') goBack();
    },
  };
}
