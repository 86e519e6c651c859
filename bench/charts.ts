import { shown } from './report.ts';
import type { Comparison } from './results.ts';

const WIDTH = 720;
const NAMES = 300;
const BAR = 22;
const GAP = 8;
/** Right of the longest bar, for its figure. */
const FIGURE = 60;

/** Colours that can be told apart on white and on black, and by who sees no red. */
const LIMIT = '#888888';
const OWN = '#2f7de1';
const OTHER = '#c98500';

/** Horizontal bars, as SVG: each by its ratio to the first. */
export function barChart({ title, figures }: Comparison): string {
  const longest = Math.max(...figures.map(({ ratio }) => ratio));
  const bars = figures.map(({ name, ratio }, i) => {
    const y = GAP + i * (BAR + GAP);
    const width = Math.max(1, (ratio / longest) * (WIDTH - NAMES - FIGURE));
    const colour = i === 0 ? LIMIT : name.startsWith('Beckon') ? OWN : OTHER;
    const middle = y + BAR / 2 + 5;
    return [
      `<text x="${NAMES - 10}" y="${middle}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${NAMES}" y="${y}" width="${width.toFixed(0)}" height="${BAR}" fill="${colour}"/>`,
      `<text x="${(NAMES + width + 8).toFixed(0)}" y="${middle}">${shown(ratio)}</text>`,
    ].join('');
  });
  const height = GAP + figures.length * (BAR + GAP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escaped(title)}: ÷ ${escaped(figures[0]?.name ?? '')}</title>`,
    '<style>text{font:14px system-ui,sans-serif;fill:#777}</style>',
    ...bars,
    '</svg>\n',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
