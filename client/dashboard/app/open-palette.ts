import { createSpotlight } from '@mantine/spotlight';

/** The state of the command palette, apart from it, so that a button can open it before it is loaded. */
export const [paletteStore, palette] = createSpotlight();

export const openPalette = (): void => palette.open();
