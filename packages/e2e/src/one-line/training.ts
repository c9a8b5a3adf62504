import { type Browser, expect, type Page, test } from '@playwright/test';
import { call } from '@bangfu/contracts/core/client';
import { listProviders } from '@bangfu/contracts/training/providers';
import { addDays, businessDay } from '@bangfu/domain/shared/time';
import { lookAt, openRow } from '../world.ts';
import { choose, fill, PHONE } from './hands.ts';
import type { Line } from './world.ts';

const COURSE = '食用菌栽培';
const CLASS = '食用菌栽培第一期';
const PROVIDER = '县职业技术培训中心';

/** The page of the class, as somebody. */
async function atClass(line: Line, browser: Browser, username: string): Promise<Page> {
  const page = await line.world.as(browser, username, '/training/classes');
  await openRow(page, '班次', CLASS);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(CLASS);
  return page;
}

/** A member of the household goes to a class and gets a certificate that anyone can verify. */
export function trainingChapter(line: Line): void {
  test('县里开设班次，村里报名，机构点名、登记成绩，发放的证书任何人可以核验', async ({ browser }) => {
    const office = await line.world.as(browser, 'office', '/training/providers');
    await office.getByRole('button', { name: '登记培训机构' }).first().click();
    await fill(office, { 机构名称: PROVIDER });
    await office.getByRole('button', { name: '保存培训机构' }).click();
    await expect(office.locator('#main')).toContainText(PROVIDER);
    const provider = (await call(line.world.admin, listProviders, { query: { limit: 50 } })).rows.find(
      ({ name }) => name === PROVIDER,
    );
    await line.world.account('trainer', '培训机构', {
      role: 'training-provider',
      scope: { kind: 'provider', id: provider?.id ?? '' },
    });

    await office.goto('/training/courses');
    await office.getByRole('button', { name: '新增课程' }).first().click();
    await fill(office.locator('form'), { 课程名称: COURSE });
    await choose(office, '类别', '种植养殖');
    await fill(office.locator('form'), { 课时: '4' });
    await office.getByRole('button', { name: '保存课程' }).click();
    await expect(office.locator('#main')).toContainText(COURSE);

    await office.goto('/training/classes/new');
    await choose(office, '课程', COURSE);
    await choose(office, '培训机构', PROVIDER);
    const day = addDays(businessDay(line.world.today()), 1);
    await fill(office, { 班次: CLASS, 地点: '村委会会议室', 开课日期: day, 结束日期: day });
    await office.getByRole('button', { name: '开设班次' }).click();
    await expect(office.getByRole('heading', { level: 1 })).toHaveText(CLASS);

    const village = await atClass(line, browser, 'village');
    await village.getByRole('link', { name: '为本班报名' }).click();
    await village.getByRole('searchbox', { name: '户编号或姓名，从开头输入' }).fill(line.household.number);
    await village.keyboard.press('Enter');
    const able = village.getByRole('button', { name: /^为 .+ 报名$/ }).and(village.locator(':not([aria-disabled])'));
    const learner = (await able.first().getAttribute('aria-label'))?.slice(2, -3) ?? '';
    await able.first().click();
    await expect(village.getByText(`${learner} 已报名`)).toBeVisible();
    await lookAt(village, 'line-enrolled');

    line.world.pass(1);
    const trainer = await line.world.as(browser, 'trainer', '/training/attendance', PHONE);
    await trainer.getByText(CLASS).first().click();
    await trainer.getByRole('button', { name: '未点的全部出勤' }).click();
    await lookAt(trainer, 'line-roll');
    await trainer.getByRole('button', { name: '保存点名（1 人）' }).click();
    await expect(trainer.getByText('点名已保存')).toBeVisible();

    line.world.pass(1);
    const results = await atClass(line, browser, 'trainer');
    await results.getByLabel(`成绩 ${learner}`).fill('86');
    await results.getByRole('button', { name: '保存 1 人的成绩' }).click();
    await expect(results.getByText('成绩已保存')).toBeVisible();

    const issuing = await atClass(line, browser, 'office');
    await issuing.getByRole('button', { name: '为 1 人发放证书' }).click();
    await expect(issuing.getByText('已发放 1 本证书')).toBeVisible();
    await issuing.goto('/training/certificates');
    const list = issuing.getByRole('region', { name: '证书', exact: true });
    await expect(list).toContainText(learner);
    const number = (await list.innerText()).match(/\d{6}-\d{4}-\d{6}-[\dX]/)?.[0] ?? '';
    const stranger = await line.world.stranger(browser, '/public/verify');
    await stranger.getByLabel('材料上印的编号或封存码').fill(number);
    await stranger.getByRole('button', { name: '核验真伪' }).click();
    await expect(stranger.getByRole('heading', { name: '证书有效' })).toBeVisible();
  });
}
