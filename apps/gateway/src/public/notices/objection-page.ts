import { trackObjection } from '@bangfu/contracts/identification/notices';
import { answered } from '../answered.ts';
import { html } from '../html.ts';
import type { PublicPage } from '../page.ts';
import { momentOf } from './words.ts';

const OUTCOMES = { upheld: '异议成立，该户退回重新核查', dismissed: '异议不成立，公示继续' } as const;

/** What became of an objection, for whoever holds its receipt number. */
export const objectionPage: PublicPage = {
  path: '/public/objections',
  listed: '异议答复查询',
  async render({ ask, asking, query }) {
    const receipt = query['receipt']?.trim();
    const form = html`<form method="get" action="/public/objections" class="form">
      <label for="receipt">受理编号</label>
      <input id="receipt" name="receipt" required maxlength="20" autocapitalize="characters" value="${receipt ?? ''}" />
      <button type="submit">查询答复</button>
    </form>`;
    const title = '异议答复查询';
    if (!receipt) return { title, body: form };
    const found = answered(await ask('identification', trackObjection, { params: { receipt } }, asking));
    if (!found) {
      return { title, body: html`<p class="problem" role="alert">没有这个受理编号，请核对后重新输入。</p>${form}` };
    }
    const answer = found.outcome
      ? html`<dt>处理结果</dt><dd>${OUTCOMES[found.outcome]}</dd><dt>书面答复</dt><dd>${found.answer}</dd>
          <dt>答复时间</dt><dd>${momentOf(found.answeredAt ?? '')}</dd>`
      : html`<dt>处理结果</dt><dd>正在核实，尚未答复</dd>`;
    const body = html`<dl><dt>受理编号</dt><dd>${found.receipt}</dd>
      <dt>公示</dt><dd>${found.noticeTitle}（${found.noticeNumber}）</dd>
      <dt>受理时间</dt><dd>${momentOf(found.filedAt)}</dd>${answer}</dl>${form}`;
    return { title, body };
  },
};
