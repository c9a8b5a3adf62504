import { trackObjection } from '@bangfu/contracts/identification/notices';
import { trackDividendObjection } from '@bangfu/contracts/industry/dividend-notices';
import { Refusal } from '@bangfu/platform/http/refusal';
import { html } from '../html.ts';
import type { PageCall, PublicPage } from '../page.ts';
import { momentOf } from './words.ts';

/** What became of an objection, whatever it was raised against. */
interface Tracked {
  readonly receipt: string;
  readonly notice: string;
  readonly filedAt: string;
  readonly outcome: string | null;
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

const HOUSEHOLD_OUTCOMES = { upheld: '异议成立，该户退回重新核查', dismissed: '异议不成立，公示继续' } as const;
const DIVIDEND_OUTCOMES = {
  upheld: '异议成立，分红名单退回经营主体重报',
  dismissed: '异议不成立，公示继续',
  lapsed: '这次公示已因其他异议退回重报，重报的名单将再次公示',
} as const;

/** Asks those who take objections for one by its number; null when none of them knows it. @throws Refusal 503 when one did not answer */
async function track({ ask, asking }: PageCall, receipt: string): Promise<Tracked | null> {
  const input = { params: { receipt } };
  const [household, dividend] = await Promise.all([
    ask('identification', trackObjection, input, asking),
    ask('industry', trackDividendObjection, input, asking),
  ]);
  if (household.state === 'answered') {
    const { noticeTitle, noticeNumber, outcome, ...rest } = household.data;
    return { ...rest, notice: `${noticeTitle}（${noticeNumber}）`, outcome: outcome && HOUSEHOLD_OUTCOMES[outcome] };
  }
  if (dividend.state === 'answered') {
    const { noticeTitle, outcome, ...rest } = dividend.data;
    return { ...rest, notice: noticeTitle, outcome: outcome && DIVIDEND_OUTCOMES[outcome] };
  }
  if (household.state === 'absent' || dividend.state === 'absent') throw new Refusal(503, 'SERVICE_DOWN');
  return null;
}

/** What became of an objection, for whoever holds its receipt number. */
export const objectionPage: PublicPage = {
  path: '/public/objections',
  listed: '异议答复查询',
  async render(call) {
    const receipt = call.query['receipt']?.trim();
    const form = html`<form method="get" action="/public/objections" class="form">
      <label for="receipt">受理编号</label>
      <input id="receipt" name="receipt" required maxlength="20" autocapitalize="characters" value="${receipt ?? ''}" />
      <button type="submit">查询答复</button>
    </form>`;
    const title = '异议答复查询';
    if (!receipt) return { title, body: form };
    const found = await track(call, receipt);
    if (!found) {
      return { title, body: html`<p class="problem" role="alert">没有这个受理编号，请核对后重新输入。</p>${form}` };
    }
    const answer = found.answer
      ? html`<dt>书面答复</dt><dd>${found.answer}</dd><dt>答复时间</dt><dd>${momentOf(found.answeredAt ?? '')}</dd>`
      : null;
    const body = html`<dl><dt>受理编号</dt><dd>${found.receipt}</dd>
      <dt>公示</dt><dd>${found.notice}</dd>
      <dt>受理时间</dt><dd>${momentOf(found.filedAt)}</dd>
      <dt>处理结果</dt><dd>${found.outcome ?? '正在核实，尚未答复'}</dd>${answer}</dl>${form}`;
    return { title, body };
  },
};
