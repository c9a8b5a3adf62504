import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { lookAt, signIn } from './world.ts';

const ROSTERS = fileURLToPath(new URL('../../testkit/fixtures/rosters/', import.meta.url));

test('县级业务员导入一份花名册：试运行、看问题、入库、查到农户、撤销', async ({ page }) => {
  await signIn(page, 'county', '/identification/imports/new');
  await expect(page.getByRole('heading', { name: '导入花名册', level: 1 })).toBeVisible();
  await lookAt(page, 'import-choose');

  await page.locator('input[type=file]').setInputFiles(`${ROSTERS}messy.xlsx`);
  const commit = page.getByRole('button', { name: /入库/ });
  await expect(commit).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('messy.xlsx')).toBeVisible();
  await expect(page.getByText('必填项为空').first()).toBeVisible();
  await lookAt(page, 'import-answer');

  const [workbook] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /下载/ }).click(),
  ]);
  expect(workbook.suggestedFilename()).toContain('问题');

  await commit.click();
  await expect(page.getByRole('button', { name: /撤\s*销/ })).toBeVisible({ timeout: 60_000 });
  await lookAt(page, 'import-committed');

  await page.getByRole('button', { name: /撤\s*销/ }).click();
  await expect(page.getByText('已经撤销').first()).toBeVisible({ timeout: 60_000 });
});

test('农户名单可以筛选，回车打开一户，敏感信息要填理由才能看', async ({ page }) => {
  await signIn(page, 'county', '/identification/');
  await expect(page.getByRole('heading', { name: '农户', level: 1 })).toBeVisible();
  const firstRow = page.locator('tbody tr[data-row-key]').first();
  await expect(firstRow).toBeVisible();
  await lookAt(page, 'households');

  await firstRow.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '家庭成员' })).toBeVisible();
  await lookAt(page, 'household');
  await page
    .getByRole('button', { name: /完整证件号码/ })
    .first()
    .click();
  await expect(page.getByLabel('请填写查看理由（记入审计日志）')).toBeFocused();
  await page.keyboard.type('核对身份证复印件');
  await page
    .getByRole('button', { name: /查\s*看/, exact: true })
    .last()
    .click();
  await expect(page.getByText(/\d{17}[\dX]/).first()).toBeVisible();
});
