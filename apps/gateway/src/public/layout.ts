import { html, type Html } from './html.ts';

/** A public page: one column, large type, no script, fit for printing. */
export function layout(page: { title: string; county: string; body: Html }): string {
  return html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${page.title} · ${page.county}</title>
    <link rel="stylesheet" href="/public/style.css" />
  </head>
  <body>
    <header><a href="/public">${page.county} 帮扶信息公开</a></header>
    <main>
      <h1>${page.title}</h1>
      ${page.body}
    </main>
    <footer><a href="/">工作人员登录</a></footer>
  </body>
</html>
`.html;
}

/** The style of the public pages. */
export const STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 44rem; padding: 0 1rem; font: 1.25rem/1.7 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1a1a1a; background: #fff; }
header, footer { padding: 1rem 0; }
header { border-bottom: 2px solid #1a1a1a; }
footer { border-top: 1px solid #767676; margin-top: 3rem; font-size: 1rem; }
h1 { font-size: 1.8rem; line-height: 1.3; }
a { color: #0b4f8a; }
a:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
li { margin: .6rem 0; }
@media print { header a, main a { color: inherit; text-decoration: none; } footer { display: none; } }
`;
