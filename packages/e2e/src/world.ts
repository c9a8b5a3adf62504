import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';
import { DEMO_PASSWORD } from './accounts.ts';
import { loaded } from './screen-checks.ts';

/** Where the platform of this run listens. */
export const address = (path: string): string => `${process.env['BANGFU_E2E_URL'] ?? ''}${path}`;
const ARTEFACTS = fileURLToPath(new URL('../../../.artefacts/screens/', import.meta.url));

/** Everything axe knows but its experiments, and of these the one about names that people say aloud. */
const READING: axe.RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'label-content-name-mismatch': { enabled: true } },
  resultTypes: ['violations'],
};

/** Signs in through the sign-in page and comes to where the address leads. */
export async function signIn(page: Page, username: string, path = '/', password = DEMO_PASSWORD): Promise<void> {
  await page.goto(address(`/sign-in?next=${encodeURIComponent(path)}`));
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/**
 * Sees a part of a page that several systems answer. On a busy machine one may not answer in time; the page then says
 * so and asks to be opened again, which is done.
 */
export async function seeAnswered(page: Page, part: Locator): Promise<void> {
  const unanswered = page.getByText(/部分系统暂时没有应答|服务暂时不可用/);
  await expect(async () => {
    if (await unanswered.first().isVisible()) await page.reload();
    await expect(part).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
}

/**
 * Refuses a page that people with a screen reader cannot use. With BANGFU_SCREENS=1 a picture of it is kept too, for
 * those who want to look.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  await loaded(page);
  // A button whose act is under way is pale until it is done.
  await expect(page.locator('.ant-btn-loading')).toHaveCount(0);
  if (process.env['BANGFU_SCREENS'] === '1') await keepPicture(page, name);
  // A document keeps it: loading it again for each check took longer than the check.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async (options) => (await (globalThis as unknown as { axe: typeof axe }).axe.run(document, options)).violations,
    READING,
  );
  expect
    .soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`))
    .toEqual([]);
}

async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  // What stays at the edge of the window is drawn where the page was scrolled to.
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: `${ARTEFACTS}${name}-${width}.png`, fullPage: true });
}

/** Opens the row of a list that says so much, by the keyboard as a clerk does. */
export async function openRow(page: Page, list: string, saying: string | RegExp = /./): Promise<void> {
  const rows = page.getByRole('region', { name: list, exact: true }).locator('tr[data-row-key]');
  await rows.filter({ hasText: saying }).first().focus();
  await page.keyboard.press('Enter');
}
