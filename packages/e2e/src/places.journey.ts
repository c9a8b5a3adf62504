import { call } from '@bangfu/contracts/core/client';
import { listCertificates } from '@bangfu/contracts/training/certificates';
import { expect, test } from '@playwright/test';
import { ADMIN_PASSWORD, DEMO_PASSWORD } from './accounts.ts';
import { claimsIn } from './claims.ts';
import { connectAs } from './client.ts';
import { PUBLIC, pageAt, WALKERS } from './pages.ts';
import { listen, refuseFaults } from './screen-checks.ts';
import { SIZES, Walk } from './walk.ts';
import { address, lookAt } from './world.ts';

// A walk opens up to sixty pages.
test.setTimeout(600_000);

const claimsOf = (outputDir: string) => claimsIn(`${outputDir}/walked`);

test('不登录就能看的页面', async ({ page }, info) => {
  const { claim } = claimsOf(info.project.outputDir);
  const complaints = listen(page);
  const see = async (pattern: string) => {
    claim(`page ${pattern}`);
    await refuseFaults(page, pattern);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await lookAt(page, `place${pattern.replaceAll(/[/:]+/g, '-')}`);
    }
  };
  await page.goto(address('/sign-in'));
  await see('/sign-in');
  // Before signing in the session itself is refused.
  complaints.splice(0);
  // What a paper says is checked where the code printed on it leads; no page does.
  const office = await connectAs(address(''), 'county', DEMO_PASSWORD);
  const [paper] = (await call(office, listCertificates, { query: { limit: 1 } })).rows;
  const found = ['/public', `/public/verify/${paper?.number ?? ''}`];
  const seen = new Set<string>();
  for (const path of found) {
    const pattern = path === '/public' ? path : pageAt(path, PUBLIC)?.pattern;
    if (!pattern || seen.has(pattern)) continue;
    seen.add(pattern);
    await page.goto(address(path));
    await see(pattern);
    found.push(
      ...(await page
        .locator('a[href^="/public"]')
        .evaluateAll((links) =>
          links.map((link) => (link as HTMLAnchorElement).pathname + (link as HTMLAnchorElement).search),
        )),
    );
  }
  expect(complaints).toEqual([]);
});

for (const who of WALKERS) {
  test(`${who} 打开、使用、离开每一页`, async ({ page }, info) => {
    const password = who === 'admin' ? ADMIN_PASSWORD : DEMO_PASSWORD;
    const answer = await page.request.post(address('/api/session'), { data: { username: who, password } });
    expect(answer.status()).toBe(200);
    const claims = claimsOf(info.project.outputDir);
    const walk = new Walk({ page, who, password, complaints: listen(page), claims });
    await walk.everywhere();
  });
}
