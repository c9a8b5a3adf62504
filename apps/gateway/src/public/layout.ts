import { html, type Html } from './html.ts';

/** A public page: one column, large type, no script, fit for printing. */
export function layout(page: { title: string; county: string; body: Html }): string {
  return html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${page.title} · ${page.county}</title>
    <link rel="icon" href="/favicon.svg" />
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
h2 { font-size: 1.4rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid #767676; }
dt { color: #4a4a4a; font-size: 1rem; }
dd { margin: 0 0 .8rem; }
th.money, td.money { text-align: right; }
code { font: .9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.evaluation { margin-top: 2.5rem; }
.form { margin-top: 2rem; }
.form label { display: block; margin-top: 1rem; }
.form input, .form select, .form textarea { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #4a4a4a; border-radius: 4px; background: #fff; color: inherit; }
.form fieldset { margin: 1.5rem 0 0; padding: .4rem 1rem; border: 1px solid #4a4a4a; border-radius: 4px; }
.form fieldset p { margin: 0; }
.form fieldset label { display: flex; gap: .8rem; align-items: center; margin: 0; min-height: 3rem; }
.form input[type=radio] { width: 1.5rem; height: 1.5rem; margin: 0; padding: 0; }
.form button { margin-top: 1rem; min-height: 3rem; padding: .4rem 1.6rem; font: inherit; color: #fff; background: #0b4f8a; border: 0; border-radius: 4px; }
.form :focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
.problem { padding: .6rem .8rem; border-left: 6px solid #a61b1b; background: #fdf1f1; }
.genuine { font-size: 1.5rem; font-weight: 600; }
.receipt { font: 600 2rem/1.5 ui-monospace, monospace; letter-spacing: .05em; }
.seal { display: flex; gap: 1rem; align-items: center; margin-top: 2rem; font-size: 1rem; overflow-wrap: anywhere; }
.qr svg { display: block; width: 8rem; height: 8rem; }
@media print { .form { display: none; } }
@media print { header a, main a { color: inherit; text-decoration: none; } footer { display: none; } }
`;
