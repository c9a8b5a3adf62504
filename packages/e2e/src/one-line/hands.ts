import { expect, type Locator, type Page } from '@playwright/test';

/** Waits until the case stands at a step. */
export const stands = (page: Page, step: string) =>
  expect(page.getByRole('list', { name: '办理步骤' }).locator('[aria-current=step]')).toContainText(step);

/** Fills fields by their labels. */
export async function fill(page: Page | Locator, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
}

/** Chooses an option of a selection box; where the box searches, by its words. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.locator('form').getByRole('combobox', { name: label }).click();
  await page.keyboard.type(option);
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: option })
    .first()
    .click();
}

/** A file that somebody brings, made here. */
export const sheet = (name: string, ...lines: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

/** A helper's telephone, with a position. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  geolocation: { latitude: 41.2454, longitude: 119.4011 },
  permissions: ['geolocation'],
};
