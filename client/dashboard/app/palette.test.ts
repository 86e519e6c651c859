import { expect, test } from 'vitest';
import { buildCompany, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { dashboardApp, signInOn, type Visit, visit } from '../../testing/dashboard.ts';

/** The code of the palette stays on its way until it is let through. */
async function holdBackPalette({ page }: Visit): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/assets/palette-*.js', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

test('what is typed while the palette is on its way stands in its field, and Enter goes where it says', async () => {
  const app = await dashboardApp();
  const { admin, companyId } = await buildCompany(app);
  await setDevice(app, await buildDevice(app, { name: 'Till 7' }), { companyId });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/account/profile');
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  const arrive = await holdBackPalette(seen);
  const asked = page.waitForRequest('**/assets/palette-*.js');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tilk');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('l 7');
  await asked;
  arrive();
  const field = page.getByRole('textbox', { name: 'Search' });
  await field.waitFor();
  expect(await field.inputValue()).toBe('till 7');
  await page.getByRole('button', { name: 'Till 7' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Till 7' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('Escape takes back a palette that has not come yet, and all that was typed for it', async () => {
  const app = await dashboardApp();
  const { admin } = await buildCompany(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/account/profile');
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  const arrive = await holdBackPalette(seen);
  await page.keyboard.press('/');
  await page.keyboard.type('roles');
  await page.keyboard.press('Escape');
  const arrived = page.waitForResponse('**/assets/palette-*.js');
  arrive();
  await arrived;
  await page.keyboard.press('/');
  await page.keyboard.type('audit');
  const field = page.getByRole('textbox', { name: 'Search' });
  await field.waitFor();
  expect(await field.inputValue()).toBe('audit');
  expect(seen.wrong).toEqual([]);
});
