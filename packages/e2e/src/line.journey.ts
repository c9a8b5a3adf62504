import { expect, type Page, test } from '@playwright/test';
import { address, lookAt, openRow, seeAnswered, signIn } from './world.ts';

const SERVICES = ['识别建档', '结对帮扶', '产业帮扶', '技能就业', '考核评估'] as const;

test('县级业务员在全县概况看到五个系统的数字和截至时间', async ({ page }) => {
  await signIn(page, 'county', '/county');
  await expect(page.getByRole('heading', { name: '凌源市', level: 1 })).toBeVisible();
  for (const service of SERVICES) {
    const part = page.getByRole('region', { name: service });
    await expect(part.getByText(/^截至 \d{4}-\d{2}-\d{2} \d{2}:\d{2}/)).toBeVisible();
    await expect(part.getByRole('definition').first()).toHaveText(/[1-9]/);
  }
  const register = page.getByRole('region', { name: '识别建档' });
  await expect(register.getByRole('term').filter({ hasText: '登记农户' })).toBeVisible();
  await lookAt(page, 'county-home');

  await register.getByRole('link', { name: '进入识别建档' }).click();
  await expect(page.getByRole('heading', { name: '农户', level: 1 })).toBeVisible();
});

test('在顶栏用户编号查找，打开跨系统的一户一档', async ({ page }) => {
  await signIn(page, 'county', '/pairing/pairings');
  const pairings = page.getByRole('region', { name: '结对情况' });
  const number = (await pairings.locator('tr[data-row-key]').first().innerText()).match(/\d{16}/)?.[0] ?? '';
  expect(number).not.toBe('');

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: '查找农户、人员、编号' })).toBeFocused();
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  const results = page.getByRole('region', { name: '查找结果' });
  await expect(results.getByText(number)).toBeVisible();
  await lookAt(page, 'search');

  await openRow(page, '查找结果');
  await expect(page).toHaveURL(new RegExp(`/dossiers/${number}$`));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const service of ['识别建档', '结对帮扶']) {
    await seeAnswered(page, page.getByRole('link', { name: `在${service}中打开` }));
  }
  await expect(page.getByRole('region', { name: '大事记' }).getByRole('listitem').first()).toBeVisible();
  await lookAt(page, 'dossier');
});

test('识别档案写明步骤、期限和下一步由谁办理', async ({ page }) => {
  await signIn(page, 'county', '/identification/cases?step=village-notice');
  await expect(page.getByRole('heading', { name: '识别退出办理', level: 1 })).toBeVisible();
  await lookAt(page, 'cases');

  await openRow(page, '识别退出办理', '公示中');
  const steps = page.getByRole('list', { name: '办理步骤' });
  for (const step of ['农户申请', '民主评议', '村级公示', '深度核查', '乡镇审核', '县级审定', '公告建档']) {
    await expect(steps.getByRole('listitem').filter({ hasText: step })).toBeVisible();
  }
  await expect(steps.locator('[aria-current=step]')).toBeVisible();
  await expect(page.getByText(/^还有 \d/).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: '由谁办理' })).toBeVisible();
  await lookAt(page, 'case');
});

test('任何人不登录就能看村级公示，并提出异议、凭受理编号查询', async ({ page }) => {
  await page.goto(address('/public/notices'));
  await seeAnswered(page, page.getByRole('heading', { name: '公示公告', level: 1 }));
  await lookAt(page, 'public-notices');

  await page
    .getByRole('listitem')
    .filter({ hasText: '公示中' })
    .filter({ hasText: '村级公示' })
    .last()
    .getByRole('link')
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('公示');
  const list = page.getByRole('table');
  await expect(list.getByRole('columnheader')).toHaveText(['序号', '户主姓名', '所在村']);
  await expect(list).not.toContainText(/\d{6}/);
  await lookAt(page, 'public-notice');

  await page.getByLabel('对哪一户有异议').selectOption({ index: 1 });
  await page.getByLabel('异议内容').fill('该户在县城有商品房一套，请核实后公布结果。');
  await page.getByRole('button', { name: '提交异议' }).click();
  await expect(page.getByRole('heading', { name: '异议已经受理' })).toBeVisible();
  await lookAt(page, 'public-objection-receipt');

  await page.getByRole('link', { name: '凭编号查询答复' }).click();
  await expect(page.getByText('正在核实，尚未答复')).toBeVisible();
  await lookAt(page, 'public-objection');
});

test('证书上的编号任何人都能核验，编号写错也说得明白', async ({ page, browser }) => {
  await signIn(page, 'county', '/training/certificates');
  const row = page.getByRole('region', { name: '证书' }).locator('tr[data-row-key]').first();
  await expect(row).toBeVisible();
  const number = (await row.innerText()).match(/\d{6}-\d{4}-\d{6}-[\dX]/)?.[0] ?? '';
  expect(number).not.toBe('');

  const context = await browser.newContext({ locale: 'zh-CN', viewport: page.viewportSize() });
  const stranger = await context.newPage();
  await stranger.goto(address('/public/verify'));
  await stranger.getByLabel('材料上印的编号或封存码').fill(number);
  await stranger.getByRole('button', { name: '核验真伪' }).click();
  await expect(stranger.getByRole('heading', { name: '证书有效' })).toBeVisible();
  await expect(stranger.getByText(/^\p{Script=Han}\*/u)).toBeVisible();
  await lookAt(stranger, 'public-verify');

  const last = number.endsWith('1') ? '2' : '1';
  await stranger.getByLabel('材料上印的编号或封存码').fill(number.slice(0, -1) + last);
  await stranger.getByRole('button', { name: '核验真伪' }).click();
  await expect(stranger.getByRole('heading', { name: '证书编号有误' })).toBeVisible();
  await context.close();
});

test('出具的收益对账单，凭编号可以核验', async ({ page }) => {
  await signIn(page, 'county', '/industry/statements');
  await expect(page.getByRole('heading', { name: '收益对账单', level: 1 })).toBeVisible();
  await lookAt(page, 'statements');

  await openRow(page, '收益对账单');
  const issued = page.getByRole('region', { name: '已出具的对账单' });
  await page.getByRole('button', { name: '出具对账单' }).click();
  const verify = issued.getByRole('link', { name: '核验' }).first();
  await expect(verify).toBeVisible();
  await lookAt(page, 'statement');

  await verify.click();
  await expect(page.getByText('核验无误')).toBeVisible();
  await expect(page.getByText('收入对账单')).toBeVisible();
});

test('经营主体只看到自己的分红申报，财政看到发放批次', async ({ page, browser }) => {
  const namesOf = async (at: Page) => {
    const rows = at.getByRole('region', { name: '分红申报' }).locator('tr[data-row-key]');
    await expect(rows.first()).toBeVisible();
    return new Set((await rows.allInnerTexts()).map((text) => text.match(/\S+(合作社|公司|农场)/)?.[0]));
  };
  await signIn(page, 'entity', '/industry/declarations');
  const own = await namesOf(page);
  expect(own.size).toBe(1);
  await expect(page.getByRole('link', { name: '申报分红' })).toBeVisible();
  await lookAt(page, 'declarations-entity');
  await openRow(page, '分红申报');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText([...own][0] ?? '');
  await expect(page.getByRole('list', { name: '办理步骤' })).toBeVisible();
  await lookAt(page, 'declaration');

  const context = await browser.newContext({ locale: 'zh-CN', viewport: page.viewportSize() });
  const finance = await context.newPage();
  await signIn(finance, 'finance', '/industry/declarations');
  expect((await namesOf(finance)).size).toBeGreaterThan(1);
  await finance.goto(address('/industry/payments'));
  await expect(finance.getByRole('heading', { name: '发放与确认', level: 1 })).toBeVisible();
  await openRow(finance, '发放与确认');
  await expect(finance.getByRole('button', { name: '下载代发文件（.xlsx）' })).toBeVisible();
  await lookAt(finance, 'payment-batch');
  await context.close();
});

test('评估结果列出三率一度、置信区间和判定', async ({ page }) => {
  await signIn(page, 'county', '/evaluation/');
  await expect(page.getByRole('heading', { name: '评估项目', level: 1 })).toBeVisible();
  await lookAt(page, 'evaluations');

  await page.getByRole('link', { name: '上半年第三方评估' }).click();
  await expect(page.getByRole('heading', { name: '上半年第三方评估', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: '重抽核对' }).click();
  await expect(page.getByText(/^重抽一致/)).toBeVisible();
  await lookAt(page, 'evaluation');

  await page.getByRole('link', { name: '查看结果' }).click();
  await expect(page.getByRole('heading', { name: '三率一度', level: 1, exact: true })).toBeVisible();
  for (const rate of ['综合贫困发生率', '错退率', '漏评率', '群众认可度']) {
    const row = page.getByRole('row', { name: new RegExp(`^${rate}`) });
    await expect(row).toContainText(/\d+\.\d\d%/);
    await expect(row).toContainText(/达标/);
  }
  await lookAt(page, 'evaluation-result');
});
