import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { signIn } from './world.ts';

const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const ROSTERS = fileURLToPath(new URL('../../testkit/fixtures/rosters/', import.meta.url));

test('the pictures of the README', async ({ page }) => {
  await signIn(page, 'county', '/county');
  await expect(page.getByText('识别建档').first()).toBeVisible();
  await expect(page.getByText('登记农户')).toBeVisible();
  await page.screenshot({ path: `${IMAGES}county.png` });

  await page.goto(new URL('/identification/imports/new', page.url()).href);
  await page.locator('input[type=file]').setInputFiles(`${ROSTERS}messy.xlsx`);
  await expect(page.getByRole('button', { name: /入库/ })).toBeVisible({ timeout: 60_000 });
  await page.screenshot({ path: `${IMAGES}import.png` });

  await page.goto(new URL('/identification/?status=exited', page.url()).href);
  await page.locator('tbody tr[data-row-key]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '家庭成员' })).toBeVisible();
  await page.screenshot({ path: `${IMAGES}household.png` });
});
