import { expect, test } from 'vitest';
import { html } from './html.ts';

test('what is put into a page is escaped, what was written as a page is not', () => {
  const items = ['<b>', '"x" & \'y\''].map((text) => html`<li title="${text}">${text}</li>`);
  expect(html`<ul>${items}</ul>${null}${3}`.html).toBe(
    '<ul><li title="&lt;b&gt;">&lt;b&gt;</li><li title="&quot;x&quot; &amp; &#39;y&#39;">&quot;x&quot; &amp; &#39;y&#39;</li></ul>3',
  );
});

test('an object that merely looks like a page cannot come from text', () => {
  expect(html`${JSON.stringify({ html: '<script>' })}`.html).not.toContain('<script>');
});
