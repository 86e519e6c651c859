import { createTheme, type MantineColorsTuple } from '@mantine/core';

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
    Table: { defaultProps: { verticalSpacing: 'sm' } },
  },
});
