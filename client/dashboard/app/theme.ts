import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The blue of the icon; the shades are chosen so that text on white and white on the filled ones pass WCAG AA. */
const signal: MantineColorsTuple = [
  '#eef2ff',
  '#dbe3fd',
  '#b5c4f8',
  '#8ca3f3',
  '#6a86ee',
  '#5070e4',
  '#3f60d8',
  '#3557c9',
  '#2b49ad',
  '#1f3889',
];

export const theme = createTheme({
  primaryColor: 'signal',
  primaryShade: { light: 7, dark: 6 },
  colors: { signal },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: { fontWeight: '650', textWrap: 'balance' },
  autoContrast: true,
  luminanceThreshold: 0.35,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    // Mantine writes a <header>, which a dialog does not keep from being one of the page's.
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
    ModalTitle: { defaultProps: { lh: 1.35 } },
    // It begins with its first item: an element that holds the focus before it is none that a menu may have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Table: { defaultProps: { verticalSpacing: 'sm' } },
  },
});

/** Text in a colour on white, on grey and on the colour's own light shade. */
const DARK_ENOUGH = {
  red: '#b52424',
  pink: '#a61e4d',
  grape: '#862e9c',
  violet: '#5f3dc4',
  indigo: '#364fc7',
  blue: '#1864ab',
  cyan: '#0a6678',
  teal: '#06694b',
  green: '#1f6b2d',
  lime: '#436b09',
  yellow: '#8a4f00',
  orange: '#a83a06',
};

/** Below the white words of a button for what cannot be undone. */
const DEEP_RED = { '--mantine-color-red-filled': '#c92a2a', '--mantine-color-red-filled-hover': '#b02525' };

/** Where Mantine's shades for text are paler than WCAG AA asks for (4.5 to 1) on the surfaces that they stand on. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b6269',
    '--mantine-color-placeholder': '#6b7178',
    '--mantine-color-error': DARK_ENOUGH.red,
    // A device that cannot be chosen is to be read all the same.
    '--mantine-color-disabled-color': '#80868c',
    ...DEEP_RED,
    ...Object.fromEntries(
      Object.entries(DARK_ENOUGH).flatMap(([color, shade]) =>
        ['text', 'light-color', 'outline'].map((use) => [`--mantine-color-${color}-${use}`, shade]),
      ),
    ),
  },
  dark: {
    ...DEEP_RED,
    '--mantine-color-dimmed': '#b0b0b0',
    '--mantine-color-placeholder': '#9c9c9c',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-disabled-color': '#8f8f8f',
    '--mantine-color-anchor': signal[3],
    '--mantine-color-signal-text': signal[3],
    '--mantine-color-violet-text': '#b197fc',
    // What can be pressed is told from text by its colour: Mantine's are nearly white.
    '--mantine-color-signal-light-color': signal[2],
    '--mantine-color-red-light-color': '#ffc9c9',
  },
});
