import { expect, test } from '@playwright/test';
import { address, lookAt, openRow, seeAnswered, signIn } from './world.ts';

const EVALUATION = '年度第三方评估';

test('第三方评估员的工作台可读，名单对本项目样本开放', async ({ page }) => {
  await signIn(page, 'evaluator', '/evaluation/desk');
  const mine = page.getByRole('region', { name: EVALUATION });
  await expect(mine).toBeVisible();
  await expect(mine.getByRole('link', { name: '下载调查表' })).toBeVisible();
  await expect(mine.getByRole('link', { name: '下载抽样框原文' })).toBeVisible();
  // What the office imported, with its hash: the file as it came, the workbook within and the key.
  await expect(
    mine
      .getByRole('row')
      .filter({ hasText: /[0-9a-f]{64}/ })
      .first(),
  ).toBeVisible();
  await lookAt(page, 'evaluator-desk');

  const [workbook] = await Promise.all([
    page.waitForEvent('download'),
    mine.getByRole('link', { name: '下载调查表' }).click(),
  ]);
  expect(workbook.suggestedFilename()).toMatch(/\.xlsx$/);

  await mine.getByRole('link', { name: '查看样本名单' }).click();
  const sample = page.getByRole('region', { name: '样本', exact: true });
  await expect(sample.locator('tr[data-row-key]').first()).toBeVisible();
  await expect(sample).not.toContainText('*');
  await lookAt(page, 'evaluator-sample');

  // From the sample he comes to the dossier, which names head and place of his own households.
  const name = (await sample.locator('tr[data-row-key]').first().getByRole('link').first().textContent()) ?? '';
  await openRow(page, '样本');
  const part = page.getByRole('region', { name: '第三方评估', exact: true });
  await seeAnswered(page, part);
  await expect(part).toContainText(name);
  await expect(part).toContainText('住址');
});

test('第三方评估员看不到任何可以改变数据的按钮', async ({ page }) => {
  await signIn(page, 'evaluator', '/evaluation/');
  await expect(page.getByRole('heading', { name: '评估项目', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: '新建评估项目' })).toHaveCount(0);
  await page.getByRole('link', { name: EVALUATION }).click();
  await expect(page.getByRole('heading', { name: EVALUATION, level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: '回收问卷' }).getByRole('row').nth(1)).toBeVisible();
  for (const change of ['固定抽样框', '公布种子', '抽取样本', '测算三率一度', '修改方案']) {
    for (const role of ['button', 'link'] as const) {
      await expect(page.getByRole(role, { name: change, exact: true })).toHaveCount(0);
    }
  }
  await expect(page.locator('input[type=file]')).toHaveCount(0);
  await lookAt(page, 'evaluator-evaluation');

  await page.goto(address('/industry/declarations'));
  await expect(page.getByRole('button', { name: '申报分红' })).toHaveAttribute('aria-disabled', 'true');
  await page.goto(address('/identification/cases'));
  await expect(page.getByRole('heading', { name: '识别退出办理', level: 1 })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('抽样框校验值、种子和样本校验值不用登录就能看到，样本名单在问卷收齐前不对县里开放', async ({ page, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
  const stranger = await context.newPage();
  await stranger.goto(address('/public'));
  await stranger.getByRole('link', { name: '第三方评估抽样记录' }).click();
  const entry = stranger.getByRole('region', { name: EVALUATION });
  await expect(entry.locator('code')).toHaveCount(5);
  await expect(stranger.getByText('持有抽样框和种子的人都能算出样本')).toBeVisible();
  await context.close();

  await signIn(page, 'county', '/evaluation/');
  await page.getByRole('link', { name: EVALUATION }).click();
  await expect(page.getByRole('button', { name: '查看样本名单' })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('list', { name: '办理步骤' })).toContainText(/还缺 \d+ 份/);
  await expect(page.locator('input[type=file]')).toHaveCount(0);
  await page.goto(address(`${new URL(page.url()).pathname}/sample`));
  await expect(page.getByText('问卷收齐之前，样本户名单只对本项目的评估员开放').first()).toBeVisible();
});

test('样本以外的农户，评估员看到的姓名是遮盖的', async ({ page }) => {
  await signIn(page, 'evaluator', '/identification/');
  const rows = page.getByRole('region', { name: '农户', exact: true }).locator('tr[data-row-key]');
  await expect(rows.first()).toBeVisible();
  for (const row of await rows.all()) await expect(row.getByRole('link').first()).toHaveText(/^\p{Script=Han}\*+$/u);
  await lookAt(page, 'evaluator-households');
});
