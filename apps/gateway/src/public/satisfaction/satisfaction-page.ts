import { rateByCode } from '@bangfu/contracts/training/satisfaction';
import { html } from '../html.ts';
import type { PublicPage } from '../page.ts';

const PATH = '/public/satisfaction';
const TITLE = '培训评价';
const SCORES = [
  ['5', '很满意'],
  ['4', '满意'],
  ['3', '一般'],
  ['2', '不满意'],
  ['1', '很不满意'],
] as const;

function form(code: string) {
  return html`<form method="post" action="${PATH}" class="form">
    <label for="code">评价条上的评价码</label>
    <input id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" value="${code}" />
    <fieldset><legend>您对这次培训满意吗？</legend>
    ${SCORES.map(([value, text]) => html`<p><label><input type="radio" name="score" value="${value}" required /> ${text}</label></p>`)}
    </fieldset>
    <p>每个评价码用一次，提交后不能再改。培训机构看不到每个人的评价。</p>
    <button type="submit">提交评价</button>
  </form>`;
}

/** A participant's own word on a class, by the code of the slip, without an account. */
export const satisfactionPage: PublicPage = {
  path: PATH,
  listed: TITLE,
  async render({ query }) {
    return { title: TITLE, body: form(query['code'] ?? '') };
  },
  async submit({ form: given, ask, asking }) {
    const code = given['code']?.trim() ?? '';
    const score = Number(given['score']);
    const again = (text: string) => ({
      title: TITLE,
      body: html`<p class="problem" role="alert">${text}</p>${form(code)}`,
    });
    if (code === '' || code.length > 40) return again('请填写评价条上的评价码。');
    if (!SCORES.some(([value]) => value === given['score'])) return again('请选择满意程度。');
    const answer = await ask('training', rateByCode, { body: { code, score } }, asking);
    if (answer.state === 'absent')
      return again('暂时没有收到答复，不能确定评价是否已经记下。请稍后用同一个评价码再试：已经记下的会告诉您。');
    if (answer.state === 'refused') return again(answer.problem.detail);
    const { className, courseName } = answer.data;
    const body = html`<p>谢谢！您对“${courseName}”（${className}）的评价已经记下。</p>`;
    return { title: '评价已记下', body };
  },
};
