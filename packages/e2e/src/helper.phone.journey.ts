import { call } from '@bangfu/contracts/core/client';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { expect, test } from '@playwright/test';
import { DEMO_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { photo } from './photo.ts';
import { address, lookAt, seeAnswered, signIn } from './world.ts';

test.use({ geolocation: { latitude: 41.2454, longitude: 119.4011 }, permissions: ['geolocation'] });

test('帮扶责任人用手机登记走访：照片、位置、农户确认，提交后在走访记录里看到', async ({ page }) => {
  await signIn(page, 'helper');
  await page.waitForURL(/\/pairing\/$/);
  await expect(page.getByRole('heading', { name: '我的帮扶户', level: 1 })).toBeVisible();
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: '登记走访' }) })
    .first();
  const head = await card.getByRole('link').first().innerText();
  await lookAt(page, 'my-households');

  await card.getByRole('link', { name: '登记走访' }).click();
  await expect(page.getByRole('heading', { name: '登记入户走访', level: 1 })).toBeVisible();
  await lookAt(page, 'visit-empty');

  const submit = page.getByRole('button', { name: '提交走访记录' });
  await submit.click();
  await expect(page.getByText(/还有 \d+ 处需要补充/)).toBeVisible();
  await lookAt(page, 'visit-missing');

  const seen = `新修了水窖，玉米收成正常，孩子在校（${Date.now()}）`;
  await page
    .getByLabel('拍照或选择照片')
    .and(page.locator('input'))
    .setInputFiles([
      { name: '入户.png', mimeType: 'image/png', buffer: photo(200) },
      { name: '水窖.png', mimeType: 'image/png', buffer: photo(60) },
    ]);
  await expect(page.getByRole('img', { name: '第 2 张照片' })).toBeVisible();
  await page.getByRole('button', { name: '获取当前位置' }).click();
  await expect(page.getByRole('button', { name: '已定位' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: head }).first()).toBeChecked();
  await page.getByLabel('看到的情况').fill(seen);
  await page.getByLabel('群众需求').fill('希望参加养殖培训');
  // Nobody has acknowledged anything before the helper says who did, and how.
  for (const radio of await page.getByRole('radio').all()) await expect(radio).not.toBeChecked();
  await expect(page.getByLabel('确认人姓名')).toHaveValue('');
  await page.getByRole('radio', { name: '按指印' }).check();
  await page.getByLabel('确认人姓名').fill(head);
  await expect(page.getByText(/还有 \d+ 处需要补充/)).toBeHidden();
  await lookAt(page, 'visit-filled');

  await submit.click();
  await expect(page.getByRole('heading', { name: '走访情况' })).toBeVisible();
  await expect(page.getByRole('heading', { name: head, level: 1 })).toBeVisible();
  await expect(page.getByText(`${head}（按指印）`)).toBeVisible();
  await expect(page.getByRole('img', { name: '第 2 张照片' })).toBeVisible();
  await lookAt(page, 'visit-saved');

  await page.getByRole('navigation', { name: '本系统栏目' }).getByRole('link', { name: '走访记录' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: head }).filter({ hasText: seen })).toBeVisible();
  await lookAt(page, 'visits');
});

test('帮扶责任人看得到自己帮扶户的一户一档，看不到别人的', async ({ page }) => {
  await signIn(page, 'helper');
  await expect(page.getByRole('heading', { name: '我的帮扶户', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: '一户一档' }).first().click();
  await expect(page).toHaveURL(/\/dossiers\//);
  await seeAnswered(page, page.getByText('家庭基本情况').first());
  await expect(page.getByText('结对帮扶').first()).toBeVisible();
  await lookAt(page, 'helper-dossier');

  const paired = async (username: string) => {
    const connection = await connectAs(address(''), username, DEMO_PASSWORD);
    const { rows } = await call(connection, listPairings, { query: { limit: 500, state: 'paired' } });
    return rows.map(({ number }) => number);
  };
  const mine = await paired('helper');
  const another = (await paired('county')).find((number) => !mine.includes(number));
  const statusOf = async (number = '') =>
    (await page.request.get(address(`/api/households/${number}/dossier`))).status();
  expect([await statusOf(mine[0]), await statusOf(another)]).toEqual([200, 404]);
});
