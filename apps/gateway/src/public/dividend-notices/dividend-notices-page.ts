import { listPublicDividendNotices } from '@bangfu/contracts/industry/dividend-notices';
import { formatYuan } from '@bangfu/domain/shared/money';
import { answered } from '../answered.ts';
import { html } from '../html.ts';
import type { PublicPage } from '../page.ts';
import { hangsSince, titleOf } from './words.ts';

/** The dividend notices that hang now. */
export const dividendNoticesPage: PublicPage = {
  path: '/public/dividend-notices',
  listed: '分红公示',
  async render({ ask, asking, query }) {
    const cursor = query['after'];
    const page = answered(
      await ask('industry', listPublicDividendNotices, { query: { limit: 50, ...(cursor ? { cursor } : {}) } }, asking),
    );
    if (!page) return null;
    const rows = page.rows.map(
      (row) => html`<li>
        <a href="/public/dividend-notices/${row.noticeId}">${titleOf(row)}</a><br />
        <small>${row.from} 至 ${row.to} · ${row.households} 户 · 合计 ${formatYuan(row.totalFen)} 元 · ${hangsSince(row)}</small>
      </li>`,
    );
    const next = page.next
      ? html`<p><a href="/public/dividend-notices?after=${encodeURIComponent(page.next)}">更早的分红公示</a></p>`
      : null;
    const body =
      rows.length === 0
        ? html`<p>目前没有正在进行的分红公示。</p>`
        : html`<p>公示期间，任何人都可以对名单和金额提出异议。点开公示可以查看名单并提交异议。</p><ul>${rows}</ul>${next}`;
    return { title: '分红公示', body };
  },
};
