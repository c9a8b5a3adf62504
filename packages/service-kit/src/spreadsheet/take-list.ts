import type { WorkbookLimits } from './limits.ts';
import type { Sheet, SheetRow } from './model.ts';
import { openWorkbook } from './open.ts';

/** What tells a list from another sheet, and what is done with its rows. */
export interface ListShape<Header> {
  /** Titles may stand above the header; below this row none is looked for. */
  readonly headerWithin: number;
  /** The header that a row is, or null. */
  header(cells: readonly (string | undefined)[]): Header | null;
  /** Takes a row below the header; what it throws ends the reading. */
  row(row: SheetRow, header: Header, sheet: string): void;
}

/**
 * Reads a workbook's sheets that have a list's header, row by row; other sheets are left aside. Returns how many it read.
 * @param sheets whether to read on after the first such sheet
 * @throws DomainError of `openWorkbook`
 */
export async function takeList<Header>(
  path: string,
  shape: ListShape<Header>,
  sheets: 'first' | 'all',
  limits: Partial<WorkbookLimits> = {},
): Promise<number> {
  const workbook = await openWorkbook(path, limits);
  try {
    let found = 0;
    for (const sheet of workbook.sheets) {
      if (await takeSheet(sheet, shape)) found += 1;
      if (found > 0 && sheets === 'first') break;
    }
    return found;
  } finally {
    await workbook.close();
  }
}

async function takeSheet<Header>(sheet: Sheet, shape: ListShape<Header>): Promise<boolean> {
  let header: Header | null = null;
  for await (const batch of sheet.rows()) {
    for (const row of batch) {
      if (header !== null) {
        shape.row(row, header, sheet.name);
      } else {
        if (row.number > shape.headerWithin) return false;
        header = shape.header(row.cells.map((cell) => cell?.text));
      }
    }
  }
  return header !== null;
}
