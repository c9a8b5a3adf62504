import { type Cell, type CellKind, KINDS, type SheetRow } from './model.ts';

/**
 * Rows on their way from the process that reads to the one that uses them. Each text is sent once a batch, however many
 * cells have it: cells are numbers in that list, which cost next to nothing to copy.
 */
export interface PackedRows {
  readonly numbers: Uint32Array;
  /** How many cells each row has. */
  readonly widths: Uint16Array;
  /** All cells in their order: 0 for none, else the place of its text, from 1. */
  readonly cells: Uint32Array;
  readonly texts: readonly string[];
  /** Of each text: the kind, and whether the cell is merged. */
  readonly kinds: Uint8Array;
}

const MERGED = 0x80;

export function packRows(rows: readonly SheetRow[]): PackedRows {
  const known = new Map<Cell, number>();
  const texts: string[] = [];
  const kinds: number[] = [];
  const cells: number[] = [];
  for (const row of rows) {
    // Holes of a sparse row are cells too.
    for (let at = 0; at < row.cells.length; at++) {
      const cell = row.cells[at];
      if (!cell) {
        cells.push(0);
        continue;
      }
      let place = known.get(cell);
      if (place === undefined) {
        texts.push(cell.text);
        kinds.push(KINDS.indexOf(cell.kind) | (cell.merged ? MERGED : 0));
        place = texts.length;
        known.set(cell, place);
      }
      cells.push(place);
    }
  }
  return {
    numbers: Uint32Array.from(rows, ({ number }) => number),
    widths: Uint16Array.from(rows, (row) => row.cells.length),
    cells: Uint32Array.from(cells),
    texts,
    kinds: Uint8Array.from(kinds),
  };
}

export function unpackRows({ numbers, widths, cells, texts, kinds }: PackedRows): SheetRow[] {
  const made = texts.map((text, at): Cell => {
    const code = kinds[at] ?? 0;
    const kind: CellKind = KINDS[code & ~MERGED] ?? 'text';
    return code & MERGED ? { text, kind, merged: true } : { text, kind };
  });
  let from = 0;
  return Array.from(numbers, (number, row) => {
    const width = widths[row] ?? 0;
    const own: (Cell | undefined)[] = [];
    for (let at = from; at < from + width; at++) {
      const place = cells[at] ?? 0;
      own.push(place === 0 ? undefined : made[place - 1]);
    }
    from += width;
    return { number, cells: own };
  });
}

/** The signs of a row's cells. */
export function signsOf(row: SheetRow): number {
  let signs = 0;
  for (const cell of row.cells) signs += cell ? cell.text.length : 0;
  return signs;
}
