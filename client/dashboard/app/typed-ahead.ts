import { useWindowEvent } from '@mantine/hooks';
import { palette, paletteStore } from './open-palette.ts';

/**
 * Takes what is typed from the opening of the palette until its field has the focus – its code may still be on its way – into
 * what the field says then, so that no letter is lost or presses what had the focus before.
 */
export function useTypedAhead(): void {
  useWindowEvent('keydown', takeAhead, { capture: true });
}

function takeAhead(event: KeyboardEvent): void {
  // While the palette is open, its own field is the only one that can have the focus.
  if (!paletteStore.getState().opened || event.target instanceof HTMLInputElement) return;
  if (event.key === 'Escape') palette.close();
  const query = event.key === 'Escape' ? '' : after(paletteStore.getState().query, event);
  if (query === null) return;
  event.preventDefault();
  event.stopPropagation();
  paletteStore.updateState((state) => ({ ...state, query }));
}

/** What the field says after a key; null for one that writes nothing. */
function after(text: string, event: KeyboardEvent): string | null {
  // AltGr counts as Ctrl and Alt on Windows, where it writes @ and €.
  const command = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
  if (command) return null;
  if (event.key === 'Enter') return text;
  if (event.key === 'Backspace') return text.slice(0, -1);
  return event.key.length === 1 ? text + event.key : null;
}
