import { expect, test } from '@playwright/test';
import { call } from '@bangfu/contracts/core/client';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { photo } from '../photo.ts';
import { lookAt } from '../world.ts';
import { choose, fill, PHONE, sheet } from './hands.ts';
import type { Line } from './world.ts';

/** The household gets a helper by the county's plan, who visits it with a telephone. */
export function pairingChapter(line: Line): void {
  test('县里导入帮扶干部，测算方案、他人审定、执行，农户有了帮扶责任人', async ({ browser }) => {
    const page = await line.world.as(browser, 'office', '/pairing/cadres/import');
    const cadres = Array.from({ length: 40 }, (_, i) => `农业农村局,帮扶干部${i + 1},一般干部,10000000${i + 100},`);
    await page
      .locator('input[type=file]')
      .setInputFiles(sheet('帮扶干部.csv', '单位,姓名,职级,联系电话,帮扶村', ...cadres));
    await page.getByRole('button', { name: '入库 40 名干部' }).click();
    await expect(page.getByText('名单已入库')).toBeVisible();

    await page.goto('/pairing/plans');
    await page.getByRole('button', { name: '测算方案' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('凌源市');
    await expect(page.getByText('待审定').first()).toBeVisible({ timeout: 30_000 });
    await lookAt(page, 'line-plan');

    const leader = await line.world.as(browser, 'leader', new URL(page.url()).pathname);
    await leader.getByRole('button', { name: /^审定方案/ }).click();
    await expect(leader.getByText('待执行').first()).toBeVisible();

    await page.reload();
    await page.getByRole('button', { name: /^执行方案/ }).click();
    await expect(page.getByText('已执行').first()).toBeVisible();

    await page.goto(`/pairing/pairings?search=${line.household.number}`);
    await expect(page.getByRole('region', { name: '结对情况' })).toContainText('帮扶干部');
  });

  test('帮扶责任人用手机入户走访', async ({ browser }) => {
    const { rows } = await call(line.world.admin, listPairings, { query: { search: line.household.number, limit: 1 } });
    const helper = rows[0]?.helper?.name ?? '';
    await line.world.account('helper', helper);
    const admin = await line.world.as(browser, 'admin', '/accounts/of/helper');
    await admin.getByRole('button', { name: '添加授权' }).click();
    await choose(admin, '角色', '帮扶责任人');
    await choose(admin, '帮扶责任人', helper);
    await lookAt(admin, 'line-grant');
    await admin.getByRole('button', { name: /^授权给/ }).click();
    await expect(admin.getByRole('listitem').filter({ hasText: `${helper}（农业农村局）` })).toBeVisible();

    const page = await line.world.as(browser, 'helper', '/pairing/', PHONE);
    const card = page.getByRole('listitem').filter({ hasText: line.household.headName });
    await lookAt(page, 'line-mine');
    await card.getByRole('link', { name: '登记走访' }).click();
    await page
      .getByLabel('拍照或选择照片')
      .and(page.locator('input'))
      .setInputFiles({ name: '入户.png', mimeType: 'image/png', buffer: photo(90) });
    await page.getByRole('button', { name: '获取当前位置' }).click();
    await expect(page.getByRole('button', { name: '已定位' })).toBeVisible();
    await fill(page, { 看到的情况: '房屋安全，饮水正常。', '群众需求（每行一条，可不填）': '想参加技能培训' });
    await page.getByRole('radio', { name: '签字' }).check();
    await page.getByLabel('确认人姓名').fill(line.household.headName);
    await page.getByRole('button', { name: '提交走访记录' }).click();
    await expect(page.getByRole('heading', { name: '走访情况' })).toBeVisible();
    await lookAt(page, 'line-visit');
  });
}
