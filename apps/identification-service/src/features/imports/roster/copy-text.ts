/** A value of one column in PostgreSQL's COPY text format. */
export type CopyValue = string | number | boolean | Buffer | null | undefined;

// A zero byte has no place in PostgreSQL's text; a spreadsheet that holds one is damaged there.
const SPECIAL = /[\\\t\n\r\0]/;

function escape(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '');
}

function field(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value);
  return `\\\\x${value.toString('hex')}`;
}

/** One row as a line of COPY … FROM STDIN (text format). */
export function copyLine(values: readonly CopyValue[]): string {
  let line = field(values[0]);
  for (let i = 1; i < values.length; i++) line += `\t${field(values[i])}`;
  return `${line}\n`;
}

/** A list of plain words as a PostgreSQL array literal. */
export function arrayLiteral(words: readonly string[]): string {
  return `{${words.map((word) => `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
