import { expect, test } from '@playwright/test';
import { call } from '@bangfu/contracts/core/client';
import { listSample } from '@bangfu/contracts/evaluation/samples';
import { lookAt } from '../world.ts';
import { fill, sheet } from './hands.ts';
import type { Line } from './world.ts';

const EVALUATION = '年度第三方评估';

/** A third party samples the county; the rates are what its returns say. */
export function evaluationChapter(line: Line): void {
  test('第三方评估：固定抽样框、公布种子、抽样、回收问卷，三率一度正确', async ({ browser }) => {
    const page = await line.world.as(browser, 'office', '/evaluation/evaluations/new');
    await fill(page, { 项目名称: EVALUATION });
    await page.getByLabel('抽取村数').fill('5');
    await page.getByRole('button', { name: '保存方案' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(EVALUATION);
    // Whoever drafts the thresholds does not approve them.
    await expect(page.getByRole('button', { name: '批准达标标准' })).toBeDisabled();
    const leader = await line.world.as(browser, 'leader', new URL(page.url()).pathname);
    await leader.getByRole('button', { name: '批准达标标准' }).click();
    await expect(leader.getByText('标准批准')).toBeVisible();
    await leader.context().close();
    await page.reload();
    await page.getByRole('button', { name: '固定抽样框' }).click();
    await page.getByRole('button', { name: '固定抽样框' }).last().click();
    await fill(page, { 种子: 'DLT 26140 03-11-17-22-29 05-08', 来源: '福利彩票公告' });
    await page.getByRole('button', { name: '公布种子' }).click();
    await page.getByRole('button', { name: '抽取样本' }).click();
    await page.getByRole('button', { name: '重抽核对' }).click();
    await expect(page.getByText(/^重抽一致/)).toBeVisible();
    const [workbook] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载调查表' }).click(),
    ]);
    expect(workbook.suggestedFilename()).toContain('入户调查表');
    await lookAt(page, 'line-sample');

    // The field work begins the day after the frame.
    line.world.pass(1);
    // One exited person wrongly exited, one general household with two missed persons, one household that disapproves.
    const evaluationId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const params = { evaluationId };
    const { rows } = await call(line.world.admin, listSample, { params, query: { role: 'sample', limit: 500 } });
    const exited = rows.filter((row) => row.stratum === 'exited');
    const general = rows.filter((row) => row.stratum === 'general');
    const returns = rows.map((row) => {
      const wrong = row === exited[0] ? '1' : '';
      const missed = row === general[0] ? '2' : '';
      // A judgement against the register stands on its evidence.
      const [reason, evidence] = wrong || missed ? ['收入不达标', 'e'.repeat(64)] : ['', ''];
      const approval = row === rows[0] ? '不认可' : '认可';
      const answers = ['甲组', line.world.today(), '访谈完成', String(row.persons), '9000', ...Array(6).fill('是')];
      return [
        `${row.householdNumber}-1`,
        row.householdNumber,
        ...answers,
        wrong,
        missed,
        reason,
        approval,
        evidence,
      ].join(',');
    });
    const header =
      '问卷编号,户编号,调查员,调查日期,调查结果,实有人口,人均纯收入(元),不愁吃,不愁穿,义务教育,基本医疗,住房安全,饮水安全,错退人数,漏评人数,认定理由,是否认可,证据校验值';
    await page.locator('input[type=file]').setInputFiles(sheet('密封问卷.csv', header, ...returns));
    await expect(page.getByText(`收到 ${rows.length} 份：接受 ${rows.length} 份，退回 0 份`)).toBeVisible();
    await page.getByRole('button', { name: '测算三率一度' }).click();
    await expect(page.getByRole('heading', { name: '三率一度', level: 1, exact: true })).toBeVisible();

    const persons = (some: typeof rows) => some.reduce((sum, row) => sum + row.persons, 0);
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`;
    await expect(page.getByRole('row', { name: /^错退率/ })).toContainText(percent(1, persons(exited)));
    await expect(page.getByRole('row', { name: /^漏评率/ })).toContainText(percent(2, persons(general)));
    await expect(page.getByRole('row', { name: /^群众认可度/ })).toContainText(percent(rows.length - 1, rows.length));
    await lookAt(page, 'line-result');
  });
}
