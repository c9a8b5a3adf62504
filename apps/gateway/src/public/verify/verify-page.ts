import { verifyNotice } from '@bangfu/contracts/identification/notices';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { verifyStatement } from '@bangfu/contracts/industry/statements';
import { formatYuan } from '@bangfu/domain/shared/money';
import { readPaperNumber, readSeal } from '@bangfu/domain/shared/typed-number';
import { answered } from '../answered.ts';
import { type Html, html } from '../html.ts';
import { NOTICE_STANDS } from '../notices/words.ts';
import type { MadePage, PageCall, PublicPage } from '../page.ts';
import { verifyCertificatePage } from '../verify-certificate.ts';

const genuine = html`<p class="genuine">✓ 核验无误</p>`;
const CHANGED = html`<p class="problem" role="alert">内容与封存时不一致，请向县业务部门反映。</p>`;
const facts = (rows: readonly (readonly [string, string | number])[]): Html =>
  html`<dl>${rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;

type Found = AnswerOf<typeof verifyStatement>;

/** One kind of paper: what its number says, or null when the number is not one of its own. */
type Check = (call: PageCall) => Promise<MadePage>;

const checkNotice: Check = async ({ ask, asking, params }) => {
  const hash = readSeal(params['number'] ?? '');
  if (hash === null) return null;
  const check = answered(await ask('identification', verifyNotice, { query: { hash } }, asking));
  if (!check?.notice) return null;
  const { notice, intact } = check;
  const verdict = intact ? genuine : CHANGED;
  const rows = facts([
    ['公示', notice.title],
    ['编号', notice.number],
    ['张贴日期', notice.openedOn],
    ['户数', notice.households],
    ['状态', NOTICE_STANDS[notice.status]],
  ]);
  const body = html`${verdict}${rows}<p><a href="/public/notices/${notice.id}">查看公示</a></p>`;
  return { title: '公示核验', body };
};

const VERDICTS: Record<Found['seal'], Html> = {
  intact: genuine,
  broken: CHANGED,
  unknown: html`<p class="problem" role="alert">编号属实，但系统中已没有当时的名单，无法核验内容。</p>`,
};
/** What became of a paper after its day. */
const LATER: Record<NonNullable<Found['standing']>, (by: string | null) => Html | null> = {
  current: () => null,
  changed: () => html`<p class="problem">这份材料出具以后，又有新的发放或更正。</p>`,
  superseded: (by) =>
    by
      ? html`<p class="problem">这一版已被新的一版取代：<a href="/public/verify/${by}">${by}</a></p>`
      : html`<p class="problem">这一版已退回重报，新的一版尚未公示。</p>`,
};

const checkStatement: Check = async ({ ask, asking, params }) => {
  const number = readPaperNumber(params['number'] ?? '');
  if (number === null) return null;
  const found = answered(await ask('industry', verifyStatement, { params: { number } }, asking));
  if (!found) return null;
  const verdict = VERDICTS[found.seal];
  const later = found.standing && LATER[found.standing](found.supersededBy);
  const rows = facts([
    ['材料', found.kind === 'dividend-list' ? '分红清单' : '收入对账单'],
    ['编号', found.number],
    ['内容', found.subject],
    ['合计（元）', formatYuan(found.totalFen)],
    ['出具日期', found.issuedOn],
  ]);
  return { title: '分红材料核验', body: html`${verdict}${later}${rows}` };
};

/** A seal with a blank after each sign is not longer; what is longer is no number. */
const LONGEST = 160;

/** The kinds of paper that are verified here; each knows its own numbers. */
const CHECKS: readonly Check[] = [checkNotice, verifyCertificatePage.render, checkStatement];

const formFor = (number: string) => html`<form method="get" action="/public/verify" class="form">
  <label for="number">材料上印的编号或封存码</label>
  <input id="number" name="number" required maxlength="${LONGEST}" value="${number}" />
  <button type="submit">核验真伪</button>
</form>`;

async function verifyPage(call: PageCall, given: string | undefined): Promise<MadePage> {
  const number = given?.trim() ?? '';
  const form = formFor(number);
  const title = '材料核验';
  if (number === '') {
    return { title, body: html`<p>公示、证书、分红清单和对账单都可以在这里核验真伪。</p>${form}` };
  }
  for (const check of number.length <= LONGEST ? CHECKS : []) {
    const made = await check({ ...call, params: { number } });
    if (made) return { title: made.title, body: html`${made.body}${form}` };
  }
  return {
    status: 404,
    title,
    body: html`<p class="problem" role="alert">没有这个编号的材料，请核对后重新输入。</p>${form}`,
  };
}

/** Where anyone checks a paper by typing its number. */
export const verifyFormPage: PublicPage = {
  path: '/public/verify',
  listed: '材料核验',
  render: (call) => verifyPage(call, call.query['number']),
};

/** Where the code on a paper leads. */
export const verifyNumberPage: PublicPage = {
  path: '/public/verify/:number',
  listed: null,
  render: (call) => verifyPage(call, call.params['number']),
};
