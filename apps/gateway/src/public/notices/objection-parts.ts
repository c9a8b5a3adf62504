import { html, type Html } from '../html.ts';
import type { MadePage } from '../page.ts';
import { momentOf } from './words.ts';

/** What whoever objected gets. */
interface Receipt {
  readonly receipt: string;
  readonly filedAt: string;
  readonly repeated: boolean;
}

/** The page that gives whoever objected the number of his objection; it is shown this once. */
export function receiptPage({ receipt, filedAt, repeated }: Receipt): MadePage {
  return {
    title: repeated ? '这条异议此前已经受理' : '异议已经受理',
    body: html`${repeated ? html`<p>您对同一对象提过同样的异议，不重复受理，受理编号不变。</p>` : null}<p>您的受理编号是：</p>
      <p class="receipt">${receipt}</p>
      <p>受理时间：${momentOf(filedAt)}。请抄下或打印本页；编号只显示这一次。</p>
      <p><a href="/public/objections?receipt=${receipt}">凭编号查询答复</a></p>`,
  };
}

/** Where the objection is written down; the number of the form makes one objection of what is sent twice. */
export function contentField(form: Readonly<Record<string, string>>, key: string): Html {
  return html`<input type="hidden" name="key" value="${form['key'] ?? key}" />
      <label for="content">异议内容（请写明事实，至少 5 个字）</label>
      <textarea id="content" name="content" rows="5" required minlength="5" maxlength="1000">${form['content'] ?? ''}</textarea>`;
}
