import { expect, type Locator, type Page } from '@playwright/test';
import type { Claims } from './claims.ts';
import { type DeclaredPage, PAGES, pageAt } from './pages.ts';
import { loaded, refuseFaults } from './screen-checks.ts';
import { address, lookAt } from './world.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
export const SIZES = [DESK, PHONE];
/** Rows opened in search of a page that no record so far led anybody to. */
const ROWS = 8;
const ROW = 'main a:is(.bf-sheet__open, .bf-card__open)';
const ROW_ON_PAGE = 'main button.bf-sheet__open';
const PLACE = 'nav[aria-label="本系统栏目"] a[href]';
const SYSTEM = 'nav[aria-label="业务系统"] a[href]';
const CHOICE = 'main .bf-bar [role=combobox]';
const FREE = ['input:is(:not([type]), [type=text], [type=search], [type=password]):not([role=combobox])', 'textarea']
  .map((field) => `${field}:not([readonly], :disabled, [aria-hidden=true])`)
  .join(', ');
/** Short of anything that a length would refuse. */
const TYPED = '王';

interface Walker {
  readonly page: Page;
  readonly who: string;
  readonly password: string;
  readonly complaints: string[];
  readonly claims: Claims;
}

/** An address without the row that a list was left at. */
function place({ pathname, searchParams }: URL): string {
  const others = [...searchParams].filter(([key]) => key !== 'at');
  return `${pathname}?${new URLSearchParams(others)}`;
}

/**
 * One person's way through every page that the menu, the lists and the links offer him. Each is opened by a link; the
 * first who comes to a page with so many fields opens it anew on a telephone, uses it, leaves it by a link and comes back.
 */
export class Walk {
  readonly #seen = new Set<string>();
  readonly #given: Walker;
  readonly #page: Page;
  /** Links to pages of other front ends: followed at the end where nothing nearer led there. */
  readonly #far = new Map<string, { readonly from: string; readonly href: string }>();

  constructor(given: Walker) {
    this.#given = given;
    this.#page = given.page;
  }

  /** Every front end the top bar offers, place by place, then what only another front end leads to. */
  async everywhere(): Promise<void> {
    await this.#through('/');
    for (const base of await this.#hrefs(SYSTEM)) if (base !== '/') await this.#through(base);
    for (const [pattern, { from, href }] of this.#far) {
      if (this.#seen.has(pattern)) continue;
      await this.#page.goto(from);
      await loaded(this.#page);
      await this.#follow(href);
    }
  }

  async #through(base: string): Promise<void> {
    await this.#page.goto(address(base));
    await loaded(this.#page);
    await this.#arrive();
    for (const href of await this.#hrefs(PLACE)) {
      const to = pageAt(href);
      if (!to || this.#seen.has(to.pattern)) continue;
      await this.#go(() => this.#link(href).click());
      this.#note(to);
      await this.#arrive();
    }
    await this.#page.locator('header .ant-dropdown-trigger').last().click();
    for (const href of await this.#hrefs('.ant-dropdown a[href]')) {
      const to = pageAt(href);
      if (to && !this.#seen.has(to.pattern)) await this.#follow(href);
    }
  }

  /** The address as the page has it now; the runner hears of a redirect within a page later. */
  async #where(): Promise<URL> {
    return new URL(await this.#page.evaluate(() => location.href));
  }

  /** The first link with this address that is seen. */
  #link(href: string): Locator {
    return this.#page.locator(`a[href="${href}"]`).filter({ visible: true }).first();
  }

  /** The addresses of the links that are seen, without those that open elsewhere or lead nowhere now. */
  #hrefs(links: string): Promise<string[]> {
    return this.#page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLAnchorElement>(selector)]
          .filter((link) => link.checkVisibility() && link.target !== '_blank' && link.ariaDisabled !== 'true')
          .map((link) => link.pathname + link.search + link.hash),
      links,
    );
  }

  /** The page area is made anew for each path; what is marked stands until then. */
  #markPage(): Promise<void> {
    return this.#page.evaluate(() => document.querySelector('main')?.firstElementChild?.setAttribute('data-left', ''));
  }

  async #untilLeft(): Promise<void> {
    await this.#page.waitForFunction(() => !document.querySelector('[data-left]'));
    await loaded(this.#page);
  }

  /** Does what leads to another page and waits until that stands. */
  async #go(act: () => Promise<unknown>): Promise<void> {
    const { pathname: from } = await this.#where();
    await this.#markPage();
    await act();
    await this.#page.waitForFunction((path) => location.pathname !== path, from);
    await this.#untilLeft();
  }

  async #backTo(url: string): Promise<void> {
    const to = place(new URL(url));
    await this.#markPage();
    for (let steps = 0; steps < 8 && place(await this.#where()) !== to; steps++) await this.#page.goBack();
    expect.soft(place(await this.#where()), 'Back comes to where one was').toBe(to);
    await this.#untilLeft();
  }

  #note(page: DeclaredPage): void {
    this.#given.claims.claim(`page ${page.pattern}`);
  }

  /** What stands there now is visited, unless it was. */
  async #arrive(): Promise<DeclaredPage> {
    const { pathname } = await this.#where();
    const here = pageAt(pathname);
    if (!here) throw new Error(`no front end declares ${pathname}`);
    if (this.#seen.has(here.pattern)) await this.#check(here, 'opened again');
    else await this.#visit(here);
    return here;
  }

  async #visit(here: DeclaredPage): Promise<void> {
    this.#seen.add(here.pattern);
    this.#note(here);
    await this.#check(here, 'opened by a link');
    await this.#followLinks(here);
    await this.#openRows(here);
    // Once for each shape: who has other fields on a page has another page.
    const fields = await this.#fields().count();
    if (!this.#given.claims.claim(`used ${here.pattern} with ${fields} fields`)) return;
    await this.#openAnew(here);
    await this.#signInAgain(here);
    await this.#use(here);
    await this.#leave(here);
  }

  /** The fields of the page that anything can be typed into now. */
  #fields(): Locator {
    return this.#page.locator('main').locator(FREE).filter({ visible: true });
  }

  async #check(here: DeclaredPage, when: string): Promise<void> {
    const name = `${here.pattern} ${when}`;
    await refuseFaults(this.#page, name);
    expect.soft(this.#given.complaints.splice(0), name).toEqual([]);
  }

  /** The reading by axe: once for each page and width, whoever comes there first. */
  async #look(here: DeclaredPage, size: typeof DESK): Promise<void> {
    if (!this.#given.claims.claim(`look ${size.width} ${here.pattern}`)) return;
    await lookAt(this.#page, `place${here.pattern.replaceAll(/[/:]+/g, '-')}`);
  }

  /** Follows a link, visits what opens and comes back. */
  async #follow(href: string, hasMore = false): Promise<DeclaredPage> {
    const { href: from } = await this.#where();
    const to = pageAt(href);
    await this.#go(() => this.#link(href).click());
    // A page that leads on to another was opened too.
    if (to) this.#note(to);
    const there = await this.#arrive();
    if (hasMore) await this.#followLinks(there);
    await this.#backTo(from);
    return there;
  }

  async #followLinks(here: DeclaredPage): Promise<void> {
    const { href: from } = await this.#where();
    for (const href of await this.#hrefs('main a[href]')) {
      const to = pageAt(href);
      if (!to || this.#seen.has(to.pattern)) continue;
      if (to.base === here.base) await this.#follow(href);
      else if (!this.#far.has(to.pattern)) this.#far.set(to.pattern, { from, href });
    }
  }

  /** The first row of a list; others too while there is a page of its record that no record led anybody to. */
  async #openRows(here: DeclaredPage): Promise<void> {
    const rows = (await this.#hrefs(ROW)).slice(0, ROWS);
    for (const [index, href] of rows.entries()) {
      if (pageAt(href)?.base !== here.base) return;
      const record = await this.#follow(href, index > 0);
      const deeper = PAGES.filter(({ pattern }) => pattern.startsWith(`${record.pattern}/`));
      if (deeper.every(({ pattern }) => this.#given.claims.wasClaimed(`page ${pattern}`))) return;
    }
  }

  async #openAnew(here: DeclaredPage): Promise<void> {
    await this.#page.setViewportSize(PHONE);
    await this.#page.reload();
    await this.#check(here, 'opened anew on a telephone');
    await this.#look(here, PHONE);
    await this.#page.setViewportSize(DESK);
    await loaded(this.#page);
    await this.#look(here, DESK);
  }

  /** Opens what a row shows on the page, chooses a filter, and types into every field that is free. */
  async #use(here: DeclaredPage): Promise<void> {
    const row = this.#page.locator(ROW_ON_PAGE).first();
    if (await row.isVisible()) await row.click();
    const fields = this.#fields();
    // From the last: a filter, which stands first, may take away what is below it.
    for (let each = (await fields.count()) - 1; each >= 0; each--) {
      await fields.nth(each).fill(TYPED);
      await this.#page.keyboard.press('Tab');
    }
    const choice = this.#page.locator(CHOICE).first();
    if (await choice.isVisible()) for (const key of ['ArrowDown', 'Enter']) await choice.press(key);
    await this.#check(here, 'used');
  }

  /** A sign-in that ends on a page with a form is begun again in place, in this tab and another; nothing typed is lost. */
  async #signInAgain(here: DeclaredPage): Promise<void> {
    // What stands outside the shell has the sign-in before it.
    const field = this.#page
      .locator('.bf-shell main form')
      .locator(FREE)
      .and(this.#page.locator(':not([role=spinbutton])'))
      .filter({ visible: true })
      .first();
    if (!(await field.isVisible()) || !this.#given.claims.claim(`signed in again ${here.pattern}`)) return;
    await field.fill(TYPED);
    const other = await this.#page.context().newPage();
    await other.goto((await this.#where()).href);
    await loaded(other);
    await this.#page.context().clearCookies();
    // As another tab does after an act: everybody asks again.
    await this.#page.evaluate(() => new BroadcastChannel('bangfu.changed').postMessage('gateway'));
    const asked = this.#page.getByRole('dialog', { name: '请重新登录' });
    await expect(other.getByRole('dialog', { name: '请重新登录' })).toBeVisible();
    await asked.getByLabel('密码', { exact: true }).fill(this.#given.password);
    await asked.getByRole('button', { name: '继续办理' }).click();
    await expect(asked).toBeHidden();
    await expect(other.getByRole('dialog', { name: '请重新登录' })).toBeHidden();
    await other.close();
    await expect.soft(field, `${here.pattern}: what was typed`).toHaveValue(TYPED);
    const { complaints } = this.#given;
    complaints.splice(0, complaints.length, ...complaints.filter((said) => !/\b401\b/.test(said)));
    await this.#check(here, 'signed in again');
  }

  async #leave(here: DeclaredPage): Promise<void> {
    const { href: from } = await this.#where();
    const elsewhere = (await this.#hrefs(PLACE)).find((href) => pageAt(href) !== here);
    if (!elsewhere) return;
    await this.#go(() => this.#link(elsewhere).click());
    await this.#backTo(from);
    expect.soft((await this.#where()).href, `${here.pattern}: Back comes to the same address`).toBe(from);
    await this.#check(here, 'come back to');
  }
}
