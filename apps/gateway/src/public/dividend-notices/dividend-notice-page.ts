import { randomUUID } from 'node:crypto';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getPublicDividendNotice, raiseDividendObjection } from '@bangfu/contracts/industry/dividend-notices';
import { formatYuan } from '@bangfu/domain/shared/money';
import { Refusal } from '@bangfu/platform/http/refusal';
import { answered } from '../answered.ts';
import { type Html, html } from '../html.ts';
import { contentField, receiptPage } from '../notices/objection-parts.ts';
import { sealOf } from '../notices/seal.ts';
import type { MadePage, PageCall, PublicPage } from '../page.ts';
import { hangsSince, titleOf } from './words.ts';

type Notice = AnswerOf<typeof getPublicDividendNotice>;
type Form = Readonly<Record<string, string>>;

const MOST_LINES = 500;

/** Who has just objected, or comes back to an old address, must not read that there never was such a notice. */
const over: MadePage = {
  status: 404,
  title: '没有正在进行的这个公示',
  body: html`<p>公示期已满，或者名单已退回经营主体重报（重报以后会再次公示）。</p>
    <p><a href="/public/dividend-notices">正在进行的分红公示</a></p>
    <p><a href="/public/objections">凭受理编号查询异议答复</a></p>`,
};

function linesOf({ noticeId, lines }: Notice): Html {
  const rows = lines.rows.map(
    ({ lineNumber, headName, villageName, amountFen }) =>
      html`<tr><td>${lineNumber}</td><td>${headName}</td><td>${villageName}</td><td class="money">${formatYuan(amountFen)}</td></tr>`,
  );
  const next = lines.next
    ? html`<p><a href="/public/dividend-notices/${noticeId}?after=${encodeURIComponent(lines.next)}">名单下一页</a></p>`
    : null;
  return html`<table><thead><tr><th>序号</th><th>户主姓名</th><th>所在村</th><th class="money">分红（元）</th></tr></thead><tbody>${rows}</tbody></table>${next}`;
}

function objectionForm({ noticeId }: Notice, form: Form, problem: string | null): Html {
  return html`<section class="form" id="objection" aria-labelledby="objection-title">
    <h2 id="objection-title">提出异议</h2>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
    <form method="post" action="/public/dividend-notices/${noticeId}">
      ${contentField(form, randomUUID())}
      <p>请写明是哪一户、哪个金额。提交后会得到一个受理编号，凭编号可以查询书面答复。异议答复以前，公示期暂停，这份分红不发放。</p>
      <button type="submit">提交异议</button>
    </form>
  </section>`;
}

async function noticePage(call: PageCall, form: Form = {}, problem: string | null = null): Promise<MadePage> {
  const cursor = call.query['after'];
  const params = { noticeId: call.params['noticeId'] ?? '' };
  const query = { limit: MOST_LINES, ...(cursor ? { cursor } : {}) };
  const notice = answered(await call.ask('industry', getPublicDividendNotice, { params, query }, call.asking));
  if (!notice) return over;
  const { households, totalFen, verifyNumber } = notice;
  return {
    title: titleOf(notice),
    body: html`<p>${hangsSince(notice)} · 共 ${households} 户，合计 ${formatYuan(totalFen)} 元</p>
      ${linesOf(notice)} ${objectionForm(notice, form, problem)}
      ${await sealOf(call.verifyAddress(verifyNumber))}`,
  };
}

/** The dividend notice of a village: names, villages and sums, its seal, and the form to object. */
export const dividendNoticePage: PublicPage = {
  path: '/public/dividend-notices/:noticeId',
  listed: null,
  render: (call) => noticePage(call),
  async submit({ form, ...call }) {
    const asked = await call.ask(
      'industry',
      raiseDividendObjection,
      {
        params: { noticeId: call.params['noticeId'] ?? '' },
        body: { text: form['content'] ?? '' },
        // A form sent twice, by a second press or a reload, is one objection.
        ...(form['key'] ? { idempotencyKey: form['key'] } : {}),
      },
      call.asking,
    );
    if (asked.state === 'absent') throw new Refusal(503, 'SERVICE_DOWN');
    if (asked.state === 'answered') return receiptPage(asked.data);
    return noticePage(call, form, asked.problem.detail);
  },
};
