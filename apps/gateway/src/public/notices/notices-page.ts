import { listPublicNotices } from '@bangfu/contracts/identification/notices';
import { answered } from '../answered.ts';
import { html } from '../html.ts';
import type { PublicPage } from '../page.ts';
import { NOTICE_STANDS } from './words.ts';

/** The notices now open and the announcements made. */
export const noticesPage: PublicPage = {
  path: '/public/notices',
  listed: '公示公告',
  async render({ ask, asking, query }) {
    const cursor = query['after'];
    const page = answered(
      await ask('identification', listPublicNotices, { query: { limit: 50, ...(cursor ? { cursor } : {}) } }, asking),
    );
    if (!page) return null;
    const rows = page.rows.map(
      (row) => html`<li>
        <a href="/public/notices/${row.id}">${row.title}</a><br />
        <small>${row.number} · ${row.households} 户 · ${row.openedOn} ${
          row.status === 'opened' ? `至 ${row.until}` : ''
        } · ${NOTICE_STANDS[row.status]}</small>
      </li>`,
    );
    const next = page.next
      ? html`<p><a href="/public/notices?after=${encodeURIComponent(page.next)}">更早的公示公告</a></p>`
      : null;
    const body =
      rows.length === 0
        ? html`<p>目前没有正在进行的公示。</p>`
        : html`<p>公示期间，任何人都可以对名单提出异议。点开公示可以查看名单并提交异议。</p><ul>${rows}</ul>${next}`;
    return { title: '公示公告', body };
  },
};
