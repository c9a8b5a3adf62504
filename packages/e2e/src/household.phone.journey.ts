import { call } from '@bangfu/contracts/core/client';
import { getMyHousehold } from '@bangfu/contracts/gateway/county';
import { expect, test } from '@playwright/test';
import { DEMO_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { address, lookAt, seeAnswered, signIn } from './world.ts';

test('农户凭户编号登录，只看得到自己家的档案和收益', async ({ page }) => {
  const connection = await connectAs(address(''), 'household', DEMO_PASSWORD);
  const { householdNumber } = await call(connection, getMyHousehold, {});
  await signIn(page, householdNumber);
  await page.getByRole('link', { name: '我家的档案' }).click();
  await expect(page).toHaveURL(new RegExp(`/dossiers/${householdNumber}$`));
  await seeAnswered(page, page.getByText('来源：产业帮扶').first());
  await expect(page.getByRole('link', { name: '在识别建档中打开' })).toBeHidden();
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
