import { Refusal } from './refusal.ts';

/** Packs the last row's sort values into an opaque cursor. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Unpacks a cursor made for as many sort values. @throws Refusal 400 when it is not one. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | null {
  if (!cursor) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => typeof v === 'string' || typeof v === 'number')
    ) {
      return values;
    }
  } catch {
    // falls through to the refusal
  }
  throw new Refusal(400, 'CURSOR_INVALID');
}

/** Makes the answer of a list from one row more than asked for: the extra row tells that there is a next page. */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  total: number,
  cursorOf: (row: Row) => readonly (string | number)[],
): { rows: Row[]; total: number; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, total, next: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null };
}
