import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { confirmGrant, listProposedGrants } from '@bangfu/contracts/gateway/accounts';
import type { HouseholdRow } from '@bangfu/contracts/identification/households';
import type { Grant } from '@bangfu/domain/shared/roles';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { createAdmin } from '@bangfu/infra/local/admin';
import { ADMIN_PASSWORD } from '../accounts.ts';
import { accountOf, connectAs, connectFirst } from '../client.ts';
import { dataFolder, removeFolder, startPlatform } from '../start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';

const DAY_MS = 86_400_000;
/** The password of everybody in this journey. */
export const PASSWORD = 'Journey-line-2026';
export const COUNTY = '211382000000';

/** A platform with empty registers whose days the journey lets pass. */
export interface MovedWorld {
  readonly url: string;
  /** The administrator, over the API. */
  readonly admin: Connection;
  /** The business day it is now on the platform. */
  today(): string;
  /** Lets days pass, for the platform and for every page opened after. */
  pass(days: number): void;
  /** A page of an own browser, signed in as somebody, at a place. */
  as(browser: Browser, username: string, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** A page of somebody who has no account. */
  stranger(browser: Browser, path: string): Promise<Page>;
  /** Closes every page that was opened. */
  leave(): Promise<void>;
  /** Makes an account that need not change its password first. */
  account(username: string, name: string, ...grants: Grant[]): Promise<string>;
  stop(): Promise<void>;
}

/** What the chapters share: the platform, and the household they follow, known once the roster is in. */
export interface Line {
  world: MovedWorld;
  household: HouseholdRow;
}

/** Grants a role over a division. */
export const over = (role: Grant['role'], code = COUNTY): Grant => ({ role, scope: { kind: 'region', code } });

/** Confirms everything that waits of an account. */
async function confirmAs(second: Connection, accountId: string): Promise<void> {
  const { rows } = await call(second, listProposedGrants, {});
  for (const { id, account } of rows) {
    if (account.id === accountId) await call(second, confirmGrant, { params: { accountId, grantId: id }, body: {} });
  }
}

/** Starts the platform of the journey; the one BANGFU_MOVED_URL names, with its clock's file, is used as it is. */
export async function movedWorld(kafka: boolean): Promise<MovedWorld> {
  const given = process.env['BANGFU_MOVED_URL'];
  const data = dataFolder();
  const clock = process.env['BANGFU_TEST_CLOCK'] ?? `${data}.clock`;
  if (!given) writeFileSync(clock, '0');
  const args = ['--demo', 'none', ...(kafka ? ['--kafka'] : [])];
  const platform = given ? null : await startPlatform(data, await freePort(), args, clock);
  const url = given ?? platform?.url ?? '';
  const admin = await connectAs(url, 'admin', ADMIN_PASSWORD);
  const now = () => new Date(Date.now() + Number(readFileSync(clock, 'utf8')));

  let second: Promise<Connection> | undefined;
  /** Another administrator, made on the machine as a county makes its second: some roles need two hands. */
  const secondAdministrator = () => {
    second ??= (async () => {
      const { username, password } = await createAdmin({ name: 'admin-two', data });
      return connectFirst(url, username, password, PASSWORD);
    })();
    return second;
  };

  const opened: BrowserContext[] = [];
  const open = async (browser: Browser, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
      ...options,
    });
    opened.push(context);
    const page = await context.newPage();
    await page.clock.setSystemTime(now());
    return page;
  };
  return {
    url,
    admin,
    today: () => businessDayOf(now()),
    pass(days) {
      writeFileSync(clock, String(Number(readFileSync(clock, 'utf8')) + days * DAY_MS));
    },
    async as(browser, username, path, options) {
      const page = await open(browser, options);
      await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
      await page.getByLabel('用户名').fill(username);
      await page.getByLabel('密码', { exact: true }).fill(username === 'admin' ? ADMIN_PASSWORD : PASSWORD);
      await page.getByRole('button', { name: /登\s*录/ }).click();
      await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'));
      return page;
    },
    async stranger(browser, path) {
      const page = await open(browser);
      await page.goto(path);
      return page;
    },
    async leave() {
      for (const context of opened.splice(0)) await context.close();
    },
    async account(username, name, ...grants) {
      const made = await accountOf(admin, { username, name, grants }, PASSWORD);
      if (made.proposed > 0) await confirmAs(await secondAdministrator(), made.id);
      return made.id;
    },
    async stop() {
      await platform?.stop();
      if (!given) for (const each of [data, clock]) removeFolder(each);
    },
  };
}
