import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Ends when nothing on the page fades in or moves any more, which axe would take for poor contrast: two frames, in which a
 * transition begins that a change has asked for, and then whatever ends of itself.
 */
const SETTLED = `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let running; running === undefined || running.length > 0; ) {
    await frame();
    await frame();
    running = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(running.map((animation) => animation.finished));
  }
})()`;

/**
 * What axe finds against WCAG 2.2 A and AA and its own best practices on the page as it is now: one line each, none where
 * everybody can use it.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(SETTLED);
  // Not by a script element, which the Content-Security-Policy refuses.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary?.replaceAll('\n', ' ')}`),
  );
}
