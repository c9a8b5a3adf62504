import { expect, type Page, test } from '@playwright/test';
import { ADMIN_PASSWORD, DEMO_PASSWORD } from './accounts.ts';
import { address, lookAt, signIn } from './world.ts';

interface Stop {
  /** Address within the front end. */
  readonly at: string;
  /** The list whose first record is opened too, and what follows that record's own address. */
  readonly open?: string;
  /** What the opened record says, when not any will do. */
  readonly saying?: string;
  readonly parts?: readonly string[];
}

interface Tour {
  readonly name: string;
  readonly base: string;
  readonly who: string;
  readonly stops: readonly Stop[];
}

const at = (...paths: string[]): Stop[] => paths.map((path) => ({ at: path }));

/** Every place of every front end, each with an account that may see it, and one record of each list. */
const TOURS: readonly Tour[] = [
  {
    name: 'portal',
    base: '/',
    who: 'admin',
    stops: [
      ...at('', 'county', 'announcements', 'regions', 'audit', 'parked', 'jobs', 'password', 'accounts/new'),
      { at: 'accounts', open: '用户与授权' },
      { at: 'search?q=王', open: '查找结果' },
    ],
  },
  {
    name: 'identification',
    base: '/identification/',
    who: 'county',
    stops: [
      { at: '', open: '农户' },
      { at: 'cases?step=village-notice', open: '识别退出办理' },
      { at: 'notices', open: '公示公告', parts: ['/print'] },
      { at: 'imports', open: '导入与合并' },
      ...at('imports/new', 'quality'),
    ],
  },
  { name: 'identification', base: '/identification/', who: 'village', stops: at('cases/new') },
  {
    name: 'pairing',
    base: '/pairing/',
    who: 'county',
    stops: [
      { at: 'visits', open: '走访记录' },
      { at: 'pairings', open: '结对情况' },
      { at: 'plans', open: '结对方案' },
      ...at('', 'cadres', 'cadres/import', 'units'),
    ],
  },
  { name: 'pairing', base: '/pairing/', who: 'helper', stops: at('', 'visits/new') },
  {
    name: 'industry',
    base: '/industry/',
    who: 'county',
    stops: [
      { at: 'contracts', open: '入股合同' },
      { at: 'declarations', open: '分红申报' },
      { at: 'payments', open: '发放与确认' },
      { at: 'statements', open: '收益对账单' },
      ...at('', 'dividends', 'late', 'notices', 'entities/new'),
    ],
  },
  { name: 'industry', base: '/industry/', who: 'entity', stops: at('contracts/new', 'declarations/new') },
  {
    name: 'training',
    base: '/training/',
    who: 'county',
    stops: [
      { at: '', open: '班次', parts: ['/enrol'] },
      ...at('calendar', 'trainees', 'courses', 'providers', 'certificates', 'coverage', 'attendance', 'classes/new'),
    ],
  },
  {
    name: 'evaluation',
    base: '/evaluation/',
    who: 'county',
    stops: [
      { at: '', open: '评估项目', saying: '上半年', parts: ['/plan', '/sample', '/result'] },
      ...at('desk', 'verification', 'evaluations/new'),
    ],
  },
];

/** Everyone's first page: what waits for him. */
const ROLES = (
  'county leader department township township-leader village helper unit entity trainer finance auditor evaluator ' +
  'household'
).split(' ');

const SCREENS = [
  { name: '桌面', use: { viewport: { width: 1440, height: 900 } } },
  { name: '手机', use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
];

/** English a Chinese screen may show: abbreviations everyone knows, and what people typed themselves. */
const KNOWN = /^(ID|API|EN|KB|MB|GB|WPS|PDF|xlsx?|csv|et|ods|signed\.zip|wang\.fang)$/;
const FAILED = ['问题编号', '没有查看这一页的权限', '没有这一页', '没有办成', '没有完成'];

/** Code and English among the words a person sees; records' own data and machine numbers are not words. */
async function untranslated(page: Page): Promise<string[]> {
  const text = await page.locator('body').evaluate((body) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const words: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.checkVisibility()) words.push(node.textContent ?? '');
    }
    return words.join('\n');
  });
  const words = text.replace(/https?:\S+|\S+\.(xlsx?|csv)/g, '').match(/[A-Za-z][\w.{}-]*/g) ?? [];
  const accounts = ['admin', 'county-seed', 'county-returns', ...ROLES];
  return [...new Set(words)].filter(
    (word) => /[A-Za-z]{2}/.test(word) && !/\d/.test(word) && !KNOWN.test(word) && !accounts.includes(word),
  );
}

/** Waits until the page is there with what it reads. */
async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: '正在读取' })).toHaveCount(0);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
}

/** Looks at a page that is there, and refuses what no screen may show. */
async function check(page: Page, name: string): Promise<void> {
  await loaded(page);
  const text = await page.locator('body').innerText();
  expect.soft(FAILED.filter((words) => text.includes(words))).toEqual([]);
  expect.soft(await untranslated(page), `${name}: words`).toEqual([]);
  const over = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
  expect.soft(over, `${name}: wider than the screen`).toBeLessThanOrEqual(0);
  await lookAt(page, name);
}

/** Collects what the browser complains of from now on; before signing in the session itself is refused. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`),
  );
  return complaints;
}

/** Opens the first record of a list, as a row or as a card. */
async function openFirst(page: Page, list: string, saying = ''): Promise<void> {
  const region = page.getByRole('region', { name: list, exact: true });
  const from = page.url();
  await region.locator('.bf-sheet__open, .bf-card__open').filter({ hasText: saying }).first().click();
  await page.waitForURL((url) => url.pathname !== new URL(from).pathname);
}

const fileName = (tour: Tour, path: string) =>
  ['place', tour.name, path.replace(/\?.*/, '').replaceAll('/', '-') || 'first', tour.who].join('-');

// A tour opens a dozen pages.
test.setTimeout(300_000);

for (const screen of SCREENS) {
  test.describe(screen.name, () => {
    test.use(screen.use);
    for (const tour of TOURS) {
      test(`${tour.name} 的每个栏目（${tour.who}）`, async ({ page }) => {
        await signIn(page, tour.who, tour.base, tour.who === 'admin' ? ADMIN_PASSWORD : DEMO_PASSWORD);
        const complaints = listen(page);
        await loaded(page);
        const links = await page.getByRole('navigation', { name: '本系统栏目' }).getByRole('link').all();
        const visited = TOURS.filter(({ name }) => name === tour.name).flatMap(({ base, stops }) =>
          stops.map((stop) => base + stop.at.replace(/\?.*/, '')),
        );
        for (const link of links) expect(visited).toContain(await link.getAttribute('href'));
        for (const stop of tour.stops) {
          await page.goto(address(tour.base + stop.at));
          await check(page, fileName(tour, stop.at));
          if (!stop.open) continue;
          await openFirst(page, stop.open, stop.saying);
          await check(page, `${fileName(tour, stop.at)}-record`);
          const record = page.url().replace(/[?#].*/, '');
          for (const part of stop.parts ?? []) {
            await page.goto(record + part);
            await check(page, `${fileName(tour, stop.at)}-record${part.replace('/', '-')}`);
          }
        }
        expect(complaints).toEqual([]);
      });
    }

    test('不登录就能看的页面', async ({ page }) => {
      await page.goto(address('/sign-in'));
      await check(page, 'sign-in');
      const complaints = listen(page);
      for (const path of ['', '/notices', '/objections', '/verify', '/verify/2026-0001']) {
        await page.goto(address(`/public${path}`));
        await check(page, `public${path.replaceAll('/', '-')}`);
      }
      await page.goto(address('/public/notices'));
      await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
      await check(page, 'public-notices-record');
      expect(complaints).toEqual([]);
    });
  });
}

/** Whose first page is their own file or the households they help, not a list of work. */
const OWN_FIRST = ['household', 'helper', 'unit'];

for (const who of ROLES) {
  test(`${who} 登录后先看到自己的工作`, async ({ page }) => {
    await signIn(page, who);
    const complaints = listen(page);
    for (const { use } of SCREENS) {
      await page.setViewportSize(use.viewport);
      const named = OWN_FIRST.includes(who) ? {} : { name: '我的工作' };
      await expect(page.getByRole('heading', { ...named, level: 1 })).toBeVisible();
      await check(page, `work-${who}`);
    }
    expect(complaints).toEqual([]);
  });
}
