/** Text that is already HTML and is not escaped again. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: unknown): string {
  if (Array.isArray(value)) return value.map(escaped).join('');
  if (typeof value === 'object' && value !== null && 'html' in value) return String(value.html);
  if (value === null || value === undefined) return '';
  return String(value as string | number | boolean).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Writes HTML; whatever is put in is escaped unless it was written by this function itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | null | Html | readonly Html[])[]
): Html {
  return { html: parts.reduce((text, part, index) => text + escaped(values[index - 1]) + part) };
}
