import { html } from './html.ts';
import type { PublicPage } from './page.ts';

/** The first public page: what can be read without an account. */
export function frontPage(pages: readonly PublicPage[]): PublicPage {
  const links = pages.flatMap(({ path, listed }) => (listed ? [html`<li><a href="${path}">${listed}</a></li>`] : []));
  return {
    path: '/public',
    listed: null,
    render: async () => ({
      title: '信息公开',
      body:
        links.length > 0
          ? html`<ul>${links}</ul>`
          : html`<p>目前没有公开的公示。公示期间，公示名单会列在本页，任何人都可以查看并提出异议。</p>`,
    }),
  };
}
