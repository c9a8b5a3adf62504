import { DomainError } from '@bangfu/domain/shared/errors';
import { otherUnitAbove } from '@bangfu/domain/shared/money-unit';
import { headerKey, LONGEST_HEADER, normaliseText } from '@bangfu/domain/shared/normalise';
import type { SheetRow } from './model.ts';

/**
 * How a list's cells are read: free text; a person's name; a number that is a name (household, account, contract), of
 * which no digit may be lost, or several such in one cell; money in yuan; a day; any other figure.
 */
export type ListCellKind = 'text' | 'words' | 'name' | 'number' | 'numbers' | 'yuan' | 'day' | 'figure';

/** A column of a list: the headers it may carry (the first is the one asked for) and how its cells are read. */
export interface ListColumn<Key extends string> {
  readonly key: Key;
  readonly headers: readonly [string, ...string[]];
  readonly kind?: ListCellKind;
  readonly optional?: true;
}

/** A list's header where it was found. */
export interface ListHeader<Key extends string> {
  readonly row: number;
  readonly lastRow: number;
  readonly at: ReadonlyMap<Key, number>;
  /** The header's texts by column; '' where there is none. */
  readonly texts: readonly string[];
  /** The lines as keys, to know them again where they are repeated. */
  readonly lines: readonly (readonly string[])[];
  readonly unknown: readonly { readonly index: number; readonly text: string }[];
}

/** A unit at the end of a header's key: 入股金额(元), 入股金额（单位：万元）. */
const UNIT = /^(.+?)(单位)?(人民币)?(元|万元|千元|百元|亿元|万|千|角|分)$/;
/** Columns that number or remark; they say nothing that is read. */
const ASIDE = new Set(['序号', '序', '编号', '备注', 'No', 'NO', '签字', '签名', '签章']);

function textsOf(row: SheetRow): string[] {
  // Of what is too long for a header its beginning, which is no header either.
  return Array.from(row.cells, (cell) => (cell ? normaliseText(cell.text.slice(0, LONGEST_HEADER + 1)) : ''));
}

/** Looks for a list's header in the first rows of a sheet. */
export function listHeaderFinder<Key extends string>(columns: readonly ListColumn<Key>[]) {
  const byKey = new Map<string, ListColumn<Key>>();
  for (const column of columns) for (const header of column.headers) byKey.set(headerKey(header), column);
  let above: { number: number; texts: readonly string[] } | null = null;
  /** The lines above, from the top of the sheet. */
  const titles: (readonly string[])[] = [];
  let missing: readonly string[] = columns.filter(({ optional }) => !optional).map(({ headers }) => headers[0]);

  /** The column a header means. @throws DomainError LIST_UNIT when it pays in another unit than yuan */
  function meaning(text: string): ListColumn<Key> | undefined {
    const key = headerKey(text);
    const plain = byKey.get(key);
    if (plain || key === '') return plain;
    const match = UNIT.exec(key);
    const named = match ? (byKey.get(match[1] ?? '') ?? byKey.get(`${match[1] ?? ''}元`)) : undefined;
    if (named?.kind !== 'yuan') return undefined;
    if (match?.[4] !== '元') throw new DomainError('LIST_UNIT', { column: text });
    return named;
  }
  function lay(texts: readonly string[]) {
    const at = new Map<Key, number>();
    const unknown: { index: number; text: string }[] = [];
    texts.forEach((text, index) => {
      const column = meaning(text);
      if (column && !at.has(column.key)) at.set(column.key, index);
      else if (text !== '' && !ASIDE.has(headerKey(text))) unknown.push({ index, text });
    });
    const lacks = columns.filter(({ key, optional }) => !optional && !at.has(key)).map(({ headers }) => headers[0]);
    return { at, unknown, lacks };
  }
  /** Two lines read as one: the lower text where it means a column, else the upper. */
  function joined(upper: readonly string[], lower: readonly string[]): string[] {
    return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => {
      const [first = '', second = ''] = [upper[i], lower[i]];
      if (second !== '' && meaning(second)) return second;
      return first !== '' && meaning(first) ? first : second || first;
    });
  }
  function found(texts: readonly string[], lines: readonly (readonly string[])[], row: number): ListHeader<Key> | null {
    const { at, unknown, lacks } = lay(texts);
    if (lacks.length > 0) {
      if (lacks.length < missing.length) missing = lacks;
      return null;
    }
    for (const { key, kind } of columns) {
      const unit = kind === 'yuan' && at.has(key) ? otherUnitAbove(titles, at.get(key) ?? 0) : null;
      if (unit !== null) throw new DomainError('LIST_UNIT', { column: `${texts[at.get(key) ?? 0]}(${unit})` });
    }
    const keys = lines.map((line) => line.map(headerKey));
    return { row, lastRow: row + lines.length - 1, at, texts, lines: keys, unknown };
  }

  return {
    /** Takes the next row of the sheet. @throws DomainError LIST_UNIT */
    take(row: SheetRow): ListHeader<Key> | null {
      const texts = textsOf(row);
      const single = found(texts, [texts], row.number);
      if (single) return single;
      const both: ListHeader<Key> | null =
        above?.number === row.number - 1
          ? found(joined(above.texts, texts), [above.texts, texts], row.number - 1)
          : null;
      above = { number: row.number, texts };
      titles.push(texts);
      return both;
    },
    /** The required columns that the likeliest row lacks. */
    missing: (): readonly string[] => missing,
  };
}
