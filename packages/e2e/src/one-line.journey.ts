import { expect, test } from '@playwright/test';
import { dividendChapter } from './one-line/dividend.ts';
import { evaluationChapter } from './one-line/evaluation.ts';
import { pairingChapter } from './one-line/pairing.ts';
import { registerChapter } from './one-line/register.ts';
import { trainingChapter } from './one-line/training.ts';
import { type Line, movedWorld } from './one-line/world.ts';
import { lookAt } from './world.ts';

// One household's way through the whole platform, each step by the person whose step it is, on the screen.
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const line = {} as Line;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  line.world = await movedWorld(process.env['BANGFU_JOURNEY_KAFKA'] === '1');
});
test.afterEach(() => line.world.leave());
test.afterAll(() => line.world.stop());

registerChapter(line);
pairingChapter(line);
dividendChapter(line);
trainingChapter(line);
evaluationChapter(line);

test('一户一档和全县概况里看得到整条线', async ({ browser }) => {
  const page = await line.world.as(browser, 'office', `/dossiers/${line.household.number}`);
  for (const service of ['识别建档', '结对帮扶', '产业帮扶', '技能就业'])
    await expect(page.getByRole('link', { name: `在${service}中打开` })).toBeVisible();
  const story = page.getByRole('region', { name: '大事记' });
  for (const fact of ['公告建档', '走访', '分红', '证书']) await expect(story).toContainText(fact);
  await lookAt(page, 'line-dossier');
  await page.goto('/county');
  await expect(page.getByRole('heading', { name: '凌源市', level: 1 })).toBeVisible();
  await lookAt(page, 'line-county');
});
