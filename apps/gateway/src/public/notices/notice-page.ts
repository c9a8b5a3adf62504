import { randomUUID } from 'node:crypto';
import { fileObjection, getPublicNotice } from '@bangfu/contracts/identification/notices';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { Refusal } from '@bangfu/platform/http/refusal';
import { answered } from '../answered.ts';
import { type Html, html } from '../html.ts';
import type { MadePage, PageCall, PublicPage } from '../page.ts';
import { contentField, receiptPage } from './objection-parts.ts';
import { sealOf } from './seal.ts';
import { NOTICE_STANDS } from './words.ts';

type Notice = AnswerOf<typeof getPublicNotice>;
type Form = Readonly<Record<string, string>>;

async function readNotice({ ask, asking, params }: PageCall): Promise<Notice | null> {
  const noticeId = params['noticeId'] ?? '';
  return answered(await ask('identification', getPublicNotice, { params: { noticeId } }, asking));
}

function entriesOf(notice: Notice): Html {
  const rows = notice.entries.map(
    ({ position, name, village }) => html`<tr><td>${position}</td><td>${name}</td><td>${village}</td></tr>`,
  );
  return html`<table><thead><tr><th>序号</th><th>户主姓名</th><th>所在村</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** The form in the order a person thinks: whom, what, and only then who he is, which he need not say. */
function objectionForm(notice: Notice, form: Form, problem: string | null): Html | null {
  const open = notice.entries.filter((entry) => entry.objectionOpen);
  if (open.length === 0) return null;
  const choices = open.map(
    ({ position, name, village }) =>
      html`<option value="${position}" ${{ html: form['position'] === String(position) ? 'selected' : '' }}>${position}　${name}（${village}）</option>`,
  );
  return html`<section class="form" id="objection" aria-labelledby="objection-title">
    <h2 id="objection-title">提出异议</h2>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
    <form method="post" action="/public/notices/${notice.id}">
      <label for="position">对哪一户有异议</label>
      <select id="position" name="position" required><option value="">请选择</option>${choices}</select>
      ${contentField(form, randomUUID())}
      <label for="name">您的姓名（可以不填）</label>
      <input id="name" name="name" maxlength="40" autocomplete="name" value="${form['name'] ?? ''}" />
      <label for="phone">联系电话（可以不填，加密保存）</label>
      <input id="phone" name="phone" type="tel" maxlength="20" autocomplete="tel" value="${form['phone'] ?? ''}" />
      <p>提交后会得到一个受理编号，凭编号可以查询书面答复。异议答复以前，该户的办理暂停。</p>
      <button type="submit">提交异议</button>
    </form>
  </section>`;
}

async function noticePage(call: PageCall, form: Form = {}, problem: string | null = null): Promise<MadePage> {
  const notice = await readNotice(call);
  if (!notice) return null;
  const hangs =
    notice.status === 'opened' ? `，公示期 ${notice.openedOn} 至 ${notice.until}` : `，${notice.openedOn} 发布`;
  const list = notice.entries.length > 0 ? html`${entriesOf(notice)}` : html`<p>公示已经结束，不再显示名单。</p>`;
  return {
    title: notice.title,
    body: html`<p>${notice.number} · ${NOTICE_STANDS[notice.status]}${hangs} · 共 ${notice.households} 户</p>
      ${list} ${objectionForm(notice, form, problem)}
      ${await sealOf(call.verifyAddress(notice.contentHash))}`,
  };
}

/** One notice: names and villages, its seal, and the form to object. */
export const publicNoticePage: PublicPage = {
  path: '/public/notices/:noticeId',
  listed: null,
  render: (call) => noticePage(call),
  async submit({ form, ...call }) {
    const { name, phone, position } = form;
    const asked = await call.ask(
      'identification',
      fileObjection,
      {
        params: { noticeId: call.params['noticeId'] ?? '' },
        body: {
          position: Number(position),
          content: form['content'] ?? '',
          ...(name ? { name } : {}),
          ...(phone ? { phone } : {}),
        },
        // A form sent twice, by a second press or a reload, is one objection.
        ...(form['key'] ? { idempotencyKey: form['key'] } : {}),
      },
      call.asking,
    );
    if (asked.state === 'absent') throw new Refusal(503, 'SERVICE_DOWN');
    if (asked.state === 'answered') return receiptPage(asked.data);
    return noticePage(call, form, position ? asked.problem.detail : '请先选择对哪一户有异议。');
  },
};
