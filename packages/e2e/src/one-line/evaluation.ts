import { expect, test } from '@playwright/test';
import { call, send } from '@bangfu/contracts/core/client';
import { downloadFrame } from '@bangfu/contracts/evaluation/evaluations';
import { listSample } from '@bangfu/contracts/evaluation/samples';
import { EvaluatorsMachine } from '../verifier.ts';
import { lookAt } from '../world.ts';
import { connectAs } from '../client.ts';
import { fill, sheet } from './hands.ts';
import { COUNTY, type Line, over, PASSWORD } from './world.ts';

const EVALUATION = '年度第三方评估';
const EVALUATOR_MS = 30 * 86_400_000;

/**
 * A third party samples the county; the rates are what its returns say. Three accounts of the office freeze, give the
 * seed and import; the evaluator signs on his own machine.
 */
export function evaluationChapter(line: Line): void {
  test('第三方评估：固定抽样框、公布种子、抽样、回收问卷，三率一度正确', async ({ browser }) => {
    const machine = new EvaluatorsMachine();
    const fingerprint = machine.makeKey();
    await line.world.account('seed-office', '种子专员', over('county-office'));
    await line.world.account('returns-office', '收件专员', over('county-office'));
    const page = await line.world.as(browser, 'office', '/evaluation/evaluations/new');
    await fill(page, { 项目名称: EVALUATION });
    await page.getByLabel('抽取村数').fill('5');
    await fill(page, { 事件名称: '超级大乐透开奖' });
    await page.getByRole('button', { name: '保存方案' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(EVALUATION);
    await fill(page, { 持有人: '评估员甲', '公钥指纹（SHA-256）': fingerprint });
    await page.getByRole('button', { name: '登记公钥指纹' }).click();
    await expect(page.getByRole('region', { name: '评估员签名公钥' })).toContainText(fingerprint);
    await page.getByRole('button', { name: '固定抽样框' }).click();
    await page.getByRole('button', { name: '固定抽样框' }).last().click();
    await expect(page.getByText('抽样框已固定').first()).toBeVisible();
    await expect(page.getByRole('button', { name: '公布种子' })).toHaveAttribute('aria-disabled', 'true');

    // The event of the plan, and the field work, are the day after the frame; another account gives the seed.
    line.world.pass(1);
    const here = new URL(page.url()).pathname;
    const seeding = await line.world.as(browser, 'seed-office', here);
    await fill(seeding, { 种子: 'DLT 26140 03-11-17-22-29 05-08' });
    await seeding.getByRole('button', { name: '公布种子' }).click();
    await seeding.getByRole('button', { name: '抽取样本' }).click();
    await seeding.getByRole('button', { name: '重抽核对' }).click();
    await expect(seeding.getByText(/^重抽一致/)).toBeVisible();
    await expect(seeding.getByRole('button', { name: '查看样本名单' })).toHaveAttribute('aria-disabled', 'true');
    await lookAt(seeding, 'line-sample');

    // One exited person wrongly exited, one general household with two missed persons, one household that disapproves.
    const evaluationId = here.split('/').at(-1) ?? '';
    const params = { evaluationId };
    const scope = {
      kind: 'evaluation' as const,
      id: evaluationId,
      regions: [COUNTY],
      services: ['evaluation' as const],
    };
    const until = new Date(Date.parse(line.world.today()) + EVALUATOR_MS).toISOString();
    await line.world.account('evaluator', '评估员甲', { role: 'evaluator', scope, until });
    const desk = await line.world.as(browser, 'evaluator', '/evaluation/desk');
    const [workbook] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('link', { name: '下载调查表' }).click(),
    ]);
    expect(workbook.suggestedFilename()).toContain('入户调查表');
    const evaluator = await connectAs(line.world.url, 'evaluator', PASSWORD);
    const frame = await (await send(evaluator, downloadFrame, { params })).text();
    const published = await (await fetch(`${line.world.url}/api/public/evaluations`)).text();
    expect(machine.redraw(frame, published, evaluationId)).toContain('sample as published: holds');
    const { rows } = await call(evaluator, listSample, { params, query: { role: 'sample', limit: 500 } });
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
    const receiving = await line.world.as(browser, 'returns-office', here);
    const filled = sheet('问卷.csv', header, ...returns);
    const { name, buffer } = machine.sign(filled.name, filled.buffer, evaluationId);
    const altered = Buffer.from(buffer);
    altered.writeUInt8((altered[300] ?? 0) ^ 1, 300);
    const file = { name, mimeType: 'application/zip' };
    await receiving.locator('input[type=file]').setInputFiles({ ...file, buffer: altered });
    await expect(receiving.getByText('文件在签名之后被改动过，不能导入').first()).toBeVisible();
    await receiving.locator('input[type=file]').setInputFiles({ ...file, buffer });
    await expect(receiving.getByText(`收到 ${rows.length} 份：接受 ${rows.length} 份，退回 0 份`)).toBeVisible();
    await lookAt(receiving, 'line-returns');
    await desk.reload();
    await expect(desk.getByText(name)).toBeVisible();
    const result = await line.world.as(browser, 'office', here);
    await result.getByRole('button', { name: '测算三率一度' }).click();
    await expect(result.getByRole('heading', { name: '三率一度', level: 1, exact: true })).toBeVisible();

    const persons = (some: typeof rows) => some.reduce((sum, row) => sum + row.persons, 0);
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`;
    await expect(result.getByRole('row', { name: /^错退率/ })).toContainText(percent(1, persons(exited)));
    await expect(result.getByRole('row', { name: /^漏评率/ })).toContainText(percent(2, persons(general)));
    await expect(result.getByRole('row', { name: /^群众认可度/ })).toContainText(percent(rows.length - 1, rows.length));
    await lookAt(result, 'line-result');
  });
}
