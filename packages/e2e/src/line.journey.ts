import { expect, type Page, test } from '@playwright/test';
import { address, lookAt, signIn } from './world.ts';

const SERVICES = ['农户识别', '结对帮扶', '产业带动', '技能培训', '评估考核'] as const;

/** The first row of the list that is shown; opening it is the reader's own Enter. */
const firstRow = (page: Page) => page.getByRole('row').nth(1);

test('县级业务员在全县概况看到五个系统的数字和截至时间', async ({ page }) => {
  await signIn(page, 'county', '/county');
  await expect(page.getByRole('heading', { name: '凌源市', level: 1 })).toBeVisible();
  for (const service of SERVICES) {
    const part = page.getByRole('region', { name: service });
    await expect(part.getByText(/^截至 \d{4}-\d{2}-\d{2} \d{2}:\d{2}/)).toBeVisible();
    await expect(part.getByRole('definition').first()).toHaveText(/\d/);
  }
  await expect(page.getByRole('region', { name: '农户识别' }).getByText('登记农户')).toBeVisible();
  await lookAt(page, 'county-home');
});
