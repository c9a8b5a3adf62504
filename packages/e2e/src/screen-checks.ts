import { expect, type Page } from '@playwright/test';
import { ACCOUNTS } from './pages.ts';

/** English a Chinese screen may show: abbreviations and programs everyone knows, numbers of papers, what people typed. */
const KNOWN =
  /^(Chrome|Edge|Firefox|Safari|Windows|Linux|Android|iOS|macOS|ID|API|JSON|EN|KB|MB|GB|WPS|PDF|xlsx?|csv|et|ods|zip|signed\.zip|Kappa|wang\.fang|[A-Z]{2}(-[A-Z]{4}){3})$/;
const FAILED = ['问题编号', '没有查看这一页的权限', '没有这一页', '没有办成', '没有完成'];

/** What a person sees of a page, in one question to the browser. */
interface Seen {
  readonly text: string;
  readonly over: number;
}

const see = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      // A choice keeps its values in a box of no size, each named in words for screen readers.
      const isSeen = holder?.checkVisibility() && !holder.closest('[role=listbox]');
      if (isSeen && node.textContent?.trim()) words.push(node.textContent);
    }
    return { text: words.join('\n'), over: (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth };
  });

/** Code and English among the words a person sees; records' own data and machine numbers are not words. */
function untranslated(text: string): string[] {
  const words = text.replace(/https?:\S+|\/api\/\S+|\S+\.(xlsx?|csv)/g, '').match(/[A-Za-z][\w.{}-]*/g) ?? [];
  return [...new Set(words)].filter(
    (word) => /[A-Za-z]{2}/.test(word) && !/\d/.test(word) && !KNOWN.test(word) && !ACCOUNTS.includes(word),
  );
}

/** Waits until the page is there with what it reads, or says that it is not. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1, .bf-state, .bf-problem') &&
      !document.querySelector('[role=status][aria-label="正在读取"], [aria-busy=true], .bf-sheet__body--stale'),
  );
}

/** Refuses what no screen may show. @param name which page and when, for who reads the failure */
export async function refuseFaults(page: Page, name: string): Promise<void> {
  await loaded(page);
  const { text, over } = await see(page);
  const faults = [
    ...FAILED.filter((words) => text.includes(words)),
    ...untranslated(text).map((word) => `not translated: ${word}`),
    ...(over > 0 ? [`${over} px wider than the screen`] : []),
  ];
  expect.soft(faults, name).toEqual([]);
}

/** Collects what the browser complains of: errors on the page, in the console, and answers that were refused. */
export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return complaints;
}
