import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../local/options.ts';

/** What people read is written in these; tests, fixtures and invented demo data are no messages of the product. */
const WRITTEN = /\.tsx?$/;
const NO_MESSAGES = /\.test\.|\.fixture\.|\/(testing|demo|generated|node_modules)\/|^packages\/(e2e|testkit|bench)\//;

const COUNTED_ZH = '(?:个|完整|自然|工作)*(?:天|日|小时|月|周|岁|元|户|%|％|亩|次|人|倍|成|分|年)';
const TYPED_ZH = [
  new RegExp(`[1-9]\\d*\\s*${COUNTED_ZH}`),
  new RegExp(`[二三四五六七八九十百千两]+(?:分之[一二三四]|${COUNTED_ZH})`),
];
const NUMBER_EN = '(?:[1-9]\\d*|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|sixteen|sixty|half)';
const COUNTED_EN = '(?:days?|hours?|months?|years?|weeks?|yuan|households?|persons?|%|per ?cent|thirds?|mu|times)';
const TYPED_EN = [new RegExp(`\\b${NUMBER_EN}\\s*(?:full |calendar |working |or more )*${COUNTED_EN}(?![a-z])`, 'i')];

/** Texts that name a number of their own, each with why it is no threshold a county may set. */
const NO_THRESHOLD: Readonly<Record<string, string>> = {
  '95% 置信区间': 'the kind of interval, part of the method',
  '95% interval': 'the kind of interval, part of the method',
  '经民主评议、两次公示和乡镇、县审定，现将下列农户予以公告，建立档案。': 'the steps of the procedure',
  '二次分红（元）': 'the name of a dividend',
  '二次分红(元)': 'the name of a dividend',
  '2023年防止返贫监测范围': 'the name of a document',
  '每条记录仍按原来的先后，重复的不会算两次': 'once or twice',
  '一个人一个账号，不共用': 'the three duties of the separation',
  两次输入的新密码不一致: 'once or twice',
  两周内的课次: 'a calendar shows two weeks',
  前两周: 'a calendar shows two weeks',
  后两周: 'a calendar shows two weeks',
  'Two weeks of sessions': 'a calendar shows two weeks',
  'The sessions between two days': 'from a day to a day',
  '$1 年 $2 月 $3 日': 'a date',
  '要有九成把握判出，须抽': 'the certainty a sample is computed for, part of the method',
  三次无人: 'an outcome of the questionnaire',
  年级: 'a class of the school dictionary',
  '比例须在 0 至 100% 之间': 'what a rate can be',
  'A rate must lie between 0 and 100 %': 'what a rate can be',
  '1 月 1 日至 12 月 31 日': 'what a calendar year is',
  'twelve months from the contract’s first day': 'what a contract year is',
  一两分钟: 'a manner of speaking',
};
const REASONS = Object.keys(NO_THRESHOLD);

function sources(): string[] {
  const folders = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name, 'src')),
  );
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && WRITTEN.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !NO_MESSAGES.test(path));
}

/** The texts of a source: its string literals, without comments and without what is filled in. */
function textsOf(path: string): string[] {
  const source = readFileSync(join(ROOT, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '');
  const literals = source.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g);
  return [...literals].map(([, single, double, back]) => single ?? double ?? back ?? '');
}

const filled = /\$?\{+[^{}]*\}+/g;
const isSql = /\b(SELECT|FROM|WHERE|INSERT|UPDATE|VALUES)\b/;

function hasThreshold(text: string): boolean {
  const typed = text.replaceAll(filled, '');
  const isChinese = /\p{Script=Han}/u.test(typed);
  if (!isChinese && (!typed.includes(' ') || isSql.test(typed))) return false;
  return (isChinese ? TYPED_ZH : TYPED_EN).some((pattern) => pattern.test(typed));
}

it('no text of any service or front end has a threshold typed in: it is rendered from the policy in force', () => {
  const used = new Set<string>();
  const found = sources().flatMap((path) =>
    textsOf(path)
      .filter(hasThreshold)
      .filter((text) => {
        const reason = REASONS.find((each) => text.includes(each));
        if (reason) used.add(reason);
        return !reason;
      })
      .map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
  expect(REASONS.filter((reason) => !used.has(reason))).toEqual([]);
});
