import { call } from '@bangfu/contracts/core/client';
import { getMyHousehold } from '@bangfu/contracts/gateway/county';
import { getMyHelper } from '@bangfu/contracts/pairing/pairings';
import { expect, test } from '@playwright/test';
import { DEMO_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { address, lookAt, seeAnswered, signIn } from './world.ts';

test('农户凭户编号登录，只看得到自己家的档案和收益', async ({ page }) => {
  const connection = await connectAs(address(''), 'household', DEMO_PASSWORD);
  const { householdNumber } = await call(connection, getMyHousehold, {});
  await signIn(page, householdNumber);
  // The first page is the household's own: who helps it, its money, where it can object; in large type, within the screen.
  await seeAnswered(page, page.getByRole('heading', { name: '帮扶我家的人' }));
  const { helper } = await call(connection, getMyHelper, {});
  if (helper?.phone) {
    await expect(page.getByRole('link', { name: /打电话给/ })).toHaveAttribute('href', `tel:${helper.phone}`);
  } else {
    await expect(page.getByText(/请向村委会询问/)).toBeVisible();
  }
  await expect(page.getByText(/年已到账的分红/)).toBeVisible();
  await expect(page.getByRole('link', { name: '看名单公示，提异议' })).toBeVisible();
  await expect(page.getByRole('search')).toBeHidden();
  await expect(page.getByRole('link', { name: '后台任务' })).toBeHidden();
  const small = await page
    .locator('.own :is(p, li, h2, a, button)')
    .evaluateAll((parts) =>
      parts.map((part) => Number.parseFloat(getComputedStyle(part).fontSize)).filter((size) => size < 18),
    );
  expect(small).toEqual([]);
  const runsOff = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await runsOff()).toBeLessThanOrEqual(0);
  await lookAt(page, 'household-home');
  await page.getByRole('link', { name: '看我家的登记情况' }).click();
  await expect(page).toHaveURL(new RegExp(`/dossiers/${householdNumber}$`));
  await seeAnswered(page, page.getByText('来源：产业帮扶').first());
  await expect(page.getByRole('link', { name: '在识别建档中打开' })).toBeHidden();
  expect(await runsOff()).toBeLessThanOrEqual(0);
  await lookAt(page, 'household-file');

  // Of industry a household has its own income and nothing else; the front page leads there.
  await page.goto(address('/industry/'));
  await expect(page.getByRole('heading', { name: '收益对账单', level: 1 })).toBeVisible();
  await expect(page.getByText(householdNumber).first()).toBeVisible();
  await expect(page.getByRole('link', { name: '经营主体' })).toBeHidden();
  await lookAt(page, 'household-income');
  await page.goto(address('/industry/contracts'));
  await expect(page.getByText('您没有查看这一页的权限')).toBeVisible();
  await lookAt(page, 'household-forbidden');
});
