import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { call } from '@bangfu/contracts/core/client';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { listDeclarations } from '@bangfu/contracts/industry/declarations';
import { listEntities } from '@bangfu/contracts/industry/entities';
import { lookAt, openRow } from '../world.ts';
import { choose, fill, sheet, stands } from './hands.ts';
import { atCase } from './register.ts';
import type { Line } from './world.ts';

const COOPERATIVE = '向阳种植专业合作社';
const CONTRACT = 'HT-001';

/** The page of the cooperative's declaration, as somebody. */
async function atDeclaration(line: Line, browser: Browser, username: string): Promise<Page> {
  const page = await line.world.as(browser, username, '/industry/declarations');
  await openRow(page, '分红申报', COOPERATIVE);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(COOPERATIVE);
  return page;
}

/** A cooperative takes the household in and pays it a dividend to the fen, which becomes its income evidence. */
export function dividendChapter(line: Line): void {
  /** The dividend year of this journey. */
  const lastYear = () => Number(line.world.today().slice(0, 4)) - 1;

  test('合作社起草入股合同、导入农户名单，乡镇核签', async ({ browser }) => {
    const township = await line.world.as(browser, 'township', '/industry/entities/new');
    await fill(township, {
      名称: COOPERATIVE,
      统一社会信用代码: '93211382MADEM00011',
      '代表人职务（不填姓名）': '理事长',
    });
    await choose(township, '类型', '合作社');
    await choose(township, '所在村', line.household.villageName);
    await township.getByRole('button', { name: '登记经营主体' }).click();
    await expect(township.locator('#main')).toContainText(COOPERATIVE);

    const { rows } = await call(line.world.admin, listEntities, { query: { search: COOPERATIVE, limit: 1 } });
    await line.world.account('entity', COOPERATIVE, {
      role: 'entity',
      scope: { kind: 'entity', id: rows[0]?.id ?? '' },
    });
    const entity = await line.world.as(browser, 'entity', '/industry/contracts/new');
    await choose(entity, '经营主体', COOPERATIVE);
    await fill(entity, {
      合同编号: CONTRACT,
      起始日期: `${lastYear()}-01-01`,
      终止日期: `${lastYear() + 3}-12-31`,
      '农户利润分成（%）': '30',
    });
    await entity.getByRole('button', { name: '起草合同' }).click();
    await expect(entity.getByText('合同没有农户名单')).toBeVisible();

    const others = await call(line.world.admin, listHouseholds, {
      query: { region: line.household.villageCode, limit: 8 },
    });
    const list = [line.household, ...others.rows.filter((row) => row.id !== line.household.id)].map(
      (row, i) =>
        `${row.number},${row.headName},${(5000 + i * 333.33).toFixed(2)},农村商业银行,62172113820000${10 + i}`,
    );
    await entity
      .locator('input[type=file]')
      .setInputFiles(sheet('入股名单.csv', '户编号,姓名,入股金额(元),开户行,账号', ...list));
    await expect(entity.getByText(/已导入 \d+ 户/)).toBeVisible();
    await expect(entity.getByText('条款符合政策')).toBeVisible();
    await lookAt(entity, 'line-contract');

    await township.goto('/industry/contracts');
    await openRow(township, '入股合同', CONTRACT);
    await township.getByLabel('签订日期', { exact: true }).fill(`${lastYear()}-01-05`);
    await township.getByRole('button', { name: '核签合同' }).click();
    await expect(township.getByRole('button', { name: '申报分红' })).toBeVisible();
  });

  test('合作社申报分红，乡镇审核，公示满七日，财政发放，银行回单确认，精确到分', async ({ browser }) => {
    const entity = await line.world.as(browser, 'entity', '/industry/declarations/new');
    await choose(entity, '合同', CONTRACT);
    await fill(entity, { '可分配利润（元，保底之后）': '12345.67' });
    await entity.getByRole('button', { name: '申报分红' }).click();
    await expect(entity.getByRole('heading', { level: 1 })).toHaveText(COOPERATIVE);
    await entity.getByRole('button', { name: '提交乡镇审核' }).click();
    await stands(entity, '乡镇审核');
    await lookAt(entity, 'line-declaration');

    const township = await atDeclaration(line, browser, 'township');
    await township.getByRole('button', { name: '审核通过' }).click();
    await township.getByRole('button', { name: '开始公示' }).click();
    await expect(township.getByRole('button', { name: '结束公示' })).toHaveAttribute('aria-disabled', 'true');
    const villager = await line.world.stranger(browser, '/public/dividend-notices');
    await villager.getByRole('link', { name: COOPERATIVE }).click();
    await expect(villager.getByRole('row', { name: line.household.headName })).toBeVisible();
    await expect(villager.getByRole('heading', { name: '提出异议' })).toBeVisible();
    await lookAt(villager, 'line-dividend-notice');
    line.world.pass(8);
    const village = await atDeclaration(line, browser, 'village');
    await village.getByRole('button', { name: '结束公示' }).click();
    await stands(village, '发放');

    const finance = await atDeclaration(line, browser, 'finance');
    await finance.getByRole('button', { name: '生成发放批次' }).click();
    const [file] = await Promise.all([
      finance.waitForEvent('download'),
      finance.getByRole('button', { name: '下载代发文件（.csv）' }).click(),
    ]);
    const [, ...lines] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    const paid = lines.map((line) => line.split(',')).map(([id, , , , , amount]) => ({ id, amount: amount ?? '' }));
    const receipt = paid.map(({ id, amount }, i) => `${id},${amount},成功,LS${i},`);
    await finance
      .locator('input[type=file]')
      .setInputFiles(sheet('银行回单.csv', '明细编号,金额(元),结果,流水号,失败原因', ...receipt));
    await expect(finance.getByText(`新确认 ${paid.length} 笔，退回 0 笔，退汇 0 笔，无变化 0 笔`)).toBeVisible();
    await lookAt(finance, 'line-payment');

    // Days later the bank returns one of them; it is paid again in a batch of its own.
    const [first] = paid;
    line.world.pass(2);
    await finance
      .locator('input[type=file]')
      .setInputFiles(
        sheet(
          '银行退汇.csv',
          '明细编号,金额(元),结果,流水号,失败原因',
          `${first?.id},${first?.amount},退汇,LS0,户名不符`,
        ),
      );
    await expect(finance.getByText('新确认 0 笔，退回 0 笔，退汇 1 笔，无变化 0 笔')).toBeVisible();
    await finance.getByRole('link', { name: '查看申报' }).click();
    await finance.getByRole('button', { name: '生成发放批次' }).click();
    await expect(finance.getByRole('button', { name: '撤销批次' })).toBeVisible();
    await finance
      .locator('input[type=file]')
      .setInputFiles(
        sheet('银行回单.csv', '明细编号,金额(元),结果,流水号,失败原因', `${first?.id},${first?.amount},成功,LS-2,`),
      );
    await expect(finance.getByText('新确认 1 笔，退回 0 笔，退汇 0 笔，无变化 0 笔')).toBeVisible();

    // To the fen: the bank's lines are the declared total.
    const fen = paid.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
    const [declared] = (await call(line.world.admin, listDeclarations, { query: { limit: 1 } })).rows;
    expect(fen).toBe(declared?.totalFen);

    await finance.getByRole('link', { name: '查看申报' }).click();
    await finance.getByRole('button', { name: '办结申报' }).click();
    await expect(finance.getByText('已办结').first()).toBeVisible();
  });

  test('发放的分红成为识别系统里该户的收入凭证，对账单可以核验', async ({ browser }) => {
    const page = await atCase(line, browser, 'village');
    await expect(page.locator('#income')).toContainText(COOPERATIVE);
    const office = await line.world.as(browser, 'office', '/industry/statements');
    await openRow(office, '收益对账单', line.household.number);
    await office.getByRole('button', { name: '出具对账单' }).click();
    const verify = office.getByRole('link', { name: '核验' }).first();
    const stranger = await line.world.stranger(browser, (await verify.getAttribute('href')) ?? '');
    await expect(stranger.getByText('核验无误')).toBeVisible();
    await lookAt(stranger, 'line-statement-verified');
  });
}
