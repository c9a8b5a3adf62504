import type { Readable } from 'node:stream';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import type { StoredFile } from '@bangfu/service-kit/files/store';
import type { Cell, SheetRow, Workbook } from '@bangfu/service-kit/spreadsheet/model';
import { openWorkbook } from '@bangfu/service-kit/spreadsheet/open';
import type { Industry } from '../db/client.ts';

/** A list's columns: a key for each header it may carry; the first name is the one asked for. */
export interface ListColumn<Key extends string> {
  readonly key: Key;
  readonly headers: readonly [string, ...string[]];
  readonly optional?: true;
}

/** A row that is not empty, by the columns' keys; absent cells are ''. */
export interface ListRow<Key extends string> {
  readonly row: number;
  readonly values: Readonly<Record<Key, string>>;
}

const LARGEST_LIST = 40 * 1024 * 1024;
const MOST_ROWS = 200_000;
/** Titles and notes above the header. */
const HEADER_SEARCH_ROWS = 10;

const plain = (text: string) => text.replace(/\s+/g, '').replaceAll('（', '(').replaceAll('）', ')');
const textOf = (cell: Cell | undefined) => cell?.text.trim() ?? '';

/**
 * Takes an uploaded list into the file store and reads the first sheet that has its header.
 * @throws DomainError FILE_TOO_LARGE, LIST_HEADER, WORKBOOK_… of `openWorkbook`
 */
export async function takeList<Key extends string>(
  service: Pick<Industry, 'files'>,
  upload: Readable,
  columns: readonly ListColumn<Key>[],
): Promise<{ file: StoredFile; rows: ListRow<Key>[] }> {
  const file = await service.files.put(upload, LARGEST_LIST);
  const rows = await service.files.withPlainCopy(file.sha256, async (path) => {
    const workbook = await openWorkbook(path, { rows: MOST_ROWS });
    try {
      return await readList(workbook, columns);
    } finally {
      await workbook.close();
    }
  });
  return { file, rows };
}

async function readList<Key extends string>(
  workbook: Workbook,
  columns: readonly ListColumn<Key>[],
): Promise<ListRow<Key>[]> {
  let missing: readonly string[] = columns.map((column) => column.headers[0]);
  for (const sheet of workbook.sheets) {
    const rows: ListRow<Key>[] = [];
    let places: Map<Key, number> | null = null;
    let seen = 0;
    for await (const batch of sheet.rows()) {
      for (const row of batch) {
        if (places) {
          const values = Object.fromEntries(columns.map(({ key }) => [key, textOf(row.cells[places?.get(key) ?? -1])]));
          if (Object.values(values).some((value) => value !== '')) {
            rows.push({ row: row.number, values: values as Record<Key, string> });
          }
          continue;
        }
        const header = headerOf(row, columns);
        if (header.missing.length === 0) places = header.places;
        else if (header.missing.length < missing.length) missing = header.missing;
        seen += 1;
      }
      if (!places && seen >= HEADER_SEARCH_ROWS) break;
    }
    if (places) {
      demand(rows.length > 0, 'LIST_EMPTY');
      return rows;
    }
  }
  throw new DomainError('LIST_HEADER', { missing: missing.join('、') });
}

function headerOf<Key extends string>(row: SheetRow, columns: readonly ListColumn<Key>[]) {
  const titles = row.cells.map((cell) => plain(textOf(cell)));
  const places = new Map<Key, number>();
  const missing: string[] = [];
  for (const { key, headers, optional } of columns) {
    const at = titles.findIndex((title) => headers.some((header) => plain(header) === title));
    if (at >= 0) places.set(key, at);
    else if (!optional) missing.push(headers[0]);
  }
  return { places, missing };
}
