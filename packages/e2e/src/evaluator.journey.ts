import { expect, test } from '@playwright/test';
import { address, lookAt, signIn } from './world.ts';

const EVALUATION = '年度第三方评估';

test('第三方评估员的工作台可读，名单对本项目样本开放', async ({ page }) => {
  await signIn(page, 'evaluator', '/evaluation/desk');
  const mine = page.getByRole('region', { name: EVALUATION });
  await expect(mine).toBeVisible();
  await expect(mine.getByRole('link', { name: '下载调查表' })).toBeVisible();
  await lookAt(page, 'evaluator-desk');

  const [workbook] = await Promise.all([
    page.waitForEvent('download'),
    mine.getByRole('link', { name: '下载调查表' }).click(),
  ]);
  expect(workbook.suggestedFilename()).toMatch(/\.xlsx$/);

  await mine.getByRole('button', { name: '查看样本名单' }).click();
  const sample = page.getByRole('region', { name: '样本', exact: true });
  await expect(sample.locator('tr[data-row-key]').first()).toBeVisible();
  await expect(sample).not.toContainText('*');
  await lookAt(page, 'evaluator-sample');
});

test('第三方评估员看不到任何可以改变数据的按钮', async ({ page }) => {
  await signIn(page, 'evaluator', '/evaluation/');
  await expect(page.getByRole('heading', { name: '评估项目', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: '新建评估项目' })).toHaveCount(0);
  await page.getByRole('button', { name: EVALUATION }).click();
  await expect(page.getByRole('heading', { name: EVALUATION, level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: '回收问卷' }).getByRole('row').nth(1)).toBeVisible();
  for (const change of ['固定抽样框', '公布种子', '抽取样本', '测算三率一度', '修改方案']) {
    await expect(page.getByRole('button', { name: change, exact: true })).toHaveCount(0);
  }
  await expect(page.locator('input[type=file]')).toHaveCount(0);
  await lookAt(page, 'evaluator-evaluation');

  await page.goto(address('/industry/declarations'));
  await expect(page.getByRole('button', { name: '申报分红' })).toHaveAttribute('aria-disabled', 'true');
  await page.goto(address('/identification/cases'));
  await expect(page.getByRole('heading', { name: '识别退出办理', level: 1 })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('样本以外的农户，评估员看到的姓名是遮盖的', async ({ page }) => {
  await signIn(page, 'evaluator', '/identification/');
  const rows = page.getByRole('region', { name: '农户', exact: true }).locator('tr[data-row-key]');
  await expect(rows.first()).toBeVisible();
  for (const row of await rows.all()) await expect(row.getByRole('button').first()).toHaveText(/^\p{Script=Han}\*+$/u);
  await lookAt(page, 'evaluator-households');
});
