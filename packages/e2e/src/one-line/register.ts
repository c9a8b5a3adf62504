import { fileURLToPath } from 'node:url';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { call } from '@bangfu/contracts/core/client';
import { getHousehold, type HouseholdRow, listHouseholds } from '@bangfu/contracts/identification/households';
import { lookAt, openRow } from '../world.ts';
import { choose, fill, stands } from './hands.ts';
import { type Line, type MovedWorld, over } from './world.ts';

const FIXTURES = fileURLToPath(new URL('../../../testkit/fixtures/', import.meta.url));

const ABLE = ['ordinary', 'skilled'];

/** The household of this journey: the poorest that was never registered, breaks no rule and has a member able to work. */
async function poorest(world: MovedWorld): Promise<HouseholdRow> {
  const { rows } = await call(world.admin, listHouseholds, { query: { status: 'none', limit: 500 } });
  const candidates = rows
    .filter((row) => row.breaches === 0)
    .sort((a, b) => (a.perCapitaIncomeFen ?? 0) - (b.perCapitaIncomeFen ?? 0));
  for (const row of candidates) {
    const { members } = await call(world.admin, getHousehold, { params: { householdId: row.id } });
    if (members.some(({ labour, birthDate }) => ABLE.includes(labour ?? '') && birthDate > '1975')) return row;
  }
  throw new Error('the roster has no household for this journey');
}

/** The page of the household's case, as somebody. */
export async function atCase(line: Line, browser: Browser, username: string): Promise<Page> {
  const page = await line.world.as(browser, username, '/identification/cases');
  await openRow(page, '识别退出办理', line.household.number);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(line.household.headName);
  return page;
}

const SURVEY: Readonly<Record<string, string>> = {
  '一进：进家门了解情况': '户主常年患病，家中两口人。',
  '二看：看住房、家电、农机具、耕地水源、家庭成员': '砖瓦房，耕地四亩，无农机。',
  '三算：算收入、算支出': '务农收入不稳定，看病支出较大。',
  '四比：与左邻右舍比生活水平': '明显低于邻居。',
  '五议：议是否符合条件': '工作队和村民小组长认为符合。',
  '六定：定初步意见': '建议提交民主评议。',
};
const VOTES = {
  '应到代表（人）': '30',
  '实到代表（人）': '26',
  '赞成（票）': '24',
  '反对（票）': '1',
  '弃权（票）': '1',
  '亲属回避（人）': '0',
};

/** From an empty register to a household on it, by the lawful procedure. */
export function registerChapter(line: Line): void {
  test('管理员导入区划，县级业务员导入花名册', async ({ browser }) => {
    const page = await line.world.as(browser, 'admin', '/regions');
    await page.getByRole('button', { name: '导入区划' }).first().click();
    await page.locator('input[type=file]').setInputFiles(`${FIXTURES}regions/211382.csv`);
    await page.getByRole('button', { name: /导入.*211382\.csv/ }).click();
    await expect(page.getByText(/新增 \d+/)).toBeVisible();
    await lookAt(page, 'line-regions');

    await page.goto('/identification/imports/new');
    await page.locator('input[type=file]').setInputFiles(`${FIXTURES}rosters/clean.xlsx`);
    await page.getByRole('button', { name: /入库/ }).click({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: /撤\s*销/ })).toBeVisible({ timeout: 60_000 });

    line.household = await poorest(line.world);
    const township = line.household.villageCode.slice(0, 9).padEnd(12, '0');
    await line.world.account('village', '村扶贫专干', over('village-officer', line.household.villageCode));
    await line.world.account('township', '乡镇业务员', over('township-officer', township));
    await line.world.account('township-leader', '乡镇分管领导', over('township-leader', township));
    await line.world.account('office', '县扶贫办', over('county-office'));
    await line.world.account('leader', '县分管领导', over('county-leader'));
    await line.world.account('finance', '财政局', over('finance'));
  });

  test('村里宣传发动、入户调查、登记申请、民主评议，张贴村级公示', async ({ browser }) => {
    const page = await line.world.as(browser, 'village', `/identification/cases/new?search=${line.household.number}`);
    await page.getByRole('checkbox', { name: line.household.headName }).check();
    await page.getByRole('button', { name: '为 1 户建立案卷' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '为 1 户建立案卷' }).click();

    await stands(page, '普遍调查');
    await fill(page, {
      调查人: '村扶贫专干、驻村工作队',
      没有标准仍拟识别的理由: '本年没有标准，按两不愁三保障认定。',
      ...SURVEY,
    });
    await page.getByRole('button', { name: '登记入户调查' }).click();

    await stands(page, '农户申请');
    await fill(page, { 申请理由: '因病致贫，申请建档立卡。' });
    await page.getByLabel('农户已签字授权核查家庭信息').check();
    await lookAt(page, 'line-application');
    await page.getByRole('button', { name: '登记农户申请' }).click();

    await stands(page, '民主评议');
    await fill(page, { 会议地点: '村委会会议室', 主持人: '村党支部书记', ...VOTES, 会议记录: '代表逐一发言后投票。' });
    await lookAt(page, 'line-appraisal');
    await page.getByRole('button', { name: '登记民主评议' }).click();

    await stands(page, '村级公示');
    await page.getByRole('button', { name: '张贴公示并封存内容' }).click();
    await expect(page.getByRole('button', { name: '结束公示' })).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByText(/^还有 \d/).first()).toBeVisible();
    await lookAt(page, 'line-notice');
  });

  test('公示未满七个完整日不能结束；期满后结束、深度核查，乡镇公示', async ({ browser }) => {
    line.world.pass(7);
    const early = await atCase(line, browser, 'village');
    await expect(early.getByRole('button', { name: '结束公示' })).toHaveAttribute('aria-disabled', 'true');
    line.world.pass(1);
    const page = await atCase(line, browser, 'village');
    await page.getByRole('button', { name: '结束公示' }).click();

    await stands(page, '深度核查');
    await fill(page, { 核查人: '村扶贫专干、乡镇核查组', 核查情况: '与农户申报一致，无疑点。' });
    await choose(page, '户属性', '一般贫困户');
    await choose(page, '致贫原因', '因病');
    await lookAt(page, 'line-verification');
    await page.getByRole('button', { name: '登记深度核查' }).click();

    await stands(page, '乡镇公示');
    const township = await atCase(line, browser, 'township');
    await township.getByRole('button', { name: '张贴公示并封存内容' }).click();
    await expect(township.getByRole('button', { name: '结束公示' })).toBeVisible();
  });

  test('乡镇和县由不同的人审核，公告建档，农户成为建档立卡贫困户', async ({ browser }) => {
    line.world.pass(8);
    const township = await atCase(line, browser, 'township');
    await township.getByRole('button', { name: '结束公示' }).click();
    await stands(township, '乡镇审核');
    const leader = await atCase(line, browser, 'township-leader');
    await leader.getByRole('button', { name: '乡镇审核通过' }).click();
    await stands(leader, '县级审定');
    await expect(leader.getByRole('button', { name: '县级审定通过' })).toHaveAttribute('aria-disabled', 'true');

    const county = await atCase(line, browser, 'leader');
    await county.getByRole('button', { name: '县级审定通过' }).click();
    await stands(county, '公告建档');
    await fill(county, { 公告文号: '凌扶公告〔2026〕1号' });
    await county.getByRole('button', { name: '公告建档' }).click();
    await expect(county.getByRole('list', { name: '办理步骤' }).locator('[aria-current=step]')).toHaveCount(0);
    await expect(county.getByText('贫困户', { exact: true }).first()).toBeVisible();
    await lookAt(county, 'line-registered');
  });
}
