import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled)';
/** What the arrow keys mean nothing to by themselves. */
const STEPPED = 'a[href], button:not([aria-haspopup]), input[type="checkbox"]';

interface Place {
  readonly row: number;
  readonly column: string;
  /** Which of the focusable things in the cell. */
  readonly nth: number;
}

/**
 * The focus in a list of which only a part is in the document: its row stays there while one scrolls, and the arrow keys
 * take it to the same place in the row above or below.
 */
export function useRowFocus(body: RefObject<HTMLElement | null>, count: number, scrollTo: (row: number) => void) {
  const focused = useRef<number | null>(null);
  const wanted = useRef<Place | null>(null);

  const focusWanted = (): void => {
    if (wanted.current && focusOn(body.current, wanted.current)) wanted.current = null;
  };
  useLayoutEffect(focusWanted);

  return {
    /** The rows to have in the document. */
    rangeExtractor: useCallback((range: Range): number[] => {
      const rows = defaultRangeExtractor(range);
      const at = focused.current;
      if (at === null || at >= range.count || rows.includes(at)) return rows;
      return at < (rows[0] ?? 0) ? [at, ...rows] : [...rows, at];
    }, []),
    onFocus({ target }: FocusEvent<HTMLElement>): void {
      focused.current = placeOf(body.current, target)?.row ?? focused.current;
    },
    onBlur(): void {
      focused.current = null;
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>): void {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const target = event.target as HTMLElement;
      const place = target.matches(STEPPED) ? placeOf(body.current, target) : null;
      if (!place || place.row + step < 0 || place.row + step >= count) return;
      event.preventDefault();
      wanted.current = { ...place, row: place.row + step };
      if (!body.current?.querySelector(`[data-index="${place.row + step}"]`)) scrollTo(place.row + step);
      focusWanted();
    },
  };
}

/** Where an element is in the list; null where it is not in it, as in a menu that a row has opened. */
function placeOf(body: HTMLElement | null, element: HTMLElement): Place | null {
  const row = body?.contains(element) ? element.closest<HTMLElement>('[data-index]') : null;
  const cell = element.closest<HTMLElement>('[data-column]');
  if (!row || !cell) return null;
  const nth = [...cell.querySelectorAll(FOCUSABLE)].indexOf(element);
  return { row: Number(row.dataset['index']), column: cell.dataset['column'] ?? '', nth };
}

/** Focuses what stands at that place, or the first thing in the row; false where the row is not in the document yet. */
function focusOn(body: HTMLElement | null, { row, column, nth }: Place): boolean {
  const found = body?.querySelector(`[data-index="${row}"]`);
  if (!found) return false;
  const inCell = found.querySelector(`[data-column="${column}"]`)?.querySelectorAll<HTMLElement>(FOCUSABLE);
  const target = inCell?.[nth] ?? inCell?.[0] ?? found.querySelector<HTMLElement>(FOCUSABLE);
  target?.focus();
  return true;
}
